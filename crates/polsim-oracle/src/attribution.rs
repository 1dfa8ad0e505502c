//! From the causes to the answer (S4.20).

use crate::{Decision, Verdict};

/// All causes of denial, in the order of S4.20.2 and S4.20.3.
#[derive(Clone, Debug, Default)]
pub(crate) struct Causes {
    /// Layers with an applicable Deny.
    pub(crate) deny: Vec<String>,
    /// Layers that must allow and do not.
    pub(crate) missing: Vec<String>,
}

impl Causes {
    /// S4.20.1: explicit beats implicit. The primary cause is the first.
    pub(crate) fn decision(self) -> Decision {
        let (verdict, causes) = if !self.deny.is_empty() {
            (Verdict::ExplicitlyDenied, self.deny)
        } else if !self.missing.is_empty() {
            (Verdict::ImplicitlyDenied, self.missing)
        } else {
            (Verdict::Allowed, Vec::new())
        };
        Decision { verdict, primary: causes.into_iter().next() }
    }
}
