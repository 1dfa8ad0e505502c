//! A policy by itself, compiled for questions to the prover.
//!
//! A newcomer would doubt that a refuted claim can count as one that holds: where AWS's documents leave something open,
//! the prover also tries the reading that we did not choose, and a rule that fell silent for it would find nothing.

use crate::severity::Confidence;
use polsim_arn::Budget;
use polsim_eval::{Layer, Layers, Model, PolicyId, StatementId};
use polsim_policy::Policy;
use polsim_prove::{Answer, Expectation, Question, Region, Scope, Witness, ask};

/// The most steps of one question; a rule asks many.
const STEPS: u64 = 200_000;

/// A policy, compiled, as the only one of its layer; what other layers say is left out of account, but for those that
/// are put beside it.
#[derive(Clone, Debug)]
pub struct Judge {
    /// The model; clone it to say something of a key with [`Region::state`].
    pub model: Model,
    /// The policy, hanging where its type belongs.
    pub layers: Layers,
    /// Where that is.
    pub layer: Layer,
    /// Its number in the model.
    pub policy: PolicyId,
    /// Layers that have to allow as well.
    beside: Vec<Layer>,
}

impl Judge {
    /// Compiles a policy whose statements are all lawful.
    #[must_use]
    pub fn new(policy: &Policy) -> Self {
        let mut model = Model::new();
        let mut layers = Layers::default();
        let id = model.add(policy);
        let layer = layers.hang(policy.policy_type, id);
        Self { model, layers, layer, policy: id, beside: Vec::new() }
    }

    /// The same with a policy of another layer, which has to allow as well.
    #[must_use]
    pub fn beside(mut self, policy: &Policy) -> Self {
        let id = self.model.add(policy);
        self.beside.push(self.layers.hang(policy.policy_type, id));
        self
    }

    /// The compiled statement at a place of the policy.
    #[must_use]
    pub fn statement(&self, index: usize) -> StatementId {
        StatementId { policy: self.policy, index: u32::try_from(index).unwrap_or(u32::MAX) }
    }

    /// How sure it is that all requests of a region get a decision from this policy alone: `High` when that is proved,
    /// `Medium` when it holds as we read what AWS leaves open. `None` when it does not hold or is not decided.
    #[must_use]
    pub fn holds(&self, region: &Region, expect: Expectation) -> Option<Confidence> {
        match self.ask(region, expect) {
            Answer::Proved(_) => Some(Confidence::High),
            Answer::Refuted(witness) if !witness.readings.is_empty() => Some(Confidence::Medium),
            Answer::Refuted(_) | Answer::Unknown(_) => None,
        }
    }

    /// A request of a region that does not get a decision from this policy alone, as we read what AWS leaves open.
    #[must_use]
    pub fn counterexample(&self, region: &Region, expect: Expectation) -> Option<Box<Witness>> {
        match self.ask(region, expect) {
            Answer::Refuted(witness) if witness.readings.is_empty() => Some(witness),
            _ => None,
        }
    }

    /// Whether all requests of a region get a decision from this policy alone, in the prover's own words.
    #[must_use]
    pub fn ask(&self, region: &Region, expect: Expectation) -> Answer {
        let scope = Scope::Alone(std::iter::once(self.layer).chain(self.beside.iter().copied()).collect());
        let claim = expect.into();
        let question = Question { model: &self.model, layers: &self.layers, scope: &scope, region, claim };
        ask(&question, &mut Budget::new(STEPS))
    }
}
