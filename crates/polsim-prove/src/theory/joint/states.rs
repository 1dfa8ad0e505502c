//! The states that were found, as the evaluator sees them.

use crate::coordinate::Coordinate;
use crate::home::Home;
use crate::world::{World, value_of};
use polsim_arn::Arn;
use polsim_eval::{
    KeyId, KeyState, KeyTable, Operand, Reading, Readings, Test, Truth, Valuation, Value, Variable,
};
use rustc_hash::FxHashMap;

/// Whether a test on a coordinate comes out as wanted when the coordinates have these states.
pub(super) fn holds(
    world: &World<'_>,
    states: &FxHashMap<Coordinate, KeyState>,
    coordinate: Coordinate,
    (test, wanted): (&Test, bool),
) -> bool {
    let whole = states.get(&coordinate);
    let is_of_account = matches!(test.operand, Operand::Open(_))
        && matches!(world.facts.home(test.variable), Home::AccountOf(_));
    let account = whole.filter(|_| is_of_account).and_then(account_of);
    let state = account.as_ref().or(whole).unwrap_or(&KeyState::Open);
    // Operands with variables say themselves whether wildcards in these are wildcards.
    let readings = world.mode.readings().with_alternative(Reading::WildcardsInVariables);
    test.fold(&States { state, states, world, readings }) == Truth::from(wanted)
}

fn account_of(state: &KeyState) -> Option<KeyState> {
    let KeyState::One(text) = state else { return None };
    Some(KeyState::One(Arn::parse(text)?.account.to_owned()))
}

/// A valuation in which one state is known for whatever is asked, and variables have what was found.
struct States<'s, 'm> {
    state: &'s KeyState,
    states: &'s FxHashMap<Coordinate, KeyState>,
    world: &'s World<'m>,
    readings: Readings,
}

impl Valuation for States<'_, '_> {
    fn value(&self, _: Variable) -> Value<'_> {
        value_of(self.state)
    }

    fn variable(&self, key: KeyId) -> Value<'_> {
        let facts = &self.world.facts;
        if let Some(state) = facts.known.get(&key) {
            return value_of(state);
        }
        let of = |coordinate| self.states.get(&coordinate).map_or(Value::Open, value_of);
        match facts.home(Variable::Key(key)) {
            Home::Known(_) | Home::SessionArn => Value::Open,
            Home::Text(coordinate) => of(coordinate),
            Home::AccountOf(coordinate) => match of(coordinate).single().and_then(Arn::parse) {
                Some(arn) => Value::One(arn.account),
                None => Value::Open,
            },
            Home::Key(key) => of(Coordinate::Key(key)),
        }
    }

    fn keys(&self) -> &KeyTable {
        self.world.facts.model.keys()
    }

    fn readings(&self) -> Readings {
        self.readings
    }
}
