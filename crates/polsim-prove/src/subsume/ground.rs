//! Requests to begin with: an example principal on one way, with all that every such request carries.

use crate::hints::{key_values, principal_arns};
use polsim_arn::{ActionName, Pattern};
use polsim_eval::{
    CompiledStatement, Context, Formula, KeyId, KeyState, KeyTable, Model, NetworkPath, Operand, Principal,
    PrincipalKind, Readings, Request, Test, Truth, Unstated, Value, Variable,
};
use polsim_policy::ConditionKey;
use polsim_question::assumption::Assumptions;
use polsim_question::keys::{ALWAYS_PRESENT, Arity, arity};
use polsim_question::question::DERIVED;
use polsim_value::ValueSet;

/// The states of keys, in the order of the keys; all others are absent.
pub(crate) type States = Vec<(KeyId, KeyState)>;

/// A request without action and resource.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    principal: Principal,
    path: NetworkPath,
    states: States,
}

/// What a statement demands of keys, met by an example.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    ground: usize,
    pub(crate) states: States,
}

/// Some grounds.
#[derive(Clone, Debug)]
pub(crate) struct Grounds(Vec<Ground>);

impl Grounds {
    pub(crate) fn new(model: &Model) -> Self {
        let kinds = [PrincipalKind::RoleSession, PrincipalKind::User];
        let paths = [NetworkPath::Direct, NetworkPath::Gateway];
        let all = kinds.into_iter().flat_map(|kind| paths.map(|path| (kind, path)));
        Self(all.filter_map(|(kind, path)| Ground::new(kind, path, model.keys())).collect())
    }

    /// An example of what meets the conditions of a statement; `None` when none was found.
    pub(crate) fn sample(&self, statement: &CompiledStatement, keys: &KeyTable) -> Option<Sample> {
        self.0.iter().enumerate().find_map(|(number, ground)| {
            let states = ground.meet(&statement.condition, &statement.resource, keys)?;
            Some(Sample { ground: number, states })
        })
    }

    /// The request of a sample.
    pub(crate) fn request(
        &self,
        sample: &Sample,
        action: &str,
        resource: &str,
        keys: &KeyTable,
    ) -> Option<Request> {
        self.0.get(sample.ground)?.request(&sample.states, action, resource, keys)
    }
}

impl Ground {
    fn new(kind: PrincipalKind, path: NetworkPath, keys: &KeyTable) -> Option<Self> {
        let principal = principal_arns(kind).first().and_then(|arn| Principal::read(arn))?;
        let mut ground = Self { principal, path, states: Vec::new() };
        let through = path != NetworkPath::Direct;
        let mut names: Vec<&str> = ALWAYS_PRESENT.to_vec();
        names.extend(if through {
            &["aws:sourcevpce", "aws:sourcevpc", "aws:vpcsourceip"][..]
        } else {
            &["aws:sourceip"][..]
        });
        for name in names {
            if let (Some(key), Some(value)) = (keys.find(name), key_values(name).first()) {
                ground.states.push((key, KeyState::One((*value).to_owned())));
            }
        }
        ground.states.sort_unstable_by_key(|(key, _)| *key);
        let mut request = ground.request(&ground.states, "example:Example", "*", keys)?;
        request.complete().ok()?;
        for (key, state) in request.context.iter() {
            if let Some(id) = keys.find(&key.folded()) {
                set(&mut ground.states, id, state.clone());
            }
        }
        Some(ground)
    }

    fn request(&self, states: &States, action: &str, resource: &str, keys: &KeyTable) -> Option<Request> {
        let action = ActionName::parse(action).ok()?;
        let mut request = Request {
            resource: resource.to_owned(),
            path: self.path,
            ..Request::of(self.principal.clone(), action)
        };
        request.context = Context::new(Unstated::Absent);
        for (id, state) in states {
            request.context.replace(keys.key(*id)?.clone(), state.clone());
        }
        Some(request)
    }

    /// States of keys that meet all conditions.
    fn meet(&self, conditions: &[Formula], resource: &Formula, keys: &KeyTable) -> Option<States> {
        let mut states = self.states.clone();
        give_variables_values(resource, None, keys, &mut states);
        let holds = |formula: &Formula, states: &States| formula.fold(&Keys { keys, states }) == Truth::Yes;
        for condition in conditions {
            if holds(condition, &states) {
                continue;
            }
            let key = first_key(condition)?;
            give_variables_values(condition, Some(key), keys, &mut states);
            if holds(condition, &states) {
                continue;
            }
            let of_key: Vec<&Formula> =
                conditions.iter().filter(|other| first_key(other) == Some(key)).collect();
            let mut tests = Vec::new();
            of_key.iter().for_each(|formula| formula.for_each_test(&mut |test| tests.push(test)));
            let name = keys.key(key).map(ConditionKey::folded)?;
            if is_fixed(&name) {
                return None;
            }
            let met = candidates(&name, &tests, &states, keys).into_iter().find_map(|state| {
                let mut tried = states.clone();
                set(&mut tried, key, state);
                of_key.iter().all(|formula| holds(formula, &tried)).then_some(tried)
            });
            states = met?;
        }
        let request = self.request(&states, "example:Example", "*", keys)?;
        let is_lawful = request.clone().complete().is_ok()
            && Assumptions::default().iter().all(|assumption| assumption.holds(&request, None));
        (is_lawful && conditions.iter().all(|condition| holds(condition, &states))).then_some(states)
    }
}

