//! From a lawful policy to its formula.

mod condition;
mod disputed;
mod element;
mod principal;
mod public;

use crate::KeyTable;
use crate::index::{Index, StatementIndex};
use crate::model::{CompiledPolicy, CompiledStatement, PolicyId, StatementId};
use polsim_policy::{Policy, Statement};

/// Compiles a policy; keys that it names are added to `keys`.
pub(crate) fn policy(policy: &Policy, id: PolicyId, keys: &mut KeyTable) -> CompiledPolicy {
    let version = policy.effective_version();
    let mut by_action = Index::default();
    let mut by_resource = Index::default();
    let mut statements = Vec::new();
    for (index, source) in (0..).zip(&policy.statements) {
        statements.push(statement(source, policy, StatementId { policy: id, index }, keys));
        let actions = source.action.listed().iter().map(|action| action.value.pattern());
        by_action.add(index, (!source.action.is_negated()).then(|| actions.collect()));
        by_resource.add(index, source.resource.as_ref().and_then(|r| element::indexable(r, version)));
    }
    CompiledPolicy {
        policy_type: policy.policy_type,
        statements,
        bpa_public: public::is_public(policy),
        index: StatementIndex::new(by_action, by_resource),
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
