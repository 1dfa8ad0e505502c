//! One situation with what is fixed in it: from the formulas of the law to goals over coordinates.

use crate::coordinate::{Coordinate, arns_of_account};
use crate::goal::{Atom, Atoms, Goal};
use crate::home::{Facts, Home};
use crate::readings;
use polsim_arn::{Arn, Pattern, TextSet};
use polsim_eval::{
    Attribute, Formula, KeyId, KeyState, KeyTable, OpenOperand, Operand, Polarity, Quantifier, Reading,
    Readings, Test, Truth, Valuation, Value, Variable,
};
use polsim_value::{Sort, TruthSet, ValueSet};
use std::cell::Cell;

/// How ambiguities are read while a goal is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    /// All in these ways.
    Fixed(Readings),
    /// Those that bear on the states of keys in these ways; of every other one the goal says what it needs.
    Open(Readings),
}

impl Mode {
    /// The same, with other readings.
    pub(crate) fn with(self, readings: Readings) -> Self {
        match self {
            Self::Fixed(_) => Self::Fixed(readings),
            Self::Open(_) => Self::Open(readings),
        }
    }

    /// The readings for the states of keys.
    pub(crate) fn readings(self) -> Readings {
        let (Self::Fixed(readings) | Self::Open(readings)) = self;
        readings
    }
}

