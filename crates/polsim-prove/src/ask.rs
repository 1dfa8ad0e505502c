//! Asking a question: every situation, every reading.

use crate::answer::{Answer, Proof, Reason, Witness};
use crate::assumption::Assumption;
use crate::compare;
use crate::coordinate::Coordinate;
use crate::example::examples;
use crate::goal::Atom;
use crate::hints::Hints;
use crate::inquiry::{Focus, Given, Inquiry, Search, Spelt};
use crate::question::{Claim, Expectation, Question};
use crate::readings;
use crate::situations::settings;
use crate::theory::Undecided;
use crate::witness::{self, Misfit};
use crate::world::Mode;
use polsim_arn::{Budget, OutOfSteps};
use polsim_eval::{NetworkPath, PrincipalKind, Reading, Readings};
use rustc_hash::FxHashSet;
use std::cell::RefCell;

/// How many lemmas one search may be taught before it is given up.
const MOST_LEMMAS: usize = 24;

/// Decides a claim about all requests of a region.
#[must_use]
pub fn ask(question: &Question<'_>, budget: &mut Budget) -> Answer {
    compare::first_tier(question, budget).unwrap_or_else(|| search(question, None, budget))
}

/// Decides a claim by search, about all that its policies allow or about a part of it.
pub(crate) fn search<'q>(question: &Question<'q>, focus: Option<&Focus<'q>>, budget: &mut Budget) -> Answer {
    match answer(question, focus, budget) {
        Ok(answer) => answer,
        Err(OutOfSteps) => Answer::Unknown(Reason::OutOfSteps),
    }
}

fn answer<'q>(
    question: &Question<'q>,
    focus: Option<&Focus<'q>>,
    budget: &mut Budget,
) -> Result<Answer, OutOfSteps> {
    let settings = settings(question);
    let settled = RefCell::default();
    let hints = Hints::new(question);
    let mut proof = Proof { is_vacuous: true, ..Proof::default() };
    let mut unknown = None;
    let mut seen = FxHashSet::default();
    let mut undisputed = Vec::new();
    // A counterexample under the readings that we chose is more telling than one of an easier situation.
    for setting in &settings {
        let asked = Asked { inquiry: Inquiry::new(question, focus, setting, &settled, &hints) };
        if asked.inquiry.is_region_empty(budget)? {
            continue;
        }
        proof.is_vacuous = false;
        let mode = Mode::Fixed(Readings::default());
        if !seen.insert(asked.likeness(vec![asked.inquiry.spell(mode, budget)])) {
            undisputed.push(asked);
            continue;
        }
        match asked.under(mode, budget) {
            Ok(Verdict::Broken(witness)) => return Ok(Answer::Refuted(witness)),
            Ok(Verdict::Holds(assumptions)) => {
                proof.assumptions.extend(assumptions);
                undisputed.push(asked);
            }
            Err(Undecided(reason)) => unknown = unknown.or(Some(reason)),
        }
    }
    proof.situations = seen.len();
    let mut seen = FxHashSet::default();
    for asked in undisputed {
        let (bearing, spelt) = asked.inquiry.bearing(budget);
        let has_choices = spelt.iter().flat_map(|(_, atoms)| atoms).any(is_reading);
        if !seen.insert(asked.likeness(spelt)) {
            continue;
        }
        match asked.under_other_readings(&bearing, has_choices, budget) {
            Ok(Verdict::Broken(witness)) => return Ok(Answer::Refuted(witness)),
            Ok(Verdict::Holds(assumptions)) => proof.assumptions.extend(assumptions),
            Err(Undecided(reason)) => unknown = unknown.or(Some(reason)),
        }
    }
    proof.assumptions.sort_unstable();
    proof.assumptions.dedup();
    Ok(unknown.map_or(Answer::Proved(proof), Answer::Unknown))
}

fn is_reading(atom: &Atom) -> bool {
    matches!(atom.coordinate, Coordinate::Reading(_))
}

enum Verdict {
    Holds(Vec<Assumption>),
    Broken(Box<Witness>),
}

/// What settings share whose answers are the same.
type Likeness = (NetworkPath, bool, Option<PrincipalKind>, Vec<Spelt>);

/// A question in one setting.
struct Asked<'a, 'q> {
    inquiry: Inquiry<'a, 'q>,
}