/// Whether a key follows from the principal.
fn is_fixed(name: &str) -> bool {
    DERIVED.contains(&name) && name != OWNER
}

/// The key that follows from the owner of the resource, who is free.
const OWNER: &str = "aws:resourceaccount";

/// Values for keys that the policy variables of a formula stand for: that of the key which is tested, where it has one.
fn give_variables_values(condition: &Formula, key: Option<KeyId>, keys: &KeyTable, states: &mut States) {
    let mut names = Vec::new();
    condition.for_each_test(&mut |test| {
        if let Operand::Open(open) = &test.operand {
            let variables = open.templates.iter().flat_map(|template| template.variables());
            names.extend(variables.filter_map(|variable| variable.key.as_deref()));
        }
    });
    for name in names {
        let Some(variable) = keys.find(name) else { continue };
        if is_fixed(name) || super::probe::state(states, variable) != Value::Absent {
            continue;
        }
        let value = match key.and_then(|key| super::probe::state(states, key).single()) {
            Some(value) => value,
            None => key_values(name).first().copied().unwrap_or("example"),
        };
        let value = value.to_owned();
        set(states, variable, KeyState::One(value));
    }
}

fn first_key(formula: &Formula) -> Option<KeyId> {
    let mut found = None;
    formula.for_each_test(&mut |test| {
        if let Variable::Key(key) = test.variable {
            found = found.or(Some(key));
        }
    });
    found
}

/// States of a key that may meet tests on it.
fn candidates(name: &str, tests: &[&Test], states: &States, keys: &KeyTable) -> Vec<KeyState> {
    let mut texts: Vec<String> = Vec::new();
    let view = Keys { keys, states };
    for test in tests {
        let closed;
        let set = match &test.operand {
            Operand::Closed(set) => set,
            Operand::Open(open) => {
                closed = open.close(Readings::default(), |key| view.single(key));
                &closed
            }
        };
        match set {
            ValueSet::Text(set) | ValueSet::Arn(set) => {
                texts.extend(set.as_union().unwrap_or_default().iter().map(generic));
            }
            set => texts.extend(set.pick()),
        }
    }
    texts.extend(key_values(name).iter().map(|value| (*value).to_owned()));
    texts.extend(["true", "false"].map(str::to_owned));
    let is_list = arity(name) == Arity::Many;
    let mut found: Vec<KeyState> = Vec::new();
    for text in texts {
        if !is_list {
            found.push(KeyState::One(text.clone()));
        }
        if arity(name) != Arity::One {
            found.push(KeyState::List(vec![text]));
        }
    }
    found.push(KeyState::Absent);
    found
}

/// A text that matches the pattern, with letters for its wildcards that other patterns hardly ask for. In an ARN it
/// has a region and an account where the pattern leaves them open.
pub(crate) fn generic(pattern: &Pattern) -> String {
    let text = pattern.to_text();
    let colons = text.matches(':').count();
    let mut filled = String::new();
    let is_arn = text.starts_with("arn:") && colons >= 5;
    let last = if is_arn { 5 } else { 0 };
    for (place, part) in text.splitn(last + 1, ':').enumerate() {
        if place > 0 {
            filled.push(':');
        }
        let whole = match (is_arn, place) {
            (true, 1) => "aws",
            (true, 3) => "mx-central-1",
            (true, 4) => "111122223333",
            _ => "zqx",
        };
        if part == "*" {
            filled.push_str(whole);
        } else {
            filled.push_str(&part.replace('*', "zqx").replace('?', "q"));
        }
    }
    // A wildcard that a literal `*` of the pattern was taken for does no harm: the text is held against the pattern.
    if pattern.matches(&filled) { filled } else { pattern.fill("zqx", 'q') }
}

pub(crate) fn set(states: &mut States, key: KeyId, state: KeyState) {
    match states.binary_search_by_key(&key, |(key, _)| *key) {
        Ok(at) => {
            if let Some(place) = states.get_mut(at) {
                place.1 = state;
            }
        }
        Err(at) => states.insert(at, (key, state)),
    }
}

/// Nothing but keys.
struct Keys<'s> {
    keys: &'s KeyTable,
    states: &'s States,
}

impl Keys<'_> {
    fn single(&self, name: &str) -> Option<&str> {
        let key = self.keys.find(name)?;
        super::probe::state(self.states, key).single()
    }
}

impl polsim_eval::Valuation for Keys<'_> {
    fn value(&self, variable: Variable) -> polsim_eval::Value<'_> {
        match variable {
            Variable::Key(key) => super::probe::state(self.states, key),
            _ => polsim_eval::Value::Open,
        }
    }

    fn keys(&self) -> &KeyTable {
        self.keys
    }

    fn readings(&self) -> Readings {
        Readings::default()
    }
}
