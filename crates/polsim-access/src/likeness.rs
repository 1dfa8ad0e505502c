//! What tells two places apart. Places with the same likeness get the same answer.
//!
//! Of a principal it is not its name that counts, but how each test comes out for it: which entries of `Principal` name
//! it, which of its keys are in which sets, and what policy variables stand for.

use crate::relevance::Relevance;
use polsim_claim::Binding;
use polsim_eval::{
    CompiledStatement, Formula, KeyId, KeyState, Layers, Model, NetworkPath, Operand, PolicyId, Principal,
    PrincipalKind, Test, Variable,
};
use polsim_prove::PrincipalRegion;
use polsim_value::Membership;
use rustc_hash::FxHashMap;

/// What tells a place apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Likeness {
    kind: PrincipalKind,
    partition: Option<String>,
    owner: Option<String>,
    /// Whether principal and resource share an account; unknown without an owner.
    is_same_account: Option<bool>,
    is_in_management: bool,
    is_service_linked: bool,
    path: Vec<NetworkPath>,
    /// Which of the resource groups it is.
    thing: usize,
    layers: Vec<Vec<PolicyId>>,
    flags: [bool; 5],
    marks: Vec<Mark>,
}

/// How something comes out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Mark {
    /// Whether a property of the principal is in a set; `None` when it has none.
    In(Option<bool>),
    /// Whether a key is there, with several values or not.
    Shape(u8),
    /// Where a value of a key stands to a set.
    Member(u8),
    /// A key with all that it holds.
    Whole(KeyId, KeyState),
}

/// Keys that tell apart single principals and endpoints; they count only where a test asks for them.
const OF_SINGLE_PLACES: [&str; 5] =
    ["aws:principaltag/", "aws:sourcevpce", "aws:sourcevpc", "aws:sourcevpcarn", "aws:requestedregion"];

impl Likeness {
    /// Of the place number `thing` among the resource groups, bound by `trimmed` layers.
    pub(crate) fn of(
        model: &Model,
        relevance: &Relevance<'_>,
        binding: &Binding,
        trimmed: &Layers,
        thing: usize,
    ) -> Option<Self> {
        let PrincipalRegion::One(principal) = &binding.region.principal else { return None };
        let owner = binding.region.resource_account.clone();
        let mut likeness = Self {
            kind: principal.kind,
            partition: principal.partition().map(str::to_owned),
            is_same_account: owner.as_deref().map(|owner| principal.account() == Some(owner)),
            owner,
            is_in_management: principal.in_management_account,
            is_service_linked: principal.is_service_linked,
            path: binding.region.paths.clone(),
            thing,
            layers: Vec::new(),
            flags: [
                trimmed.boundary.is_some(),
                trimmed.session.is_some(),
                trimmed.scps.is_some(),
                trimmed.rcps.is_some(),
                trimmed.restrict_public_buckets,
            ],
            marks: Vec::new(),
        };
        for layer in trimmed.present() {
            likeness.layers.push(trimmed.policies(layer).to_vec());
        }
        let states = states(model, binding, principal);
        likeness.add_facts(model, binding);
        for id in trimmed.all() {
            for statement in relevance.statements(id) {
                likeness.add(statement, principal, model, &states);
            }
        }
        Some(likeness)
    }

    /// What is known whoever asks and on whichever way.
    fn add_facts(&mut self, model: &Model, binding: &Binding) {
        for (key, state) in &binding.region.known {
            let name = model.keys().key(*key).map(polsim_policy::ConditionKey::folded).unwrap_or_default();
            let is_single = OF_SINGLE_PLACES.iter().any(|single| name.starts_with(single));
            self.marks.push(if is_single && !name.starts_with("aws:principaltag/") {
                Mark::Shape(shape(state))
            } else if is_single {
                continue;
            } else {
                Mark::Whole(*key, state.clone())
            });
        }
    }

    fn add(
        &mut self,
        statement: &CompiledStatement,
        principal: &Principal,
        model: &Model,
        states: &FxHashMap<KeyId, KeyState>,
    ) {
        let ways = statement.principal.iter().flat_map(|element| &element.ways);
        for (attribute, set) in
            ways.filter(|way| way.kinds.contains(&principal.kind)).flat_map(|way| &way.tests)
        {
            let value = principal.attribute(*attribute);
            self.marks.push(Mark::In(value.map(|value| set.contains(&value))));
        }
        for formula in [&statement.action, &statement.resource].into_iter().chain(&statement.condition) {
            self.add_formula(formula, model, states);
        }
    }

    fn add_formula(&mut self, formula: &Formula, model: &Model, states: &FxHashMap<KeyId, KeyState>) {
        formula.for_each_test(&mut |test: &Test| {
            let tested = match test.variable {
                Variable::Key(key) => states.get(&key).map(|state| (key, state)),
                _ => None,
            };
            match &test.operand {
                Operand::Closed(set) => {
                    let Some((_, state)) = tested else { return };
                    self.marks.push(Mark::Shape(shape(state)));
                    self.marks.extend(state.values().iter().map(|value| {
                        Mark::Member(
                            match set.membership(value) {
                                Membership::In => 0,
                                Membership::Out => 1,
                                Membership::Unreadable => 2,
                            } + 4 * u8::from(value.is_empty()),
                        )
                    }));
                }
                Operand::Open(open) => {
                    let named = open.templates.iter().flat_map(|template| template.variables());
                    let named = named.filter_map(|variable| model.keys().find(variable.key.as_deref()?));
                    let stood_for = named.filter_map(|key| Some((key, states.get(&key)?)));
                    let whole = |(key, state): (KeyId, &KeyState)| Mark::Whole(key, state.clone());
                    self.marks.extend(tested.into_iter().chain(stood_for).map(whole));
                }
            }
        });
    }
}

/// The keys whose state is known at a place: those that follow from the principal, and those of the region.
fn states(model: &Model, binding: &Binding, principal: &Principal) -> FxHashMap<KeyId, KeyState> {
    let derived = principal.derived().into_iter();
    let derived = derived.filter_map(|entry| Some((model.keys().find(&entry.key.folded())?, entry.state)));
    derived.chain(binding.region.known.iter().cloned()).collect()
}

fn shape(state: &KeyState) -> u8 {
    match state {
        KeyState::Absent => 0,
        KeyState::One(_) => 1,
        KeyState::List(values) if values.is_empty() => 2,
        KeyState::List(_) => 3,
        KeyState::Open => 4,
    }
}