impl Asked<'_, '_> {
    /// Settings with equal goals are alike, unless the goals speak of the principal, whose kind tells what it can be.
    fn likeness(&self, spelt: Vec<Spelt>) -> Likeness {
        let setting = self.inquiry.setting;
        let of_kind = spelt.iter().flat_map(|(_, atoms)| atoms).any(|atom| atom.coordinate.is_of_principal());
        (setting.path, setting.kind.is_bound_by_scps(), of_kind.then_some(setting.kind), spelt)
    }

    /// The claim under all readings but the ones that we chose: `bearing` are the ambiguities about keys that can make a
    /// difference, `has_choices` says whether others can.
    fn under_other_readings(
        &self,
        bearing: &[Reading],
        has_choices: bool,
        budget: &mut Budget,
    ) -> Result<Verdict, Undecided> {
        let mut assumptions = Vec::new();
        for taken in readings::subsets(bearing) {
            if taken.is_empty() && !has_choices {
                continue;
            }
            match self.under(Mode::Open(taken.into_iter().collect()), budget)? {
                Verdict::Broken(witness) => return Ok(Verdict::Broken(witness)),
                Verdict::Holds(more) => assumptions.extend(more),
            }
        }
        // S2.6.2: across partitions nothing is allowed, and no statement is to blame.
        let needs_allow = matches!(
            self.inquiry.question.claim,
            Claim::Verdict(Expectation::Allow | Expectation::ExplicitDeny)
        );
        if needs_allow && !self.inquiry.is_alone() && self.inquiry.can_mix_partitions(budget)? {
            assumptions.push(Assumption::OnePartition);
        }
        Ok(Verdict::Holds(assumptions))
    }

    /// The claim under some readings. Facts about real requests are added only when a counterexample violates them.
    fn under(&self, mode: Mode, budget: &mut Budget) -> Result<Verdict, Undecided> {
        let mut given = Given::default();
        loop {
            let found = match self.inquiry.search(mode, &given, None, budget) {
                Ok(Search::Nothing) => return Ok(Verdict::Holds(given.assumptions)),
                Ok(Search::Model(model, readings)) => witness::build(&self.inquiry, None, &model, readings),
                Err(undecided) => Err(Misfit::Reason(undecided.0)),
            };
            let reason = match found {
                Ok(witness) => match violated(&witness, &given) {
                    Some(assumption) => {
                        given.assumptions.push(assumption);
                        continue;
                    }
                    None => return Ok(Verdict::Broken(witness)),
                },
                Err(Misfit::Partitions) if !given.assumptions.contains(&Assumption::OnePartition) => {
                    given.assumptions.push(Assumption::OnePartition);
                    continue;
                }
                Err(Misfit::Lemma(lemma))
                    if given.lemmas.len() < MOST_LEMMAS && !given.lemmas.contains(&lemma) =>
                {
                    given.lemmas.push(*lemma);
                    continue;
                }
                Err(misfit) => misfit.into_reason(),
            };
            // Variables, or parts that hang together: try with one example principal and example values.
            return match self.by_example(mode, &given, budget) {
                Some(witness) => Ok(Verdict::Broken(witness)),
                None => Err(Undecided(reason)),
            };
        }
    }

    /// A counterexample with one example principal, and example values for policy variables.
    fn by_example(&self, mode: Mode, given: &Given, budget: &mut Budget) -> Option<Box<Witness>> {
        let given = Given { assumptions: given.assumptions.clone(), lemmas: Vec::new() };
        for example in examples(self.inquiry.question, self.inquiry.setting) {
            let found = self.inquiry.search(mode, &given, Some(&example), budget);
            if let Ok(Search::Model(model, readings)) = found
                && let Ok(witness) = witness::build(&self.inquiry, Some(&example), &model, readings)
                && violated(&witness, &Given::default()).is_none()
            {
                return Some(witness);
            }
        }
        None
    }
}

/// A fact about real requests that a counterexample is not as, and that was not asked for.
fn violated(witness: &Witness, given: &Given) -> Option<Assumption> {
    let all = Assumption::ALL.into_iter().filter(|assumption| !given.assumptions.contains(assumption));
    all.into_iter().find(|assumption| assumption.is_violated_by(&witness.request))
}
