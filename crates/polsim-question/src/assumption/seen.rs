//! A request as facts look at it. Keys that it does not state are not known: a counterexample states the keys that
//! policies look at, and every other one may be as it has to be.

use super::reference::Reference;
use polsim_arn::Arn;
use polsim_eval::{KeyState, NetworkPath, PrincipalKind, Request};
use polsim_policy::ConditionKey;

/// A request with the reference data to hold it against.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'r> {
    pub(crate) request: &'r Request,
    pub(crate) reference: Option<&'r dyn Reference>,
}

impl<'r> Seen<'r> {
    fn state(&self, name: &str) -> Option<&'r KeyState> {
        // A few keys are found faster by looking at each than by making a key of the name.
        let is_named = |key: &ConditionKey| {
            key.as_str().eq_ignore_ascii_case(name) || (!name.is_ascii() && key.folded() == name)
        };
        let (_, state) = self.request.context.iter().find(|(key, _)| is_named(key))?;
        (*state != KeyState::Open).then_some(state)
    }

    /// Whether it carries a key with a value that is not empty; `None` when that is not known.
    pub(super) fn has(&self, name: &str) -> Option<bool> {
        Some(self.state(name)?.values().iter().any(|value| !value.is_empty()))
    }

    /// Whether it does not carry a key at all, not even with an empty value; `None` when that is not known.
    pub(super) fn lacks_altogether(&self, name: &str) -> Option<bool> {
        Some(self.state(name)?.values().is_empty())
    }

    /// The values of a key that are not empty.
    pub(super) fn values(&self, name: &str) -> Vec<&'r str> {
        let values = self.state(name).map(KeyState::values).unwrap_or_default();
        values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect()
    }

    /// The first value of a key that is not empty; the only one, where the key has one.
    pub(super) fn value(&self, name: &str) -> Option<&'r str> {
        self.values(name).first().copied()
    }

    /// The names, in lower case, of the keys that it carries and that begin so.
    pub(super) fn carried(&self, prefix: &str) -> Vec<String> {
        let names = self.request.context.iter().map(|(key, _)| key.folded());
        names.filter(|name| name.starts_with(prefix) && self.has(name) == Some(true)).collect()
    }

    /// Whether it carries none of these keys, as far as is known.
    pub(super) fn has_none(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.has(name) != Some(true))
    }

    /// Whether it carries all of these keys, as far as is known.
    pub(super) fn has_all(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.has(name) != Some(false))
    }

    /// Whether it carries all of these keys or none.
    pub(super) fn has_all_or_none(&self, names: &[&str]) -> bool {
        self.has_all(names) || self.has_none(names)
    }

    pub(super) fn is_through_endpoint(&self) -> bool {
        self.request.path != NetworkPath::Direct
    }

    pub(super) fn kind(&self) -> PrincipalKind {
        self.request.principal.kind
    }

    /// The account in the ARN of the resource, where there is one.
    pub(super) fn account_of_resource(&self) -> Option<&'r str> {
        Arn::parse(&self.request.resource).map(|arn| arn.account).filter(|account| is_account(account))
    }
}

/// Whether a text has the length of an account. ARNs of AWS's own resources have another word in its place.
pub(super) fn is_account(text: &str) -> bool {
    text.chars().count() == 12
}
