//! Why a claim cannot be asked.

use std::borrow::Cow;

/// Why a claim cannot be asked: a sentence with a stable code, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Refusal {
    /// The stable code, such as `INP021`.
    pub code: &'static str,
    /// What is wrong.
    pub sentence: String,
    /// What to write instead.
    pub help: Option<Cow<'static, str>>,
}

impl Refusal {
    /// A refusal without help.
    #[must_use]
    pub fn new(code: &'static str, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into(), help: None }
    }

    /// The same with help.
    #[must_use]
    pub fn with_help(mut self, help: &'static str) -> Self {
        self.help = Some(Cow::Borrowed(help));
        self
    }
}
