//! One situation with what is fixed in it: from the formulas of the law to goals over coordinates.

use crate::coordinate::{Coordinate, arns_of_account};
use crate::goal::{Atom, Atoms, Goal};
use polsim_arn::{Arn, Pattern, TextSet};
use polsim_eval::{
    Accounts, Attribute, Formula, KeyId, KeyState, KeyTable, Model, Operand, PrincipalKind, Reading,
    Readings, Test, Truth, Valuation, Value, Variable,
};
use polsim_value::ValueSet;
use rustc_hash::FxHashMap;

/// How ambiguities are read while a goal is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    /// All in these ways.
    Fixed(Readings),
    /// Each in either way, anew wherever it occurs: a goal that holds of more requests than it should, so that its
    /// having no model proves the claim for every reading.
    Either,
}

/// What of a request is fixed in a situation.
pub(crate) struct World<'m> {
    pub(crate) model: &'m Model,
    pub(crate) kind: PrincipalKind,
    pub(crate) accounts: Accounts,
    pub(crate) is_bounded: bool,
    pub(crate) mode: Mode,
    /// Keys whose state is known.
    pub(crate) known: FxHashMap<KeyId, KeyState>,
    /// The principal, when it is one.
    pub(crate) principal: Option<FxHashMap<Attribute, String>>,
}

/// Where a variable is to be found.
enum Home {
    /// Its value is known.
    Known(KeyState),
    /// It is a coordinate that always holds one text.
    Text(Coordinate),
    /// It is the account part of a coordinate.
    AccountOf(Coordinate),
    /// It is the ARN of a role session, put together from two coordinates.
    SessionArn,
    /// It is a key with any state.
    Key(KeyId),
}

