//! A request as small as can be, and what a policy does to it.

use crate::world::value_of;
use polsim_eval::{
    CompiledPolicy, CompiledStatement, KeyId, KeyState, KeyTable, Readings, Truth, Valuation, Value, Variable,
};
use polsim_policy::Effect;

/// A request without a principal: what a policy without principals looks at.
#[derive(Clone, Copy)]
pub(crate) struct Probe<'p> {
    pub(crate) keys: &'p KeyTable,
    /// In lower case.
    pub(crate) action: &'p str,
    pub(crate) resource: &'p str,
    /// In the order of the keys; all others are absent.
    pub(crate) states: &'p [(KeyId, KeyState)],
}

/// The value of a key among states that are in order.
pub(super) fn state(states: &[(KeyId, KeyState)], key: KeyId) -> Value<'_> {
    let at = states.binary_search_by_key(&key, |(key, _)| *key);
    at.ok().and_then(|at| states.get(at)).map_or(Value::Absent, |(_, state)| value_of(state))
}

impl Valuation for Probe<'_> {
    fn value(&self, variable: Variable) -> Value<'_> {
        match variable {
            Variable::Action => Value::One(self.action),
            Variable::Resource => Value::One(self.resource),
            Variable::Principal(_) => Value::Open,
            Variable::Key(key) => state(self.states, key),
        }
    }

    fn keys(&self) -> &KeyTable {
        self.keys
    }

    fn readings(&self) -> Readings {
        Readings::default()
    }
}

impl Probe<'_> {
    /// Whether a statement applies, but for its principal.
    pub(crate) fn meets(&self, statement: &CompiledStatement) -> bool {
        let elements = [&statement.resource, &statement.action].into_iter().chain(&statement.condition);
        elements.into_iter().all(|element| element.fold(self) == Truth::Yes)
    }

    /// Whether the policies allow it.
    pub(crate) fn is_allowed_by(&self, policies: &[&CompiledPolicy]) -> bool {
        let mut is_allowed = false;
        for policy in policies {
            for statement in policy.candidates(self.action, self.resource) {
                // An Allow is not looked at twice.
                if (statement.effect == Effect::Deny || !is_allowed) && self.meets(statement) {
                    if statement.effect == Effect::Deny {
                        return false;
                    }
                    is_allowed = true;
                }
            }
        }
        is_allowed
    }
}
