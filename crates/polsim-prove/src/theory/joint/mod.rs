//! Atoms with policy variables: several coordinates at once.
//!
//! A test whose operand has a policy variable in it ties the coordinate that it is about to the one that the variable
//! is taken from. Coordinates that are tied together by the literals of a search are solved together: for each shape
//! that their states can have, the literals say which texts are in which sets, and which are like patterns with words
//! in them. A text that is like a pattern *is* the pattern with words for its variables and its wildcards, and what
//! is asked of it is asked of the words (`equation.rs`). What remains are texts in sets, which share words; that is
//! [`polsim_arn::Joint`]. A text that must not be like a pattern is looked at last (`system.rs`): the words that are
//! found are as different from one another as they can be.
//!
//! **Where this is exact.** An answer is `Unsure` only if
//! - the words of all texts have no common order, and doubling some does not help (`relax.rs`), or an equation between
//!   two patterns has too many solutions. Neither happens while every text is asked to be like one pattern at most, and
//!   no variable occurs twice in one pattern;
//! - `*` and `?` in the values of variables are wildcards (A17, the other reading), and words with them matter;
//! - one of the texts is compared as a number, a date, an address or bytes as well.
//!
//! Then only what was widened is shown to be impossible, and words that are found are held against the tests.

mod equation;
mod fact;
mod instance;
mod mode;
mod relax;
mod states;
mod system;
mod ties;
mod unknowns;

use super::value::{Found, Unwanted, find};
use super::{Coordinates, Literal, Model, text};
use crate::coordinate::Coordinate;
use crate::home::Home;
use fact::{Ordered, add, settle};
use mode::{Mode, Points, Tests};
use polsim_arn::{Budget, Class, OutOfSteps, Pattern, Piece, TextSet, Words};
use polsim_eval::{KeyId, KeyState, Operand, Readings, Test, Variable};
use polsim_question::keys;
use rustc_hash::FxHashMap;
use system::{Solved, System};
use ties::speaks_of_account;
use unknowns::Kind;

pub(crate) use ties::ties;

/// How many combinations of shapes and alternatives are tried.
const MOST_LEAVES: usize = 400;

/// Letters for places where any letter will do.
const PLAIN: &str = "abcdefghijklmnopqrstuvwxyz";

/// What coordinates that are tied together can hold.
pub(super) enum Outcome {
    Models(Vec<(Coordinate, Model)>),
    Nothing,
    /// Nothing was found, and that there is nothing was not shown.
    Unsure,
}

/// Values of coordinates of which the literals hold. `is_shown` asks for values that people like to see.
pub(super) fn solve(
    theory: &Coordinates<'_, '_>,
    coordinates: &[Coordinate],
    literals: &[Literal],
    is_shown: bool,
    budget: &mut Budget,
) -> Result<Outcome, OutOfSteps> {
    let mut component = Component {
        theory,
        readings: theory.world.mode.readings(),
        places: Vec::new(),
        leaves: MOST_LEAVES,
        is_sure: true,
        is_shown,
    };
    let system = component.lay_out(coordinates, literals);
    let found = component.shapes(&system, &mut Vec::new(), budget)?;
    Ok(match found {
        Some(models) => Outcome::Models(models),
        None if component.is_sure => Outcome::Nothing,
        None => Outcome::Unsure,
    })
}

/// A coordinate with its tests.
struct Place<'t> {
    coordinate: Coordinate,
    tests: Vec<(&'t Test, bool)>,
    /// The number of its text, or of the text of its one value.
    value: usize,
    /// The number of the account in it.
    account: Option<usize>,
}

struct Component<'t, 'w, 'm> {
    theory: &'t Coordinates<'w, 'm>,
    readings: Readings,
    places: Vec<Place<'t>>,
    leaves: usize,
    is_sure: bool,
    is_shown: bool,
}

/// The shapes that were chosen, with the numbers of the values of lists.
type Chosen = Vec<(Mode, Vec<usize>)>;

type Models = Vec<(Coordinate, Model)>;