impl World<'_> {
    /// The goal that a formula holds, or does not.
    pub(crate) fn goal(&self, formula: &Formula, holds: bool, atoms: &mut Atoms) -> Goal {
        match formula {
            Formula::Always => holds.into(),
            Formula::Never => (!holds).into(),
            Formula::Test(test) => self.test(test, holds, atoms),
            Formula::Not(inner) => self.goal(inner, !holds, atoms),
            Formula::All(parts) | Formula::Any(parts) => {
                let goals = parts.iter().map(|part| self.goal(part, holds, atoms));
                if matches!(formula, Formula::All(_)) == holds { Goal::all(goals) } else { Goal::any(goals) }
            }
            Formula::Choice { reading, chosen, alternative } => self.choose(*reading, |world, taken| {
                world.goal(if taken { alternative } else { chosen }, holds, atoms)
            }),
        }
    }

    /// The goal of what an ambiguity leads to: `make` is told whether it is read the other way.
    pub(crate) fn choose(&self, reading: Reading, mut make: impl FnMut(&Self, bool) -> Goal) -> Goal {
        match self.mode {
            Mode::Fixed(readings) => make(self, readings.takes_alternative(reading)),
            Mode::Either => Goal::any([make(self, false), make(self, true)]),
        }
    }

    fn test(&self, test: &Test, holds: bool, atoms: &mut Atoms) -> Goal {
        if let Operand::Open(open) = &test.operand
            && self.unknown_variable(test).is_none()
        {
            return self.choose(Reading::WildcardsInVariables, |world, taken| {
                let readings = if taken {
                    [Reading::WildcardsInVariables].into_iter().collect()
                } else {
                    Readings::default()
                };
                let set = open
                    .close(readings, |key| world.known.get(&world.model.keys().find(key)?).and_then(single));
                world.test(&Test { operand: Operand::Closed(set), ..test.clone() }, holds, atoms)
            });
        }
        match self.home(test.variable) {
            Home::Known(state) => self.known_test(test, &state, holds, atoms),
            Home::Text(coordinate) => self.atom(coordinate, test, holds, atoms),
            Home::Key(key) => self.atom(Coordinate::Key(key), test, holds, atoms),
            Home::AccountOf(coordinate) => match &test.operand {
                Operand::Closed(set) => {
                    let accounts = texts_of(set);
                    let arns = accounts.map_patterns(&mut |pattern| arns_of_account(pattern));
                    self.atom(coordinate, &Test::text(test.variable, arns), holds, atoms)
                }
                Operand::Open(_) => self.atom(coordinate, test, holds, atoms),
            },
            Home::SessionArn => self.session_arn(test, holds, atoms),
        }
    }

    /// A policy variable of a test whose value is not known in this world.
    pub(crate) fn unknown_variable<'t>(&self, test: &'t Test) -> Option<&'t str> {
        let Operand::Open(open) = &test.operand else { return None };
        let keys =
            open.templates.iter().flat_map(|template| template.variables()).filter_map(|v| v.key.as_deref());
        let is_known = |key: &str| self.model.keys().find(key).is_none_or(|id| self.known.contains_key(&id));
        keys.into_iter().find(|key| !is_known(key))
    }

    fn atom(&self, coordinate: Coordinate, test: &Test, holds: bool, atoms: &mut Atoms) -> Goal {
        // A text that is always there: all that counts is the set.
        if !matches!(coordinate, Coordinate::Key(_))
            && let Operand::Closed(set) = &test.operand
        {
            let texts = texts_of(set);
            let number = atoms.number(Atom { coordinate, test: Test::text(Variable::Action, texts) });
            return Goal::Atom(number, holds);
        }
        Goal::Atom(atoms.number(Atom { coordinate, test: test.clone() }), holds)
    }

    /// A test on a value that is known.
    fn known_test(&self, test: &Test, state: &KeyState, holds: bool, atoms: &mut Atoms) -> Goal {
        let answer = |readings: Readings| test.fold(&Known { state, world: self, readings });
        let truths = match self.mode {
            Mode::Fixed(readings) => vec![answer(readings)],
            Mode::Either => readings_of(test).map(answer).collect(),
        };
        if truths.contains(&Truth::Open) {
            // The operand has variables that are not known: an atom of its own, on the key that is compared.
            if let Variable::Key(key) = test.variable {
                return Goal::Atom(
                    atoms.number(Atom { coordinate: Coordinate::Key(key), test: test.clone() }),
                    holds,
                );
            }
        }
        truths.contains(&Truth::from(holds)).into()
    }

    /// The ARN of a role session is put together from role and session name; entries of policies are whole ARNs, or
    /// speak of the partition alone.
    fn session_arn(&self, test: &Test, holds: bool, atoms: &mut Atoms) -> Goal {
        let patterns = match &test.operand {
            Operand::Closed(ValueSet::Text(set)) => set.as_union().unwrap_or_default(),
            _ => &[],
        };
        let mut ways = Vec::new();
        for pattern in patterns {
            let is = |coordinate, set| Formula::test(Test::text(variable_of(coordinate), set));
            ways.push(match pattern.as_exact().and_then(session_parts) {
                Some((partition, account, role, session)) => {
                    let roles = ["", "*/"].map(|path| {
                        Pattern::wildcard(&format!("arn:{partition}:iam::{account}:role/{path}{role}"))
                    });
                    Formula::all([
                        is(Coordinate::PrincipalArn, TextSet::union(roles)),
                        is(Coordinate::SessionName, TextSet::only(session)),
                    ])
                }
                None => is(Coordinate::PrincipalArn, pattern.clone().into()),
            });
        }
        let parts = ways.iter().map(|way| self.on_coordinates(way, holds, atoms)).collect::<Vec<_>>();
        if holds { Goal::any(parts) } else { Goal::all(parts) }
    }

    /// A formula whose variables stand for coordinates already.
    fn on_coordinates(&self, formula: &Formula, holds: bool, atoms: &mut Atoms) -> Goal {
        match formula {
            Formula::Test(test) => {
                let coordinate = match test.variable {
                    Variable::Principal(Attribute::Name) => Coordinate::SessionName,
                    _ => Coordinate::PrincipalArn,
                };
                self.atom(coordinate, test, holds, atoms)
            }
            Formula::All(parts) => {
                let goals =
                    parts.iter().map(|part| self.on_coordinates(part, holds, atoms)).collect::<Vec<_>>();
                if holds { Goal::all(goals) } else { Goal::any(goals) }
            }
            other => self.goal(other, holds, atoms),
        }
    }

    fn home(&self, variable: Variable) -> Home {
        let kind = self.kind;
        match variable {
            Variable::Action => Home::Text(Coordinate::Action),
            Variable::Resource => Home::Text(Coordinate::Resource),
            Variable::Principal(attribute) if self.principal.is_some() => self.known_attribute(attribute),
            Variable::Principal(attribute) => match (attribute, kind) {
                (Attribute::Arn, PrincipalKind::RoleSession) => Home::SessionArn,
                (
                    Attribute::Arn,
                    PrincipalKind::User | PrincipalKind::Root | PrincipalKind::FederatedUser,
                )
                | (Attribute::IssuerArn, PrincipalKind::RoleSession) => Home::Text(Coordinate::PrincipalArn),
                (Attribute::Account, _) if kind.is_bound_by_scps() => {
                    Home::AccountOf(Coordinate::PrincipalArn)
                }
                (Attribute::UniqueId, PrincipalKind::User | PrincipalKind::RoleSession) => {
                    Home::Text(Coordinate::UniqueId)
                }
                (Attribute::Name, PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc) => {
                    Home::Text(Coordinate::Name)
                }
                (Attribute::CanonicalId, _) if kind.is_bound_by_scps() => Home::Text(Coordinate::CanonicalId),
                _ => Home::Known(KeyState::Absent),
            },
            Variable::Key(key) => self.key_home(key),
        }
    }

    /// A property of the principal, when it is one. Its unique id may be unknown all the same.
    fn known_attribute(&self, attribute: Attribute) -> Home {
        match self.principal.as_ref().and_then(|principal| principal.get(&attribute)) {
            Some(text) => Home::Known(KeyState::One(text.clone())),
            None if attribute == Attribute::UniqueId => Home::Text(Coordinate::UniqueId),
            None => Home::Known(KeyState::Absent),
        }
    }

    /// S5.2, I7, I11: where a key follows from, if it does.
    fn key_home(&self, key: KeyId) -> Home {
        if let Some(state) = self.known.get(&key) {
            return Home::Known(state.clone());
        }
        let kind = self.kind;
        let one = |text: &str| Home::Known(KeyState::One(text.to_owned()));
        let has_arn = kind.is_bound_by_scps();
        let is_signed = has_arn || kind == PrincipalKind::Service;
        let name = self.model.keys().key(key).map(polsim_policy::ConditionKey::folded).unwrap_or_default();
        match name.as_str() {
            _ if self.principal.is_some() && name != "aws:userid" => Home::Key(key),
            "aws:principalarn" if has_arn => Home::Text(Coordinate::PrincipalArn),
            "aws:principalarn" => Home::Known(KeyState::Absent),
            "aws:principalaccount" if has_arn => Home::AccountOf(Coordinate::PrincipalArn),
            "aws:principalaccount" if is_signed => Home::Known(KeyState::Absent),
            "aws:principalaccount" => one("anonymous"),
            "aws:principaltype" => match kind {
                PrincipalKind::Root => one("Account"),
                PrincipalKind::User => one("User"),
                PrincipalKind::RoleSession => one("AssumedRole"),
                PrincipalKind::FederatedUser => one("FederatedUser"),
                PrincipalKind::Service => Home::Known(KeyState::Absent),
                PrincipalKind::Saml | PrincipalKind::Oidc | PrincipalKind::Anonymous => one("Anonymous"),
            },
            "aws:userid" => match kind {
                PrincipalKind::User | PrincipalKind::RoleSession => Home::Text(Coordinate::UniqueId),
                PrincipalKind::Root => Home::AccountOf(Coordinate::PrincipalArn),
                PrincipalKind::FederatedUser => Home::Key(key),
                PrincipalKind::Service => Home::Known(KeyState::Absent),
                PrincipalKind::Saml | PrincipalKind::Oidc | PrincipalKind::Anonymous => one("anonymous"),
            },
            "aws:username" if kind != PrincipalKind::User => Home::Known(KeyState::Absent),
            "aws:principalisawsservice" if is_signed => {
                one(if kind == PrincipalKind::Service { "true" } else { "false" })
            }
            "aws:principalisawsservice" => Home::Known(KeyState::Absent),
            "aws:principalservicename" if kind == PrincipalKind::Service => Home::Text(Coordinate::Name),
            "aws:principalservicename" => Home::Known(KeyState::Absent),
            // The account of the resource is the principal's own.
            "aws:resourceaccount" if has_arn && self.accounts == Accounts::Same => {
                Home::AccountOf(Coordinate::PrincipalArn)
            }
            _ => Home::Key(key),
        }
    }
}

