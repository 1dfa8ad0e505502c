//! Coverage: which statements, and which elements of them, some case exercises.
//!
//! A statement is *exercised* by a case about one request when it applies to that request; by a claim when, at a place where
//! the claim was asked, it applies to some request that the claim is about. An action or resource of it is exercised when
//! the same is true of the statement with that entry alone. A condition is exercised when it is seen both ways: there
//! is such a request with all of the statement, and one with all of it but this condition. Comparisons exercise nothing:
//! they hold one environment against another and say nothing about either.

use crate::case::{Asked, Case};
use crate::run::{Answer, Judged, Ran, Standing};
use polsim_arn::{Budget, Pattern};
use polsim_claim::Ground;
use polsim_env::Environment;
use polsim_eval::{
    BoundRequest, Chain, Layers, Model, PolicyId, Request, Situation, StatementElement, StatementId,
    has_public_policy,
};
use polsim_policy::{Effect, Element, OperatorBlock, Policy, Statement};
use polsim_prove::{Answer as Proof, Expectation, Question, Region, Scope, ask};
use polsim_text::Span;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The most steps for each question whether a claim meets a statement.
const STEPS: u64 = 200_000;

/// A part of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The statement.
    pub statement: StatementId,
    /// Which part of it.
    pub of: PartOf,
}

/// Which part of a statement; entries are counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartOf {
    /// All of it.
    Whole,
    /// An action.
    Action(usize),
    /// A resource.
    Resource(usize),
    /// A key under an operator, where it holds.
    Met(usize),
    /// A key under an operator, where it keeps the statement from applying.
    Unmet(usize),
}

/// What one case exercised.
pub type Exercised = BTreeSet<Part>;

/// A part of a statement with how many cases exercised it.
#[derive(Clone, Debug)]
pub struct Covered {
    /// The part.
    pub part: Part,
    /// What it is, in words.
    pub what: String,
    /// Where it is, in the text of the policy.
    pub span: Span,
    /// How many cases exercised it.
    pub hits: usize,
}

/// The parts of all statements of an environment, in the order of the policies.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// The parts.
    pub parts: Vec<Covered>,
}

impl Coverage {
    /// The coverage of an environment by what its cases exercised.
    #[must_use]
    pub fn of<'e>(environment: &Environment, cases: impl IntoIterator<Item = &'e Exercised>) -> Self {
        let mut hits: BTreeMap<Part, usize> = BTreeMap::new();
        for part in cases.into_iter().flatten() {
            *hits.entry(*part).or_default() += 1;
        }
        let mut parts = Vec::new();
        for (policy, compiled) in policies(environment) {
            for (statement, compiled) in policy.statements.iter().zip(&compiled.statements) {
                for (of, what, span) in parts_of(statement) {
                    let part = Part { statement: compiled.id, of };
                    let hits = hits.get(&part).copied().unwrap_or(0);
                    parts.push(Covered { part, what, span, hits });
                }
            }
        }
        Self { parts }
    }

    /// The parts of the statements of one policy.
    pub fn of_policy(&self, policy: PolicyId) -> impl Iterator<Item = &Covered> {
        self.parts.iter().filter(move |covered| covered.part.statement.policy == policy)
    }

    /// How many parts there are, and how many of them are exercised.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.parts.len(), self.parts.iter().filter(|covered| covered.hits > 0).count())
    }

    /// The same for whole statements.
    #[must_use]
    pub fn statements(&self) -> (usize, usize) {
        let whole = || self.parts.iter().filter(|covered| covered.part.of == PartOf::Whole);
        (whole().count(), whole().filter(|covered| covered.hits > 0).count())
    }
}

fn policies(environment: &Environment) -> impl Iterator<Item = (&Policy, &polsim_eval::CompiledPolicy)> {
    let model = environment.model();
    let compiled = environment.policies().iter().enumerate();
    compiled.filter_map(move |(at, hung)| Some((&hung.policy, policy_at(model, at)?)))
}

fn policy_at(model: &Model, at: usize) -> Option<&polsim_eval::CompiledPolicy> {
    model.policy(model.id(at)?)
}

/// The keys of a statement under their operators, as the compiler counts them: an operator without keys counts as one.
fn keys(statement: &Statement) -> impl Iterator<Item = (&OperatorBlock, Option<usize>)> {
    statement.condition.blocks.iter().flat_map(|block| {
        let count = block.keys.len();
        let keys = (0..count).map(Some).chain((count == 0).then_some(None));
        keys.map(move |key| (block, key))
    })
}

