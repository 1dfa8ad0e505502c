//! What the variables of a test tie together.

use crate::coordinate::Coordinate;
use crate::goal::Atom;
use crate::home::Home;
use crate::world::World;
use polsim_eval::{Operand, Test, Variable};

/// The coordinates that a test with variables ties together; those that are known are left out.
pub(crate) fn ties(world: &World<'_>, atom: &Atom) -> Vec<Coordinate> {
    let mut tied = vec![atom.coordinate];
    for home in homes_of_variables(world, &atom.test) {
        match home {
            Home::Text(coordinate) | Home::AccountOf(coordinate) => tied.push(coordinate),
            Home::Key(key) => tied.push(Coordinate::Key(key)),
            Home::Known(_) | Home::SessionArn => {}
        }
    }
    tied.sort_unstable();
    tied.dedup();
    tied
}

fn homes_of_variables(world: &World<'_>, test: &Test) -> Vec<Home> {
    let Operand::Open(open) = &test.operand else { return Vec::new() };
    let names =
        open.templates.iter().flat_map(|t| t.variables()).filter_map(|variable| variable.key.as_deref());
    let keys = names.filter_map(|name| world.facts.model.keys().find(name));
    keys.map(|key| world.facts.home(Variable::Key(key))).collect()
}

/// Whether a test with variables speaks of the account in the ARN of the principal.
pub(super) fn speaks_of_account(world: &World<'_>, test: &Test) -> bool {
    let is_account = |home: &Home| matches!(home, Home::AccountOf(_));
    matches!(test.operand, Operand::Open(_))
        && (is_account(&world.facts.home(test.variable))
            || homes_of_variables(world, test).iter().any(is_account))
}