/// The texts of a set of any sort of texts; a set of another sort holds no text that is an ARN or a name.
fn texts_of(set: &ValueSet) -> TextSet {
    set.as_texts().unwrap_or_else(TextSet::none)
}

/// The variable that stands for a coordinate while a formula is taken apart.
fn variable_of(coordinate: Coordinate) -> Variable {
    let is_name = coordinate == Coordinate::SessionName;
    Variable::Principal(if is_name { Attribute::Name } else { Attribute::IssuerArn })
}

fn session_parts(arn: &str) -> Option<(&str, &str, &str, &str)> {
    let arn = Arn::parse(arn)?;
    let (role, session) = arn.resource.strip_prefix("assumed-role/")?.split_once('/')?;
    Some((arn.partition, arn.account, role, session))
}

/// All combinations of the readings that a test may depend on.
pub(crate) fn readings_of(test: &Test) -> impl Iterator<Item = Readings> + use<> {
    let mut mentioned = Vec::new();
    test.for_each_reading(&mut |reading| mentioned.push(reading));
    mentioned.sort_unstable();
    mentioned.dedup();
    (0..1u32 << mentioned.len().min(8)).map(move |mask| {
        let taken = mentioned.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
        taken.map(|(_, reading)| *reading).collect()
    })
}

/// A valuation in which one state is known for whatever is asked, and policy variables have the known keys.
pub(crate) struct Known<'w, 'm> {
    pub(crate) state: &'w KeyState,
    pub(crate) world: &'w World<'m>,
    pub(crate) readings: Readings,
}

impl Valuation for Known<'_, '_> {
    fn value(&self, _: Variable) -> Value<'_> {
        value_of(self.state)
    }

    fn variable(&self, key: KeyId) -> Value<'_> {
        self.world.known.get(&key).map_or(Value::Open, value_of)
    }

    fn keys(&self) -> &KeyTable {
        self.world.model.keys()
    }

    fn readings(&self) -> Readings {
        self.readings
    }
}

/// What a policy variable of a key in this state stands for.
fn single(state: &KeyState) -> Option<&str> {
    if let KeyState::One(text) = state { Some(text) } else { None }
}

pub(crate) fn value_of(state: &KeyState) -> Value<'_> {
    match state {
        KeyState::Absent => Value::Absent,
        KeyState::One(text) => Value::One(text),
        KeyState::List(texts) => Value::List(texts),
        KeyState::Open => Value::Open,
    }
}