/// One situation, and how ambiguities are read.
pub(crate) struct World<'m> {
    pub(crate) facts: Facts<'m>,
    pub(crate) mode: Mode,
    /// The readings about states of keys that made a difference where a state is known.
    pub(crate) touched: Cell<Readings>,
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
            Formula::Choice { reading, chosen, alternative } => {
                self.choose(*reading, atoms, |atoms, taken| {
                    self.goal(if taken { alternative } else { chosen }, holds, atoms)
                })
            }
        }
    }

    /// The goal of what an ambiguity leads to: `make` is told whether it is read the other way.
    pub(crate) fn choose(
        &self,
        reading: Reading,
        atoms: &mut Atoms,
        mut make: impl FnMut(&mut Atoms, bool) -> Goal,
    ) -> Goal {
        let readings = match self.mode {
            Mode::Fixed(readings) => return make(atoms, readings.takes_alternative(reading)),
            Mode::Open(readings) => readings,
        };
        let (chosen, alternative) = (make(atoms, false), make(atoms, true));
        if chosen == alternative {
            return chosen;
        }
        if readings::is_about_keys(reading) {
            self.touch(reading);
            return if readings.takes_alternative(reading) { alternative } else { chosen };
        }
        let test = Test::text(Variable::Action, TextSet::all());
        let atom = atoms.number(Atom { coordinate: Coordinate::Reading(reading), test });
        Goal::any([
            Goal::all([Goal::Atom(atom, false), chosen]),
            Goal::all([Goal::Atom(atom, true), alternative]),
        ])
    }

    fn touch(&self, reading: Reading) {
        self.touched.set(self.touched.get().with_alternative(reading));
    }

    fn test(&self, test: &Test, holds: bool, atoms: &mut Atoms) -> Goal {
        if let Operand::Open(open) = &test.operand
            && self.unknown_variable(test).is_none()
        {
            return self.choose(Reading::WildcardsInVariables, atoms, |atoms, taken| {
                let mut readings = self.mode.readings();
                if taken {
                    readings = readings.with_alternative(Reading::WildcardsInVariables);
                }
                let close = |readings| {
                    let set = open.close(readings, |key| {
                        self.facts.known.get(&self.facts.model.keys().find(key)?).and_then(single)
                    });
                    as_sort(open.sort, set)
                };
                let lenient = readings.with_alternative(Reading::UnreadableIsNoMatch);
                let set = close(readings);
                if set != close(lenient) {
                    self.touch(Reading::UnreadableIsNoMatch);
                }
                self.test(&Test { operand: Operand::Closed(set), ..test.clone() }, holds, atoms)
            });
        }
        if let Operand::Open(open) = &test.operand {
            // What is open says itself whether wildcards in values are wildcards (A17).
            let literal = open.templates.iter().map(|template| template.literal()).collect();
            let operand = Operand::Open(OpenOperand { templates: literal, ..open.clone() });
            let literal = Test { operand, ..test.clone() };
            return self.choose(Reading::WildcardsInVariables, atoms, |atoms, taken| {
                self.at_home(if taken { test } else { &literal }, holds, atoms)
            });
        }
        self.at_home(test, holds, atoms)
    }

    /// A test on the coordinate that its variable comes from.
    fn at_home(&self, test: &Test, holds: bool, atoms: &mut Atoms) -> Goal {
        match self.facts.home(test.variable) {
            Home::Known(state) => self.known_test(test, &state, holds, atoms),
            Home::Key(key) => {
                Goal::Atom(atoms.number(Atom { coordinate: Coordinate::Key(key), test: test.clone() }), holds)
            }
            Home::Text(coordinate) => self.text_test(coordinate, test, holds, atoms, &mut Pattern::clone),
            Home::AccountOf(coordinate) => {
                self.text_test(coordinate, test, holds, atoms, &mut arns_of_account)
            }
            Home::SessionArn => self.session_arn(test, holds, atoms),
        }
    }

    /// A policy variable of a test whose value is not known in this world.
    pub(crate) fn unknown_variable<'t>(&self, test: &'t Test) -> Option<&'t str> {
        let Operand::Open(open) = &test.operand else { return None };
        let keys =
            open.templates.iter().flat_map(|template| template.variables()).filter_map(|v| v.key.as_deref());
        let is_known =
            |key: &str| self.facts.model.keys().find(key).is_none_or(|id| self.facts.known.contains_key(&id));
        keys.into_iter().find(|key| !is_known(key))
    }

    /// A test on one text that is always there and never empty. `on_coordinate` turns a pattern for the text into one
    /// for the coordinate that it is taken from.
    fn text_test(
        &self,
        coordinate: Coordinate,
        test: &Test,
        holds: bool,
        atoms: &mut Atoms,
        on_coordinate: &mut dyn FnMut(&Pattern) -> Pattern,
    ) -> Goal {
        if let Quantifier::Presence(answer) = test.quantifier {
            return (answer == holds).into();
        }
        let Operand::Closed(set) = &test.operand else {
            return Goal::Atom(atoms.number(Atom { coordinate, test: test.clone() }), holds);
        };
        let is_negated = test.polarity == Polarity::Negated;
        let Some(members) = set.as_texts() else {
            // No ARN is a number, a date, an address or base64.
            let is_arn = matches!(coordinate, Coordinate::PrincipalArn) && !is_account(test, self);
            if !is_arn {
                return Goal::Atom(atoms.number(Atom { coordinate, test: test.clone() }), holds);
            }
            return self.choose(Reading::UnreadableIsNoMatch, atoms, |_, lenient| {
                ((lenient && is_negated) == holds).into()
            });
        };
        let mut atom = |atoms: &mut Atoms, texts: &TextSet| {
            let texts = texts.map_patterns(&mut |pattern| on_coordinate(pattern));
            Goal::Atom(atoms.number(Atom { coordinate, test: Test::text(Variable::Action, texts) }), holds)
        };
        let readable = set.not().as_texts().map(|others| members.or(&others));
        match readable {
            // S3.14.1, A12
            Some(readable) if set.sort() != Sort::Text && is_negated => {
                self.choose(Reading::UnreadableIsNoMatch, atoms, |atoms, lenient| {
                    atom(atoms, &if lenient { members.or(&readable.not()) } else { members.clone() })
                })
            }
            _ => atom(atoms, &members),
        }
    }

    /// A test on a value that is known.
    fn known_test(&self, test: &Test, state: &KeyState, holds: bool, atoms: &mut Atoms) -> Goal {
        let answer = |readings: Readings| test.fold(&Known { state, world: self, readings });
        let truth = answer(self.mode.readings());
        if let Mode::Open(readings) = self.mode {
            for (reading, with, without) in readings::neighbours(test, readings) {
                if answer(with) != answer(without) {
                    self.touch(reading);
                }
            }
        }
        match (truth, test.variable) {
            // The operand has variables that are not known: an atom of its own, on the key that is compared.
            (Truth::Open, Variable::Key(key)) => {
                Goal::Atom(atoms.number(Atom { coordinate: Coordinate::Key(key), test: test.clone() }), holds)
            }
            _ => (truth == Truth::from(holds)).into(),
        }
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
                self.text_test(coordinate, test, holds, atoms, &mut Pattern::clone)
            }
            Formula::All(parts) => {
                let goals =
                    parts.iter().map(|part| self.on_coordinates(part, holds, atoms)).collect::<Vec<_>>();
                if holds { Goal::all(goals) } else { Goal::any(goals) }
            }
            other => self.goal(other, holds, atoms),
        }
    }
}

/// Whether a test is on an account, of which no sort of value can be ruled out.
fn is_account(test: &Test, world: &World<'_>) -> bool {
    matches!(world.facts.home(test.variable), Home::AccountOf(_))
}

/// A finished operand in the sort of its operator: `Bool` knows values that cannot be read, texts do not.
fn as_sort(sort: Sort, set: ValueSet) -> ValueSet {
    match (sort, set) {
        (Sort::Truth, ValueSet::Text(set)) => {
            ValueSet::Truth(TruthSet { has_true: set.contains("true"), has_false: set.contains("false") })
        }
        (_, set) => set,
    }
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
        self.world.facts.known.get(&key).map_or(Value::Open, value_of)
    }

    fn keys(&self) -> &KeyTable {
        self.world.facts.model.keys()
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
