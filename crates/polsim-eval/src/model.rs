//! Policies, compiled once, for any number of questions.

use crate::compile;
use crate::formula::{Formula, Operand};
use crate::index::StatementIndex;
use crate::principal_test::PrincipalTest;
use crate::{KeyId, KeyTable, Reading};
use polsim_policy::{ConditionKey, Effect, Policy, PolicyType};

/// Compiled policies with the keys that they name.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub(crate) keys: KeyTable,
    policies: Vec<CompiledPolicy>,
}

/// A policy of a [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PolicyId(pub(crate) u32);

/// A statement of a policy of a [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId {
    /// The policy.
    pub policy: PolicyId,
    /// The place of the statement in it, from zero.
    pub index: u32,
}

/// A compiled policy.
#[derive(Clone, Debug)]
pub struct CompiledPolicy {
    /// Its type.
    pub policy_type: PolicyType,
    /// Its statements, in the order of the text.
    pub statements: Vec<CompiledStatement>,
    /// Whether S3 Block Public Access takes it for public (S4.17.2).
    pub bpa_public: bool,
    pub(crate) index: StatementIndex,
}

/// A compiled statement: what each element demands. All of them must hold for it to apply (S4.2.1).
#[derive(Clone, Debug)]
pub struct CompiledStatement {
    /// Which one it is.
    pub id: StatementId,
    /// What it does when it applies.
    pub effect: Effect,
    /// `Action` or `NotAction`.
    pub action: Formula,
    /// `Principal` or `NotPrincipal`; `None` where the type has none.
    pub principal: Option<PrincipalTest>,
    /// `Resource` or `NotResource`.
    pub resource: Formula,
    /// Each key under each operator, in the order of the text.
    pub condition: Vec<Formula>,
}

impl Model {
    /// A model without policies.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Compiles a policy into the model.
    pub fn add(&mut self, policy: &Policy) -> PolicyId {
        let id = PolicyId(u32::try_from(self.policies.len()).unwrap_or(u32::MAX));
        let compiled = compile::policy(policy, id, &mut self.keys);
        self.policies.push(compiled);
        id
    }

    /// A policy.
    #[must_use]
    pub fn policy(&self, id: PolicyId) -> Option<&CompiledPolicy> {
        self.policies.get(id.0 as usize)
    }

    /// The policy that was added at a place, counted from zero.
    #[must_use]
    pub fn id(&self, index: usize) -> Option<PolicyId> {
        let id = PolicyId(u32::try_from(index).ok()?);
        (index < self.policies.len()).then_some(id)
    }

    /// How many policies were added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.policies.len()
    }

    /// Whether no policy was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty()
    }

    /// A statement.
    #[must_use]
    pub fn statement(&self, id: StatementId) -> Option<&CompiledStatement> {
        self.policy(id.policy)?.statements.get(id.index as usize)
    }

    /// The number of a key that a question speaks of, whether a policy names it or not.
    pub fn key_id(&mut self, key: &ConditionKey) -> KeyId {
        self.keys.intern(key)
    }

    /// The keys that the policies name.
    #[must_use]
    pub fn keys(&self) -> &KeyTable {
        &self.keys
    }
}

impl PolicyId {
    /// The place of the policy among those that were added to the model.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl CompiledPolicy {
    /// The statements that can apply to an action in lower case on a resource; some may be named twice.
    pub fn candidates<'p>(
        &'p self,
        action: &'p str,
        resource: &'p str,
    ) -> impl Iterator<Item = &'p CompiledStatement> + 'p {
        self.index.candidates(action, resource).filter_map(|index| self.statements.get(index as usize))
    }
}

impl CompiledStatement {
    /// All that the statement demands but for its principal, as one formula.
    #[must_use]
    pub fn guard(&self) -> Formula {
        let elements = [self.action.clone(), self.resource.clone()];
        Formula::all(elements.into_iter().chain(self.condition.iter().cloned()))
    }

    /// Calls `visit` for the name in lower case of every key that a policy variable of it stands for.
    pub fn for_each_variable(&self, visit: &mut impl FnMut(&str)) {
        for formula in std::iter::once(&self.resource).chain(&self.condition) {
            formula.for_each_test(&mut |test| {
                if let Operand::Open(open) = &test.operand {
                    let variables = open.templates.iter().flat_map(|template| template.variables());
                    variables.filter_map(|variable| variable.key.as_deref()).for_each(&mut *visit);
                }
            });
        }
    }

    /// Calls `visit` for every reading that it may depend on.
    pub fn for_each_reading(&self, visit: &mut impl FnMut(Reading)) {
        self.action.for_each_reading(visit);
        self.resource.for_each_reading(visit);
        self.condition.iter().for_each(|part| part.for_each_reading(visit));
        if let Some(principal) = &self.principal {
            principal.for_each_reading(visit);
        }
    }
}
