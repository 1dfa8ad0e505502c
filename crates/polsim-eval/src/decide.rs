//! The decision: a chain folded over one request.

use crate::chain::{Cause, Chain};
use crate::class::Classes;
use crate::fold::{Truth, Valuation, Value};
use crate::formula::{Operand, Variable};
use crate::key::KeyId;
use crate::layers::{Layer, Layers};
use crate::model::{CompiledStatement, Model, StatementId};
use crate::request::{BoundRequest, Resource};
use crate::verdict::{Outcome, Verdict};
use crate::{PrincipalKind, Readings, Situation};
use polsim_policy::Effect;

/// A request, the policies that bind it, and the law that applies.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The compiled policies.
    pub model: &'a Model,
    /// The policies that bind the request.
    pub layers: &'a Layers,
    /// The law for its situation.
    pub chain: &'a Chain,
    /// The request.
    pub request: &'a BoundRequest<'a>,
    /// Whether the principal has a permissions boundary (S2.4.10).
    pub is_bounded: bool,
}

/// What the statements of a layer do to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Effects {
    pub(crate) denies: Truth,
    /// The classes in which an Allow applies.
    pub(crate) allows: Classes,
    /// The classes in which an Allow may apply.
    pub(crate) may_allow: Classes,
}

/// An element of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatementElement {
    /// `Principal` or `NotPrincipal`.
    Principal,
    /// `Action` or `NotAction`.
    Action,
    /// `Resource` or `NotResource`.
    Resource,
    /// A key under an operator of `Condition`, by its place among all of them; an operator without keys counts as one.
    Condition(usize),
}

/// A decision with its causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The verdict.
    pub verdict: Verdict,
    /// What it is due to first (S4.20.2, S4.20.3); `None` for Allowed.
    pub primary: Option<Cause>,
    /// All causes, the primary one first: layers that deny, or layers that should allow and do not.
    pub causes: Vec<Cause>,
    /// Every Deny statement that applies, by layer.
    pub denied_by: Vec<(Layer, StatementId)>,
    /// Every Allow statement that applies, by layer; for Allowed they are the reason.
    pub allowed_by: Vec<(Layer, StatementId)>,
}

