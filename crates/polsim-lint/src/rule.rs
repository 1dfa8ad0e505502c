//! What a rule is: a declaration, its documentation, its check.

use crate::alias::Alias;
use crate::applies::Types;
use crate::doc::Doc;
use crate::finding::Findings;
use crate::fix::Fix;
use crate::severity::{Confidence, Severity};
use crate::site::Site;
use crate::subject::Subject;
use crate::text::Text;
use polsim_policy::{Problem, Statement};
use polsim_text::Source;

/// A rule. Declared as a constant with [`Rule::DEFAULT`] for what goes without saying.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The stable code: a family of three letters or digits and a number of three digits. Never used again.
    pub code: &'static str,
    /// The name in kebab case; the file of the rule has it too.
    pub name: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// How sure it is of them.
    pub confidence: Confidence,
    /// Whether it runs only when it is selected.
    pub opt_in: bool,
    /// What other checkers call it.
    pub aliases: &'static [Alias],
    /// The types of policy that it looks at.
    pub applies: Types,
    /// What it needs.
    pub phase: Phase,
    /// How it finds. Problems of the parser that have its code are findings of it whatever this says.
    pub check: Check,
    /// What it says about itself.
    pub doc: Doc,
}

/// What a rule needs; rules run in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// The text, whether it is a policy or not.
    Text,
    /// A document that could be read; statements that could not are left out.
    Grammar,
    /// The same, and facts about services.
    Reference,
    /// Statements that AWS would take. A check of a document runs only when all its statements are such.
    Prover,
    /// Several policies together.
    Project,
    /// A network.
    Site,
}

/// How a rule finds.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// The problems of the parser that have the rule's code, and nothing more.
    Problem,
    /// The same, and how to mend one.
    Mend(fn(&Text, &Problem) -> Option<Fix>),
    /// By looking at a text, whether it is a policy or not.
    Text(fn(&Text, &mut Findings<'_>)),
    /// By looking at a document.
    Document(fn(&Subject<'_>, &mut Findings<'_>)),
    /// By looking at each statement that could be read.
    Statement(fn(&Subject<'_>, &Statement, &mut Findings<'_>)),
    /// By looking at all documents of a project.
    Project(fn(&[Subject<'_>], &mut Findings<'_>)),
    /// By looking at a network with what runs in it.
    Site(fn(&Site, &mut Findings<'_>)),
}

impl Rule {
    /// What goes without saying: medium severity, high confidence, every type, the grammar.
    pub const DEFAULT: Self = Self {
        code: "",
        name: "",
        severity: Severity::Medium,
        confidence: Confidence::High,
        opt_in: false,
        aliases: &[],
        applies: Types::ALL,
        phase: Phase::Grammar,
        check: Check::Problem,
        doc: Doc { what: "", why: "", bad: &[], good: &[], fix: "", source: "" },
    };

    /// Where a check of it puts what it finds in a text.
    pub(crate) fn findings<'f>(&self, source: &'f Source) -> Findings<'f> {
        Findings::new(self.severity, self.confidence, source)
    }

    /// The letters of the code.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.code.get(..3).unwrap_or(self.code)
    }
}
