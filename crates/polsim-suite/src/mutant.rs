//! Mutants: policies with one statement deleted, weakened or turned round. A mutant that no case notices is a change that
//! could be made by mistake, and the suite would not tell.

use crate::case::Case;
use crate::coverage::without_condition;
use crate::run::{Standing, Worlds};
use polsim_arn::ActionPattern;
use polsim_env::Environment;
use polsim_eval::{PolicyId, StatementId};
use polsim_policy::{Effect, Element, Policy, Statement};
use polsim_text::{Span, Spanned};
use std::collections::BTreeMap;

/// A change of one statement.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The statement.
    pub statement: StatementId,
    /// What is changed.
    pub change: Change,
    /// Where, in the text of the policy.
    pub span: Span,
}

/// What is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The statement is gone.
    Delete,
    /// Its effect is the other one.
    Flip,
    /// Its action is `*`.
    AnyAction,
    /// Its resource is `*`.
    AnyResource,
    /// It lacks one condition: the place of the key, and its operator and name.
    DropCondition(usize, String),
}

/// All mutants of an environment, in the order of its policies.
#[must_use]
pub fn mutants(environment: &Environment) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    let ids = (0..environment.policies().len()).filter_map(|at| environment.model().id(at));
    for (policy, id) in environment.policies().iter().zip(ids) {
        for (index, statement) in (0..).zip(&policy.policy.statements) {
            let id = StatementId { policy: id, index };
            let all = changes(statement).into_iter();
            mutants.extend(all.map(|(change, span)| Mutant { statement: id, change, span }));
        }
    }
    mutants
}

fn changes(statement: &Statement) -> Vec<(Change, Span)> {
    let mut changes = vec![(Change::Delete, statement.span), (Change::Flip, statement.effect.span)];
    let any = |action: &Spanned<ActionPattern>| action.value.to_string() == "*";
    let is_any = !statement.action.is_negated() && statement.action.listed().iter().any(any);
    if !is_any {
        changes.push((Change::AnyAction, statement.action.span()));
    }
    if let Some(resource) = &statement.resource {
        let is_any = !resource.is_negated() && resource.listed().iter().any(|entry| entry.value == "*");
        if !is_any {
            changes.push((Change::AnyResource, resource.span()));
        }
    }
    let keys = statement.condition.blocks.iter().flat_map(|block| {
        let name = |key: &polsim_policy::KeyBlock| format!("{} {}", block.operator.value, key.key.value);
        // An operator without keys holds anyway; it still has a place among the conditions.
        let nothing = block.keys.is_empty().then_some(None);
        block.keys.iter().map(move |key| Some((name(key), key.key.span))).chain(nothing)
    });
    let dropped = keys.enumerate().filter_map(|(at, key)| {
        let (name, span) = key?;
        Some((Change::DropCondition(at, name), span))
    });
    changes.extend(dropped);
    changes
}

impl Mutant {
    /// The policy, changed.
    fn of(&self, policy: &Policy) -> Policy {
        let mut policy = policy.clone();
        let at = self.statement.index as usize;
        if self.change == Change::Delete {
            if at < policy.statements.len() {
                policy.statements.remove(at);
            }
            return policy;
        }
        let Some(statement) = policy.statements.get_mut(at) else { return policy };
        match &self.change {
            Change::Delete => {}
            Change::Flip => {
                statement.effect.value = match statement.effect.value {
                    Effect::Allow => Effect::Deny,
                    Effect::Deny => Effect::Allow,
                };
            }
            Change::AnyAction => {
                if let Ok(any) = ActionPattern::parse("*") {
                    let span = statement.action.span();
                    statement.action = Element::Is(Spanned::new(vec![Spanned::new(any, span)], span));
                }
            }
            Change::AnyResource => {
                if let Some(resource) = &mut statement.resource {
                    let span = resource.span();
                    *resource = Element::Is(Spanned::new(vec![Spanned::new("*".to_owned(), span)], span));
                }
            }
            Change::DropCondition(at, _) => *statement = without_condition(statement, *at),
        }
        policy
    }

    /// The environment with this change.
    #[must_use]
    pub fn environment(&self, environment: &Environment) -> Environment {
        let id: PolicyId = self.statement.policy;
        match environment.policy(id) {
            Some(hung) => environment.replacing(id, self.of(&hung.policy)),
            None => environment.clone(),
        }
    }

    /// The first of the cases that notices this change: it fails, or cannot be asked any more, as one whose `by` names a
    /// statement that is gone. The cases are those that hold without it.
    #[must_use]
    pub fn killer<'c>(
        &self,
        cases: impl IntoIterator<Item = &'c Case>,
        environment: &Environment,
        today: &str,
    ) -> Option<&'c Case> {
        let changed = self.environment(environment);
        let worlds = Worlds { environment: &changed, compared: &BTreeMap::new() };
        cases
            .into_iter()
            .find(|case| matches!(case.run(&worlds, today).standing, Standing::Fails | Standing::BadInput))
    }
}