impl Case<'_> {
    /// The verdicts that are possible; one, when the request states everything.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let mut memo = Memo::default();
        let readings = self.request.readings;
        let counting =
            self.chain.denials.iter().filter(|d| d.only_by.is_none_or(|r| readings.takes_alternative(r)));
        let denied =
            Truth::any(counting.map(|denial| memo.effects(self, denial.layer, denial.resource).denies));
        if denied == Truth::Yes {
            return Outcome::decided(Verdict::ExplicitlyDenied);
        }
        let granted = Truth::all(self.chain.requirements.iter().map(|requirement| {
            requirement.grant.fold(readings, &mut |layer, resource, classes| {
                memo.effects(self, layer, resource).allow(classes)
            })
        }));
        let mut outcome = Outcome::default();
        if denied == Truth::Open {
            outcome = outcome.or(Outcome::decided(Verdict::ExplicitlyDenied));
        }
        if granted != Truth::No {
            let allowed =
                if self.chain.is_blocked_as_public { Verdict::ExplicitlyDenied } else { Verdict::Allowed };
            outcome = outcome.or(Outcome::decided(allowed));
        }
        if granted != Truth::Yes || self.chain.may_be_turned_away {
            outcome = outcome.or(Outcome::decided(Verdict::ImplicitlyDenied));
        }
        outcome
    }

    /// The decision of a request that states everything, with its causes; `None` when keys are open that matter.
    #[must_use]
    pub fn decide(&self) -> Option<Decision> {
        let verdict = self.outcome().verdict()?;
        let readings = self.request.readings;
        let mut memo = Memo::default();
        let mut causes = Vec::new();
        let mut denied_by = Vec::new();
        let mut allowed_by = Vec::new();
        for denial in &self.chain.denials {
            if denial.only_by.is_some_and(|reading| !readings.takes_alternative(reading)) {
                continue;
            }
            let statements = self.applying(denial.layer, denial.resource, Effect::Deny);
            if !statements.is_empty() {
                causes.push(Cause::Layer(denial.layer));
            }
            denied_by.extend(statements.into_iter().map(|id| (denial.layer, id)));
        }
        let mut places = Vec::new();
        for requirement in &self.chain.requirements {
            let holds = requirement.grant.fold(readings, &mut |layer, resource, classes| {
                memo.effects(self, layer, resource).allow(classes)
            });
            if holds != Truth::Yes && verdict == Verdict::ImplicitlyDenied {
                causes.push(requirement.cause);
            }
            requirement.grant.for_each_place(&mut |layer, resource| places.push((layer, resource)));
        }
        places.sort_unstable();
        places.dedup();
        for (layer, resource) in places {
            let statements = self.applying(layer, resource, Effect::Allow);
            allowed_by.extend(statements.into_iter().map(|id| (layer, id)));
        }
        // What is asked about two resources may allow on both.
        allowed_by.sort_unstable();
        allowed_by.dedup();
        denied_by.dedup();
        if verdict == Verdict::ExplicitlyDenied && causes.is_empty() {
            causes.push(Cause::BlockPublicAccess);
        }
        causes.dedup();
        Some(Decision { verdict, primary: causes.first().copied(), causes, denied_by, allowed_by })
    }

    /// The statements of one effect that apply for certain, in order.
    fn applying(&self, layer: Layer, resource: Resource, effect: Effect) -> Vec<StatementId> {
        let mut found = Vec::new();
        for policy in self.layers.policies(layer).iter().filter_map(|id| self.model.policy(*id)) {
            for statement in policy
                .candidates(self.request.action(), self.request.resource(resource))
                .filter(|s| s.effect == effect)
            {
                let (classes, applies) = self.applies(statement, layer, resource);
                if !classes.is_none() && applies == Truth::Yes {
                    found.push(statement.id);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The open keys that may matter: those in tests that are open, of statements that nothing else rules out. A key
    /// that is not among them cannot change the outcome; one that is may turn out not to.
    #[must_use]
    pub fn open_keys(&self) -> Vec<KeyId> {
        let mut keys = Vec::new();
        let mut places: Vec<(Layer, Resource)> =
            self.chain.denials.iter().map(|d| (d.layer, d.resource)).collect();
        for requirement in &self.chain.requirements {
            requirement.grant.for_each_place(&mut |layer, resource| places.push((layer, resource)));
        }
        places.sort_unstable();
        places.dedup();
        for (layer, resource) in places {
            let policies = self.layers.policies(layer).iter().filter_map(|id| self.model.policy(*id));
            for statement in policies
                .flat_map(|policy| policy.candidates(self.request.action(), self.request.resource(resource)))
            {
                if self.applies(statement, layer, resource).1 == Truth::Open {
                    self.open_keys_of(statement, resource, &mut keys);
                }
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn open_keys_of(&self, statement: &CompiledStatement, resource: Resource, keys: &mut Vec<KeyId>) {
        let view = self.request.on(resource);
        let is_open = |key: KeyId| view.value(Variable::Key(key)) == Value::Open;
        for element in std::iter::once(&statement.resource).chain(&statement.condition) {
            if element.fold(&view) != Truth::Open {
                continue;
            }
            element.for_each_test(&mut |test| {
                if let Variable::Key(key) = test.variable {
                    keys.extend(Some(key).filter(|key| is_open(*key)));
                }
                if let Operand::Open(open) = &test.operand {
                    let names = open.templates.iter().flat_map(|template| template.variables());
                    let named = names.filter_map(|variable| self.model.keys().find(variable.key.as_deref()?));
                    keys.extend(named.filter(|key| is_open(*key)));
                }
            });
        }
    }

    /// The first element of a statement that keeps it from applying; `None` when it applies, or when that is open.
    #[must_use]
    pub fn first_failing(&self, id: StatementId, layer: Layer) -> Option<StatementElement> {
        let statement = self.model.statement(id)?;
        // S2.3.10, S4.11.10: the endpoint is asked about both, and a statement may serve for one of them.
        let others: &[Resource] = match layer {
            Layer::Resource => return self.first_failing_on(statement, layer, Resource::Underlying),
            Layer::Endpoint => &[Resource::Underlying],
            _ => &[],
        };
        let failing = self.first_failing_on(statement, layer, Resource::Named)?;
        let all_fail = others.iter().all(|other| self.first_failing_on(statement, layer, *other).is_some());
        all_fail.then_some(failing)
    }

    fn first_failing_on(
        &self,
        statement: &CompiledStatement,
        layer: Layer,
        resource: Resource,
    ) -> Option<StatementElement> {
        let view = self.request.on(resource);
        let is_bounded = self.is_bounded && matches!(layer, Layer::Resource | Layer::AccessPoint);
        let fails = |formula: &crate::Formula| formula.fold(&view) == Truth::No;
        if fails(&statement.action) {
            return Some(StatementElement::Action);
        }
        let of_principal = statement.principal.as_ref();
        if of_principal.is_some_and(|test| test.classes(self.request.kind, is_bounded, &view).is_none()) {
            return Some(StatementElement::Principal);
        }
        if fails(&statement.resource) {
            return Some(StatementElement::Resource);
        }
        statement.condition.iter().position(fails).map(StatementElement::Condition)
    }

    /// In which classes a statement speaks of the principal, and whether its other elements hold.
    fn applies(&self, statement: &CompiledStatement, layer: Layer, resource: Resource) -> (Classes, Truth) {
        let view = self.request.on(resource);
        // S2.4.10 speaks of resource policies.
        let is_bounded = self.is_bounded && matches!(layer, Layer::Resource | Layer::AccessPoint);
        let classes = match &statement.principal {
            Some(principal) => principal.classes(self.request.kind, is_bounded, &view),
            None => Classes::ANY,
        };
        if classes.is_none() {
            return (classes, Truth::No);
        }
        let elements = [&statement.action, &statement.resource].into_iter().chain(&statement.condition);
        (classes, Truth::all(elements.map(|element| element.fold(&view))))
    }

    fn effects(&self, layer: Layer, resource: Resource) -> Effects {
        let mut effects = Effects { denies: Truth::No, allows: Classes::NONE, may_allow: Classes::NONE };
        for policy in self.layers.policies(layer).iter().filter_map(|id| self.model.policy(*id)) {
            for statement in policy.candidates(self.request.action(), self.request.resource(resource)) {
                let (classes, applies) = self.applies(statement, layer, resource);
                match (statement.effect, applies) {
                    (_, Truth::No) => {}
                    (Effect::Deny, applies) => effects.denies = effects.denies.max(applies),
                    (Effect::Allow, Truth::Open) => effects.may_allow = effects.may_allow.or(classes),
                    (Effect::Allow, Truth::Yes) => {
                        effects.allows = effects.allows.or(classes);
                        effects.may_allow = effects.may_allow.or(classes);
                    }
                }
                if effects.denies == Truth::Yes {
                    return effects;
                }
            }
        }
        effects
    }
}

impl Effects {
    fn allow(self, classes: Classes) -> Truth {
        match (self.allows.meets(classes), self.may_allow.meets(classes)) {
            (true, _) => Truth::Yes,
            (false, true) => Truth::Open,
            (false, false) => Truth::No,
        }
    }
}

/// What was found out about layers, so that none is asked twice. Deep organizations have six levels; what does not fit
/// is found out again.
struct Memo {
    slots: [Option<Effects>; 48],
}

impl Default for Memo {
    fn default() -> Self {
        Self { slots: [None; 48] }
    }
}

impl Memo {
    fn effects(&mut self, case: &Case<'_>, layer: Layer, resource: Resource) -> Effects {
        let Some(slot) = self.slots.get_mut(slot(layer, resource)) else {
            return case.effects(layer, resource);
        };
        *slot.get_or_insert_with(|| case.effects(layer, resource))
    }
}

fn slot(layer: Layer, resource: Resource) -> usize {
    let place = match layer {
        Layer::Endpoint => 0,
        Layer::Resource => 1,
        Layer::AccessPoint => 2,
        Layer::Identity => 3,
        Layer::Boundary => 4,
        Layer::Session => 5,
        Layer::Scp(level) if level < 9 => 6 + usize::from(level),
        Layer::Rcp(level) if level < 9 => 15 + usize::from(level),
        Layer::Scp(_) | Layer::Rcp(_) => 1000,
    };
    place * 2 + usize::from(resource == Resource::Underlying)
}

/// Decides a request against its layers by the whole law.
///
/// This is the short way for one request; a batch binds and caches for itself.
#[must_use]
pub fn decide(
    model: &Model,
    layers: &Layers,
    request: &crate::Request,
    readings: Readings,
) -> Option<Decision> {
    let situation = Situation::of(request, layers, has_public_policy(model, layers));
    let chain = Chain::of(&situation);
    let bound = BoundRequest::new(model, request, readings);
    Case { model, layers, chain: &chain, request: &bound, is_bounded: situation.has_boundary }.decide()
}

/// Whether the policy of the resource or of the access point is public in the sense of S4.17.2.
#[must_use]
pub fn has_public_policy(model: &Model, layers: &Layers) -> bool {
    let policies = layers.resource.iter().chain(&layers.access_point);
    policies.filter_map(|id| model.policy(*id)).any(|policy| policy.bpa_public)
}

impl PrincipalKind {
    /// Whether it can have a permissions boundary (S4.7.4).
    #[must_use]
    pub fn can_be_bounded(self) -> bool {
        self.has_identity_policies()
    }
}
