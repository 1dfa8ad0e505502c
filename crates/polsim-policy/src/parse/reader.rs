//! What every part of the parser needs: the source, the type, the version in force, and a place for problems.

use crate::{ElementName, PolicyType, Problem, ProblemKind, Severity, VariableProblem, Version};
use polsim_text::json::{Member, Node, NodeKind, span_in_string};
use polsim_text::{Limits, Source, Span};
use std::collections::HashMap;
use std::ops::Range;

/// The state of reading one document.
pub(super) struct Reader<'s> {
    pub(super) source: &'s Source,
    pub(super) policy_type: PolicyType,
    /// The version that variables are read under; `None` when `Version` is absent, which S1.2.2 reports once.
    pub(super) version: Option<Version>,
    pub(super) found: &'s mut Found,
}

/// The problems of a text. A hostile one can hold millions; past a cap they are only counted.
pub(super) struct Found {
    pub(super) problems: Vec<Problem>,
    pub(super) omitted: usize,
    /// Whether a problem was [`Severity::Invalid`] since this was last set to false.
    pub(super) invalid: bool,
    cap: usize,
}

impl Found {
    pub(super) fn new(limits: &Limits) -> Self {
        // More than will be shown, because the worst are chosen at the end.
        let cap = limits.max_problems.max(1).saturating_mul(100);
        Self { problems: Vec::new(), omitted: 0, invalid: false, cap }
    }

    pub(super) fn push(&mut self, problem: Problem) {
        let is_invalid = problem.severity() == Severity::Invalid;
        self.invalid |= is_invalid;
        // An unlawful text must not seem to have no reason: the first one is kept however full it is.
        let is_reason = is_invalid && self.problems.len() == self.cap;
        if self.is_full() && !is_reason {
            self.omitted += 1;
        } else {
            self.problems.push(problem);
        }
    }

    fn is_full(&self) -> bool {
        self.problems.len() >= self.cap
    }
}

impl Reader<'_> {
    pub(super) fn problem(&mut self, kind: ProblemKind, span: Span) {
        self.found.push(Problem::new(kind, span));
    }

    pub(super) fn problem_with(&mut self, kind: ProblemKind, span: Span, related: Span, what: &'static str) {
        self.found.push(Problem { related: Some((related, what)), ..Problem::new(kind, span) });
    }

    /// Reports that `element` cannot be what `node` is; `null` has its own clause (S1.1.7).
    pub(super) fn wrong_type(&mut self, element: ElementName, node: &Node) {
        self.wrong_kind(node, ProblemKind::WrongType { element, found: node.kind_name() });
    }

    /// Reports `kind`, or S1.1.7 when the node is `null`.
    pub(super) fn wrong_kind(&mut self, node: &Node, kind: ProblemKind) {
        let kind = if node.kind == NodeKind::Null { ProblemKind::Null } else { kind };
        self.problem(kind, node.span);
    }

    /// The place of some bytes of a decoded string.
    pub(super) fn inside(&self, string: Span, range: Range<usize>) -> Span {
        // Finding the place costs as much as the string is long, which a problem that is not shown is not worth.
        if self.found.is_full() { string } else { span_in_string(self.source, string, range) }
    }

    /// The version that is in force (S1.2.2).
    pub(super) fn effective_version(&self) -> Version {
        self.version.unwrap_or(Version::V2008)
    }

    /// Reports malformed variables of the string at `string`.
    pub(super) fn variable_problems(&mut self, string: Span, problems: Vec<VariableProblem>) {
        for problem in problems {
            let span = self.inside(string, problem.range);
            self.problem(ProblemKind::Variable(problem.kind), span);
        }
    }

    /// Reports `${` under an explicit old version; an absent version is reported once for the document.
    pub(super) fn old_version(&mut self, string: Span, text: &str) {
        if self.version == Some(Version::V2008)
            && let Some(at) = text.find("${")
        {
            let end = text.get(at..).and_then(|rest| rest.find('}')).map_or(text.len(), |end| at + end + 1);
            let span = self.inside(string, at..end);
            self.problem(ProblemKind::VariableInOldVersion, span);
        }
    }

    /// Reports names that repeat in these members themselves (S1.1.3); tells whether there are any.
    pub(super) fn own_duplicates(&mut self, members: &[Member]) -> bool {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        let mut found = false;
        for member in members {
            let key = &member.key;
            match seen.get(key.value.as_str()) {
                Some(first) => {
                    let kind = ProblemKind::DuplicateKey { key: key.value.clone() };
                    self.problem_with(kind, key.span, *first, "first here");
                    found = true;
                }
                None => {
                    seen.insert(&key.value, key.span);
                }
            }
        }
        found
    }

    /// Reports names that repeat in one object, at any depth (S1.1.3); tells whether there are any.
    pub(super) fn duplicates(&mut self, node: &Node) -> bool {
        match &node.kind {
            NodeKind::Object(members) => {
                let mut found = self.own_duplicates(members);
                for member in members {
                    found |= self.duplicates(&member.value);
                }
                found
            }
            NodeKind::Array(items) => items.iter().fold(false, |found, item| self.duplicates(item) | found),
            _ => false,
        }
    }

    /// Reports the first character of each string that IAM cannot hold (S1.1.2), written plainly or as an escape.
    pub(super) fn characters(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::String(text) => self.characters_of(text, node.span),
            NodeKind::Array(items) => items.iter().for_each(|item| self.characters(item)),
            NodeKind::Object(members) => {
                for member in members {
                    self.characters_of(&member.key.value, member.key.span);
                    self.characters(&member.value);
                }
            }
            _ => {}
        }
    }

    fn characters_of(&mut self, text: &str, string: Span) {
        let storable = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}');
        if let Some((at, character)) = text.char_indices().find(|(_, character)| !storable(*character)) {
            let span = self.inside(string, at..at + character.len_utf8());
            self.problem(
                if self.policy_type.is_stored_by_iam() {
                    ProblemKind::CharacterNotStored(character)
                } else {
                    ProblemKind::UnusualCharacter(character)
                },
                span,
            );
        }
    }
}
