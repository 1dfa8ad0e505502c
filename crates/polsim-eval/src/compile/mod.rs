//! From a lawful policy to its formula.

mod condition;
mod disputed;
mod element;
mod principal;
mod public;

use crate::KeyTable;
use crate::model::{CompiledPolicy, CompiledStatement, PolicyId, StatementId};
use polsim_policy::{Policy, Statement};

/// Compiles a policy; keys that it names are added to `keys`.
pub(crate) fn policy(policy: &Policy, id: PolicyId, keys: &mut KeyTable) -> CompiledPolicy {
    let mut patterns = Vec::new();
    let mut action_statements = Vec::new();
    let mut unindexed = Vec::new();
    let mut statements = Vec::new();
    for (index, source) in (0..).zip(&policy.statements) {
        let id = StatementId { policy: id, index };
        statements.push(statement(source, policy, id, keys));
        if source.action.is_negated() {
            unindexed.push(index);
            continue;
        }
        for action in source.action.listed() {
            patterns.push(action.value.pattern());
            action_statements.push(index);
        }
    }
    CompiledPolicy {
        policy_type: policy.policy_type,
        statements,
        bpa_public: public::is_public(policy),
        actions: patterns.into_iter().collect(),
        action_statements,
        unindexed,
    }
}

fn statement(source: &Statement, policy: &Policy, id: StatementId, keys: &mut KeyTable) -> CompiledStatement {
    let version = policy.effective_version();
    CompiledStatement {
        id,
        effect: source.effect.value,
        action: element::action(&source.action),
        principal: source.principal.as_ref().map(principal::test),
        // S1.9.1: where a type leaves it out, the resource is the one that the policy is attached to.
        resource: source
            .resource
            .as_ref()
            .map_or(crate::Formula::Always, |r| element::resource(r, version, keys)),
        condition: condition::formulas(&source.condition, version, keys),
    }
}
