//! The answers: three words, and what of them is possible.

use std::fmt;

/// What happens to a request (S0.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// It is allowed.
    Allowed,
    /// A Deny applies.
    ExplicitlyDenied,
    /// Nothing denies it, and something that has to allow it does not.
    ImplicitlyDenied,
}

impl Verdict {
    /// The words of the interfaces.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allow",
            Self::ExplicitlyDenied => "explicit-deny",
            Self::ImplicitlyDenied => "implicit-deny",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The verdicts that a request can get when parts of it are open.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Outcome(u8);

impl Outcome {
    /// The outcome that is one verdict.
    #[must_use]
    pub fn decided(verdict: Verdict) -> Self {
        Self(1 << verdict as u8)
    }

    /// Verdicts of either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a verdict is possible.
    #[must_use]
    pub fn allows_for(self, verdict: Verdict) -> bool {
        self.0 & Self::decided(verdict).0 != 0
    }

    /// The verdict, when only one is possible.
    #[must_use]
    pub fn verdict(self) -> Option<Verdict> {
        let all = [Verdict::Allowed, Verdict::ExplicitlyDenied, Verdict::ImplicitlyDenied];
        all.into_iter().find(|verdict| self == Self::decided(*verdict))
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = [Verdict::Allowed, Verdict::ExplicitlyDenied, Verdict::ImplicitlyDenied];
        f.debug_set().entries(all.into_iter().filter(|verdict| self.allows_for(*verdict))).finish()
    }
}