/// The parts of a statement in words, with their places.
fn parts_of(statement: &Statement) -> Vec<(PartOf, String, Span)> {
    let mut parts = vec![(PartOf::Whole, "the statement".to_owned(), statement.span)];
    if let Element::Is(actions) = &statement.action
        && actions.value.len() > 1
    {
        let entry = |(at, action): (usize, &polsim_text::Spanned<polsim_arn::ActionPattern>)| {
            (PartOf::Action(at), format!("action {}", action.value), action.span)
        };
        parts.extend(actions.value.iter().enumerate().map(entry));
    }
    if let Some(Element::Is(resources)) = &statement.resource
        && resources.value.len() > 1
    {
        let entry = |(at, text): (usize, &polsim_text::Spanned<String>)| {
            (PartOf::Resource(at), format!("resource {}", text.value), text.span)
        };
        parts.extend(resources.value.iter().enumerate().map(entry));
    }
    for (at, (block, key)) in keys(statement).enumerate() {
        let (name, span) = match key.and_then(|key| block.keys.get(key)) {
            Some(key) => (format!("{} {}", block.operator.value, key.key.value), key.key.span),
            None => (block.operator.value.to_string(), block.operator.span),
        };
        parts.push((PartOf::Met(at), format!("{name} holds"), span));
        parts.push((PartOf::Unmet(at), format!("{name} does not hold"), span));
    }
    parts
}

impl Case {
    /// What the case exercises, given how it ran.
    #[must_use]
    pub fn exercises(&self, ran: &Ran, environment: &Environment) -> Exercised {
        let mut exercised = Exercised::new();
        match (&self.asked, &ran.answer) {
            (_, Answer::Request(judged)) => of_request(judged, environment, &mut exercised),
            (Asked::Claim { .. }, Answer::Claim(_)) if ran.standing != Standing::BadInput => {
                let visit = &mut |ground: Ground<'_>, _: &_| of_ground(ground, environment, &mut exercised);
                // The claim was asked before, so it can be.
                let _ = self.claim().map(|claim| claim.over_each(environment, visit));
            }
            _ => {}
        }
        exercised
    }
}

fn of_request(judged: &Judged, environment: &Environment, exercised: &mut Exercised) {
    let Judged { request, layers, .. } = judged;
    let model = environment.model();
    let situation = Situation::of(request, layers, has_public_policy(model, layers));
    let chain = Chain::of(&situation);
    let bound = BoundRequest::new(model, request, environment.readings());
    let case = polsim_eval::Case {
        model,
        layers,
        chain: &chain,
        request: &bound,
        is_bounded: situation.has_boundary,
    };
    // What is open may apply or not: nothing is known to be exercised.
    if case.decide().is_none() {
        return;
    }
    for layer in layers.present() {
        for (statement, compiled) in layers.policies(layer).iter().flat_map(|id| statements(environment, *id))
        {
            let id = compiled.id;
            match case.first_failing(id, layer) {
                Some(StatementElement::Condition(at)) => {
                    exercised.insert(Part { statement: id, of: PartOf::Unmet(at) });
                }
                Some(_) => {}
                None => applied(statement, id, request, exercised),
            }
        }
    }
}

fn statements(
    environment: &Environment,
    id: PolicyId,
) -> impl Iterator<Item = (&Statement, &polsim_eval::CompiledStatement)> {
    let policy = environment.policy(id).map(|hung| &hung.policy);
    let compiled = environment.model().policy(id);
    let pairs = policy.zip(compiled).into_iter();
    pairs.flat_map(|(policy, compiled)| policy.statements.iter().zip(&compiled.statements))
}

/// A statement applied to a request: the entries that match it, and all conditions.
fn applied(statement: &Statement, id: StatementId, request: &Request, exercised: &mut Exercised) {
    let mut add = |of| exercised.insert(Part { statement: id, of });
    add(PartOf::Whole);
    for (of, ..) in parts_of(statement) {
        let is_exercised = match of {
            PartOf::Action(at) => {
                statement.action.listed().get(at).is_some_and(|action| action.value.matches(&request.action))
            }
            PartOf::Resource(at) => {
                let entries = statement.resource.as_ref().map(Element::listed);
                let text = entries.and_then(|entries| entries.get(at)).map(|entry| entry.value.as_str());
                text.is_some_and(|text| Pattern::wildcard(text).matches(&request.resource))
            }
            PartOf::Met(_) => true,
            PartOf::Whole | PartOf::Unmet(_) => false,
        };
        if is_exercised {
            add(of);
        }
    }
}