impl<'t> Component<'t, '_, '_> {
    /// A word for each coordinate.
    fn lay_out(&mut self, coordinates: &[Coordinate], literals: &[Literal]) -> System {
        let mut system = System::default();
        let has_account = literals.iter().any(|(atom, _)| {
            self.theory.atoms.get(*atom).is_some_and(|atom| speaks_of_account(self.theory.world, &atom.test))
        });
        for coordinate in coordinates {
            let of_coordinate = literals.iter().filter_map(|(atom, holds)| {
                let atom = self.theory.atoms.get(*atom)?;
                (atom.coordinate == *coordinate).then_some((&atom.test, *holds))
            });
            let tests: Vec<(&'t Test, bool)> = of_coordinate.collect();
            let word = system.unknowns.new_word(Kind::ANY);
            let value = system.new_value(&[word]);
            if !matches!(coordinate, Coordinate::Key(_)) {
                let own: Vec<Literal> = literals
                    .iter()
                    .filter(|(atom, _)| {
                        self.theory.atoms.get(*atom).is_some_and(|a| a.coordinate == *coordinate)
                    })
                    .copied()
                    .collect();
                let set = text::set_of(self.theory, &own).and(&self.theory.base(*coordinate));
                system.unknowns.texts.push((vec![word], set));
            }
            let is_cut = *coordinate == Coordinate::PrincipalArn && has_account;
            let account = is_cut.then(|| cut_at_account(&mut system, word));
            self.places.push(Place { coordinate: *coordinate, tests, value, account });
        }
        system
    }

    fn place(&self, coordinate: Coordinate) -> Option<(usize, &Place<'t>)> {
        self.places.iter().enumerate().find(|(_, place)| place.coordinate == coordinate)
    }

    /// Tries all shapes of the states of keys, from the one at `chosen.len()` on.
    fn shapes(
        &mut self,
        system: &System,
        chosen: &mut Chosen,
        budget: &mut Budget,
    ) -> Result<Option<Models>, OutOfSteps> {
        let Some(place) = self.places.get(chosen.len()) else {
            return self.tests(system, chosen, 0, &mut Vec::new(), budget);
        };
        let value = system.values.get(place.value).cloned().unwrap_or_default();
        let modes = match place.coordinate {
            Coordinate::Key(key) => self.modes(key, &value),
            _ => vec![Mode::One(value)],
        };
        for mode in modes {
            let place = self.places.get(chosen.len());
            let is_possible = place.is_none_or(|place| self.can_have(place, &mode));
            if !is_possible {
                continue;
            }
            let mut limited = system.clone();
            if let (Some(place), Mode::One(value)) = (place, &mode)
                && matches!(place.coordinate, Coordinate::Key(_))
                && value.iter().any(|piece| piece.word().is_some())
            {
                limited.unknowns.texts.push((value.clone(), TextSet::only("").not()));
            }
            if let Mode::List(values) = &mode
                && let [value] = values.as_slice()
                && value.iter().any(|piece| piece.word().is_some())
            {
                limited.unknowns.texts.push((value.clone(), TextSet::only("").not()));
            }
            chosen.push((mode, Vec::new()));
            let found = self.shapes(&limited, chosen, budget)?;
            chosen.pop();
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn modes(&self, key: KeyId, value: &[Piece]) -> Vec<Mode> {
        let facts = &self.theory.world.facts;
        if let Some(state) = facts.known.get(&key) {
            return Mode::of(state).into_iter().collect();
        }
        let name = facts.model.keys().key(key).map(polsim_policy::ConditionKey::folded).unwrap_or_default();
        value.first().map_or_else(Vec::new, |word| Mode::all(keys::arity(&name), *word))
    }

    /// Whether the tests of a key whose answer is settled by the shape come out as wanted.
    fn can_have(&self, place: &Place<'t>, mode: &Mode) -> bool {
        let is_as_wanted = |(test, holds): &(&Test, bool)| match mode {
            Mode::Absent => test.absent.under(self.readings) == *holds,
            Mode::List(values) if values.is_empty() => test.empty.under(self.readings) == *holds,
            _ => true,
        };
        !matches!(place.coordinate, Coordinate::Key(_)) || place.tests.iter().all(is_as_wanted)
    }

    /// Collects what the tests ask, from the place at `at` on.
    fn tests(
        &mut self,
        system: &System,
        chosen: &mut Chosen,
        at: usize,
        points: &mut Points<'t>,
        budget: &mut Budget,
    ) -> Result<Option<Models>, OutOfSteps> {
        let Some(place) = self.places.get(at) else {
            let mut points = points.clone();
            for point in &mut points {
                point.retain_mut(settle);
            }
            points.sort_by_key(Vec::len);
            return self.alternatives(system, chosen, &points, &mut Vec::new(), budget);
        };
        let Some((mode, _)) = chosen.get(at).cloned() else { return Ok(None) };
        let ways = {
            let value = |name: &str| self.value(system, chosen, name);
            let (tests, mode) = match place.coordinate {
                Coordinate::Key(_) => (place.tests.clone(), mode),
                _ => {
                    // Tests without variables on a text are in its set already.
                    let open =
                        place.tests.iter().filter(|(test, _)| matches!(test.operand, Operand::Open(_)));
                    (open.copied().collect(), mode)
                }
            };
            let tests = Tests { tests: &tests, readings: self.readings, value: &value };
            match self.account_tests(place, &tests, system) {
                Some(ways) => Some(ways),
                None => tests.ways(&mode, system),
            }
        };
        let Some(ways) = ways else {
            self.is_sure = false;
            return Ok(None);
        };
        for way in ways {
            let before = points.len();
            points.extend(way.points);
            if let Some((_, list)) = chosen.get_mut(at) {
                list.clone_from(&way.list);
            }
            let found = self.tests(&way.system, chosen, at + 1, points, budget)?;
            points.truncate(before);
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// What tests on an ARN ask, some of which may be on the account in it.
    fn account_tests(
        &self,
        place: &Place<'t>,
        tests: &Tests<'t, '_>,
        system: &System,
    ) -> Option<Vec<mode::Way<'t>>> {
        let account = system.values.get(place.account?)?.clone();
        let whole = system.values.get(place.value)?.clone();
        let mut way = mode::Way { system: system.clone(), points: Vec::new(), list: Vec::new() };
        for test in tests.tests {
            let home = self.theory.world.facts.home(test.0.variable);
            let value = if matches!(home, Home::AccountOf(_)) { &account } else { &whole };
            let tests =
                Tests { tests: std::slice::from_ref(test), readings: tests.readings, value: tests.value };
            let Some(one) = tests.ways(&Mode::One(value.clone()), system)?.pop() else {
                return Some(Vec::new());
            };
            way.points.extend(one.points);
        }
        Some(vec![way])
    }

    /// What a policy variable stands for.
    fn value(&self, system: &System, chosen: &Chosen, name: &str) -> Option<Vec<Piece>> {
        let facts = &self.theory.world.facts;
        let key = facts.model.keys().find(name)?;
        match facts.home(Variable::Key(key)) {
            Home::Known(state) => Mode::of(&state)?.single(),
            Home::Text(coordinate) => system.values.get(self.place(coordinate)?.1.value).cloned(),
            Home::AccountOf(coordinate) => system.values.get(self.place(coordinate)?.1.account?).cloned(),
            Home::Key(key) => chosen.get(self.place(Coordinate::Key(key))?.0)?.0.single(),
            Home::SessionArn => None,
        }
    }

    /// Tries all alternatives.
    fn alternatives(
        &mut self,
        system: &System,
        chosen: &Chosen,
        points: &[Vec<fact::Facts<'t>>],
        ordered: &mut Ordered<'t>,
        budget: &mut Budget,
    ) -> Result<Option<Models>, OutOfSteps> {
        let Some((first, rest)) = points.split_first() else {
            return self.likes(system.clone(), chosen, ordered, budget);
        };
        for facts in first {
            let mut longer = system.clone();
            let before = ordered.len();
            add(&mut longer, facts, ordered);
            let found = self.alternatives(&longer, chosen, rest, ordered, budget)?;
            ordered.truncate(before);
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Works into the words which texts are like which patterns.
    fn likes(
        &mut self,
        mut system: System,
        chosen: &Chosen,
        ordered: &Ordered<'t>,
        budget: &mut Budget,
    ) -> Result<Option<Models>, OutOfSteps> {
        let Some(compared) = system.like.pop() else { return self.leaf(&system, chosen, ordered, budget) };
        for way in compared.instance.like(&mut system.unknowns) {
            let mut like = system.clone();
            like.is_widened |= way.is_part;
            like.unknowns.texts.extend(way.texts);
            let ways = equation::ways(&like, &compared.subject, &way.pieces);
            self.is_sure &= !ways.are_more;
            for system in ways.systems {
                budget.step()?;
                let found = self.likes(system, chosen, ordered, budget)?;
                if found.is_some() {
                    return Ok(found);
                }
            }
        }
        Ok(None)
    }

    fn leaf(
        &mut self,
        system: &System,
        chosen: &Chosen,
        ordered: &Ordered<'t>,
        budget: &mut Budget,
    ) -> Result<Option<Models>, OutOfSteps> {
        if self.leaves == 0 {
            self.is_sure = false;
            return Ok(None);
        }
        self.leaves -= 1;
        let mut pinned = system.clone();
        let mut numbers: Vec<usize> = ordered.iter().map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let of = ordered.iter().filter(|(other, _)| *other == number).map(|(_, demand)| *demand);
            match find(&of.collect::<Vec<_>>(), Unwanted { empty: false, others: &[] }, &[], budget)? {
                Found::Nothing => return Ok(None),
                Found::Value(text) => pinned.pin(number, &text),
                Found::Unsure => {}
            }
        }
        for attempt in [&pinned, system].into_iter().skip(usize::from(ordered.is_empty())) {
            match attempt.solve(budget)? {
                Solved::Words(words, solved) => {
                    if let Some(models) = self.checked(&solved, &words, chosen) {
                        let shown =
                            self.is_shown.then(|| self.show(&solved, &words, chosen, budget)).transpose()?;
                        return Ok(Some(shown.unwrap_or(models)));
                    }
                    // What was widened, or is in an order, was not asked of the words.
                    self.is_sure = false;
                }
                Solved::Nothing => {}
                Solved::Unsure => self.is_sure = false,
            }
        }
        Ok(None)
    }

    /// The states of all coordinates, if all tests come out as wanted by the fold that the evaluator uses.
    fn checked(&self, system: &System, words: &Words, chosen: &Chosen) -> Option<Models> {
        let text =
            |number: usize| system.values.get(number).map(|pieces| words.text(pieces)).unwrap_or_default();
        let mut states = FxHashMap::default();
        for (place, (mode, list)) in self.places.iter().zip(chosen) {
            let constant = |pieces: &Vec<Piece>| {
                let is_found = pieces.iter().any(|piece| piece.word().is_some());
                if is_found { text(place.value) } else { Words::default().text(pieces) }
            };
            let state = match mode {
                Mode::Absent => KeyState::Absent,
                Mode::One(value) => KeyState::One(constant(value)),
                Mode::List(values) => KeyState::List(values.iter().map(constant).collect()),
                Mode::Many => KeyState::List(list.iter().map(|number| text(*number)).collect()),
            };
            states.insert(place.coordinate, state);
        }
        let world = self.theory.world;
        let is_right = |place: &Place<'_>| {
            place.tests.iter().all(|test| states::holds(world, &states, place.coordinate, *test))
        };
        let are_right = self.places.iter().all(is_right);
        are_right.then(|| {
            let model = |(place, state): (&Place<'_>, KeyState)| match (place.coordinate, state) {
                (Coordinate::Key(_), state) => (place.coordinate, Model::Key(state)),
                (coordinate, KeyState::One(text)) => (coordinate, Model::Text(text)),
                (coordinate, _) => (coordinate, Model::Text(String::new())),
            };
            let own =
                self.places.iter().filter_map(|place| Some((place, states.get(&place.coordinate)?.clone())));
            own.map(model).collect()
        })
    }

    /// The same with texts that people like to see, as far as these will do.
    fn show(
        &self,
        system: &System,
        words: &Words,
        chosen: &Chosen,
        budget: &mut Budget,
    ) -> Result<Models, OutOfSteps> {
        let mut system = system.clone();
        let mut words = words.clone();
        for place in &self.places {
            let hints = (self.theory.hints)(place.coordinate);
            for hint in hints {
                let mut nicer = system.clone();
                nicer.pin(place.value, &hint);
                if let Solved::Words(found, solved) = nicer.solve(budget)?
                    && self.checked(&solved, &found, chosen).is_some()
                {
                    (system, words) = (*solved, found);
                    break;
                }
            }
        }
        let fresh = words.fresh.clone();
        for start in 0..PLAIN.len() {
            let letter = |c: char| match fresh.iter().position(|other| *other == c) {
                Some(at) => PLAIN.chars().cycle().nth(start + at % PLAIN.len()).unwrap_or(c),
                None => c,
            };
            let respelt = words.respelt(letter);
            if system.admits(&respelt)
                && let Some(models) = self.checked(&system, &respelt, chosen)
            {
                return Ok(models);
            }
        }
        Ok(self.checked(&system, &words, chosen).unwrap_or_default())
    }
}

/// Puts an ARN together from its parts; the number of its account.
fn cut_at_account(system: &mut System, arn: Piece) -> usize {
    let part = Kind { class: Class::NotColon, is_letter: false };
    let mut pieces: Vec<Piece> = "arn:".chars().map(Piece::Char).collect();
    for _ in 0..3 {
        pieces.extend([system.unknowns.new_word(part), Piece::Char(':')]);
    }
    let account = system.unknowns.new_word(part);
    let rest = system.unknowns.new_word(Kind::ANY);
    pieces.extend([account, Piece::Char(':'), rest]);
    // An account is twelve digits.
    let wildcards = TextSet::union(["*", "?"].map(|sign| {
        let around = [Pattern::everything(), Pattern::exact(sign), Pattern::everything()];
        Pattern::from_tokens(around.iter().flat_map(|pattern| pattern.tokens().to_vec()))
    }));
    system.unknowns.texts.push((vec![account], wildcards.not()));
    let number = system.new_value(&[account]);
    if let Some(arn) = arn.word() {
        system.substitute(arn, &pieces);
    }
    number
}
