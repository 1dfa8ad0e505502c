//! A policy that was found in a file, and a value that the file does not tell.

use crate::hang::Place;
use polsim_policy::{Guess, PolicyType};
use polsim_text::{Embedded, Source, Span};

/// A policy that was found in a file.
#[derive(Clone, Debug)]
pub struct FoundPolicy {
    /// What people know it by: an ARN, an address such as `aws_iam_policy.deploy`, or words.
    pub name: String,
    /// Its type.
    pub policy_type: PolicyType,
    /// Why it was taken for that type; `None` when the file says it.
    pub guess: Option<Guess>,
    /// Whether AWS wrote it, so that nobody else can change it.
    pub is_of_aws: bool,
    /// The statements that are wider than the true ones may be, because something is known only later: by their places.
    pub perhaps: Vec<usize>,
    /// Its text, with the way back to the file.
    pub text: Embedded,
}

impl FoundPolicy {
    /// The text of the policy.
    #[must_use]
    pub fn source(&self) -> &Source {
        self.text.text()
    }

    /// Where people find a place of the policy.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place { source: self.text.host().clone(), span: self.text.in_host(span) }
    }
}

/// A value that the file does not tell: it is known only after something was made, or stands behind a parameter.
#[derive(Clone, Debug)]
pub struct NamedUnknown {
    /// Its name, such as `aws_s3_bucket.logs.arn`.
    pub name: String,
    /// Where it is used.
    pub place: Place,
    /// Why it is not known, in words that follow “because”.
    pub because: String,
}