/// What the requests of one place exercise.
fn of_ground(ground: Ground<'_>, environment: &Environment, exercised: &mut Exercised) {
    let mut probe = Probe { model: ground.model.clone(), region: ground.region };
    for id in ground.layers.all() {
        let Some(hung) = environment.policy(id) else { continue };
        for (statement, compiled) in statements(environment, id) {
            let mut try_part =
                |of: PartOf, probe: &mut Probe<'_>, changed: &Statement, unmet: Option<usize>| {
                    let part = Part { statement: compiled.id, of };
                    let without = unmet.and_then(|at| compiled.condition.get(at));
                    let is_met = exercised.contains(&part) || probe.meets(&hung.policy, changed, without);
                    if is_met {
                        exercised.insert(part);
                    }
                    is_met
                };
            let parts = parts_of(statement);
            let is_whole_met = try_part(PartOf::Whole, &mut probe, statement, None);
            for (of, ..) in parts {
                match of {
                    PartOf::Whole => {}
                    PartOf::Met(_) if is_whole_met => {
                        let _ = try_part(of, &mut probe, statement, None);
                    }
                    PartOf::Action(at) if is_whole_met => {
                        let _ = try_part(of, &mut probe, &only_action(statement, at), None);
                    }
                    PartOf::Resource(at) if is_whole_met => {
                        let _ = try_part(of, &mut probe, &only_resource(statement, at), None);
                    }
                    PartOf::Unmet(at) => {
                        let _ = try_part(of, &mut probe, &without_condition(statement, at), Some(at));
                    }
                    PartOf::Met(_) | PartOf::Action(_) | PartOf::Resource(_) => {}
                }
            }
        }
    }
}

fn only_action(statement: &Statement, at: usize) -> Statement {
    let mut changed = statement.clone();
    if let Element::Is(actions) = &mut changed.action {
        actions.value = actions.value.iter().skip(at).take(1).cloned().collect();
    }
    changed
}

fn only_resource(statement: &Statement, at: usize) -> Statement {
    let mut changed = statement.clone();
    if let Some(Element::Is(resources)) = &mut changed.resource {
        resources.value = resources.value.iter().skip(at).take(1).cloned().collect();
    }
    changed
}

/// A statement without one of its keys, counted as the compiler counts them.
pub(crate) fn without_condition(statement: &Statement, at: usize) -> Statement {
    let mut changed = statement.clone();
    let mut left = at;
    for block in &mut changed.condition.blocks {
        let count = block.keys.len().max(1);
        if left < count {
            if left < block.keys.len() {
                block.keys.remove(left);
            }
            break;
        }
        left -= count;
    }
    changed.condition.blocks.retain(|block| !block.keys.is_empty());
    changed
}

/// Asks whether statements apply to requests of a region.
struct Probe<'g> {
    model: Model,
    region: &'g Region,
}

impl Probe<'_> {
    /// Whether some request of the region is one that the statement applies to, and that does not have `unmet`: by
    /// itself, and allowing, the statement allows it.
    fn meets(
        &mut self,
        policy: &Policy,
        statement: &Statement,
        unmet: Option<&polsim_eval::Formula>,
    ) -> bool {
        let mut alone = Policy { statements: vec![statement.clone()], ..policy.clone() };
        for statement in &mut alone.statements {
            statement.effect.value = Effect::Allow;
        }
        let mut layers = Layers::default();
        let id = self.model.add(&alone);
        let layer = layers.hang(alone.policy_type, id);
        let mut region = self.region.clone();
        region.keys.extend(unmet.map(|formula| formula.clone().negated()));
        let question = Question {
            model: &self.model,
            layers: &layers,
            scope: &Scope::Alone(vec![layer]),
            region: &region,
            claim: Expectation::Deny.into(),
        };
        matches!(ask(&question, &mut Budget::new(STEPS)), Proof::Refuted(_))
    }
}
