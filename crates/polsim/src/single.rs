//! A claim about one set of policy files as one question, for what is about that question itself.

use crate::check::Check;
use crate::hang::{Hung, choices, load_all};
use crate::load::PolicyFile;
use crate::read::Reader;
use polsim_certificate::PolicyForm;
use polsim_claim::Wanted;
use polsim_prove::{Expectation, Question, Region, Scope};
use polsim_report::from::claim::refusals;
use polsim_report::{Entry, Level};
use sha2::{Digest as _, Sha256};

/// One question.
pub(crate) struct Single {
    pub(crate) hung: Hung,
    region: Region,
    scope: Scope,
    expect: Expectation,
    /// The texts of the policies.
    pub(crate) texts: Vec<PolicyForm>,
}

impl Single {
    /// Reads the policies of a claim.
    pub(crate) fn of(check: &Check, reader: &Reader) -> Result<Self, Vec<Entry>> {
        let wrong = |sentence: &str| vec![Entry::new(Level::Error, sentence).with_code("INP025")];
        let Wanted::Verdict(expect) = check.expect else {
            return Err(wrong("`--expect some-allow` is more than one question, and this is about one"));
        };
        if check.environment.is_some() {
            return Err(wrong("a claim over an environment is many questions, and this is about one"));
        }
        let files = load_all(&check.policies, check.documents, reader)?;
        let choices = choices(&files);
        let [choice] = choices.as_slice() else {
            return Err(wrong("this is about one policy of each file"));
        };
        let mut hung = Hung::of(choice)?;
        let region = check.region.region(&mut hung.model).map_err(|refused| refusals(&refused))?;
        let texts = choice.iter().map(|(file, policy)| form(file, policy)).collect();
        Ok(Self { scope: hung.scope(), hung, region, expect, texts })
    }

    pub(crate) fn question(&self) -> Question<'_> {
        Question {
            model: &self.hung.model,
            layers: &self.hung.layers,
            scope: &self.scope,
            region: &self.region,
            claim: self.expect.into(),
        }
    }
}

fn form(file: &PolicyFile, policy: &polsim_policy::Policy) -> PolicyForm {
    let document = file.policies.iter().position(|other| other.span == policy.span).unwrap_or(0);
    let hash = Sha256::digest(file.source.text().as_bytes());
    let sha256 = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    PolicyForm { name: file.source.name().to_owned(), document, sha256 }
}
