//! How bad a finding is, and how sure the rule is of it.

use std::fmt;
use std::str::FromStr;

/// How bad it is. The order goes from harmless to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something to know; it may be meant so.
    Info,
    /// It could be said better, and costs nothing as it is.
    Low,
    /// It will surprise someone.
    Medium,
    /// It opens, or locks, what it should not.
    High,
    /// AWS refuses the document, or part of it can never do anything.
    Error,
}

/// How sure a rule is. The order goes from a guess to a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// A hunch.
    Low,
    /// Likely; it rests on facts that AWS does not publish in full, or on a guess.
    Medium,
    /// It is so.
    High,
}

/// The text names no severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a severity: write info, low, medium, high or error")]
pub struct UnknownSeverity;

impl Severity {
    /// All of them, the harmless first.
    pub const ALL: [Self; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Error];

    /// The word on the command line and in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Error => "error",
        }
    }
}

impl Confidence {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// One step less sure.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::High => Self::Medium,
            Self::Medium | Self::Low => Self::Low,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = UnknownSeverity;

    fn from_str(text: &str) -> Result<Self, UnknownSeverity> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == text).ok_or(UnknownSeverity)
    }
}
