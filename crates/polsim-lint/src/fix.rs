//! What would mend a finding.

use polsim_text::Edit;

/// A change of the text that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an imperative: “remove the duplicate”.
    pub title: String,
    /// Whether it may be made without asking.
    pub safety: Safety,
    /// The change.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be made without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Safety {
    /// The rule knows that the same requests are allowed before and after. Whoever applies it has that proved first.
    Safe,
    /// It may change what the policy does, or make a refused document a valid one.
    Unsafe,
}

impl Fix {
    /// A fix after which the same requests are allowed.
    #[must_use]
    pub fn safe(title: impl Into<String>, edits: impl Into<Vec<Edit>>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, edits: edits.into() }
    }

    /// A fix that people have to look at.
    #[must_use]
    pub fn offered(title: impl Into<String>, edits: impl Into<Vec<Edit>>) -> Self {
        Self { title: title.into(), safety: Safety::Unsafe, edits: edits.into() }
    }
}
