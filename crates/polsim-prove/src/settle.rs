//! A claim settled by search: every situation, every reading.

use crate::answer::{Answer, Proof, Reason, Witness};
use crate::coordinate::Coordinate;
use crate::example::examples;
use crate::goal::Atom;
use crate::hints::Hints;
use crate::inquiry::{Focus, Given, Inquiry, Search, Spelt};
use crate::readings;
use crate::refine::Lemma;
use crate::settled::Settled;
use crate::situations::settings;
use crate::theory::Undecided;
use crate::witness::{self, Misfit};
use crate::world::Mode;
use polsim_arn::{Budget, OutOfSteps};
use polsim_eval::Answer as By;
use polsim_eval::{Accounts, NetworkPath, Operand, PrincipalKind, Reading, Readings, Request};
use polsim_question::assumption::Assumption;
use polsim_question::question::{Claim, Expectation, Question};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// How many lemmas one search may be taught before it is given up.
const MOST_LEMMAS: usize = 24;

/// How many clauses about real requests one search may be given.
const MOST_CLAUSES: usize = 400;

/// Decides a claim by search, about all that its policies allow or about a part of it.
pub(crate) fn search<'q>(question: &Question<'q>, focus: Option<&Focus<'q>>, budget: &mut Budget) -> Answer {
    answer(question, focus, budget).unwrap_or(Answer::Unknown(Reason::OutOfSteps))
}

fn answer<'q>(
    question: &Question<'q>,
    focus: Option<&Focus<'q>>,
    budget: &mut Budget,
) -> Result<Answer, OutOfSteps> {
    let settings = settings(question);
    let settled = RefCell::<Settled>::default();
    let hints = Hints::new(question);
    let mut proof = Proof { is_vacuous: true, ..Proof::default() };
    let mut unknown = None;
    let mut seen: FxHashMap<Likeness, Reach> = FxHashMap::default();
    let mut undisputed = Vec::new();
    // A counterexample under the readings that we chose is more telling than one of an easier situation.
    for setting in &settings {
        let asked = Asked { inquiry: Inquiry::new(question, focus, setting, &settled, &hints) };
        if asked.inquiry.is_region_empty(budget)? {
            continue;
        }
        let mode = Mode::Fixed(Readings::default());
        let likeness = asked.likeness(vec![asked.inquiry.spell(mode, budget)]);
        if seen.get(&likeness) == Some(&Reach::Alike) {
            undisputed.push(asked);
            continue;
        }
        match asked.under(mode, budget) {
            Ok(Verdict::Broken(witness)) => return Ok(Answer::Refuted(witness)),
            Ok(Verdict::Holds(held)) => {
                seen.insert(likeness, held.reach);
                proof.is_vacuous &= held.is_vacuous;
                proof.assumptions.extend(held.assumptions);
                undisputed.push(asked);
            }
            Err(Undecided { reason, .. }) => unknown = unknown.or(Some(reason)),
        }
    }
    proof.situations = seen.len();
    let mut seen: FxHashMap<Likeness, Reach> = FxHashMap::default();
    for asked in undisputed {
        let (bearing, spelt) = asked.inquiry.bearing(budget);
        let has_choices = spelt.iter().flat_map(|(_, atoms)| atoms).any(is_reading);
        let likeness = asked.likeness(spelt);
        if seen.get(&likeness) == Some(&Reach::Alike) {
            continue;
        }
        match asked.under_other_readings(&bearing, has_choices, budget) {
            Ok(Verdict::Broken(witness)) => return Ok(Answer::Refuted(witness)),
            Ok(Verdict::Holds(held)) => {
                seen.insert(likeness, held.reach);
                proof.assumptions.extend(held.assumptions);
            }
            Err(Undecided { reason, .. }) => unknown = unknown.or(Some(reason)),
        }
    }
    proof.ties_keys = settled.borrow().ties_keys;
    proof.assumptions.sort_unstable();
    proof.assumptions.dedup();
    Ok(unknown.map_or(Answer::Proved(proof), Answer::Unknown))
}

fn is_reading(atom: &Atom) -> bool {
    matches!(atom.coordinate, Coordinate::Reading(_))
}

pub(crate) enum Verdict {
    Holds(Held),
    Broken(Box<Witness>),
}

/// A claim that holds in a setting.
#[derive(Default)]
pub(crate) struct Held {
    /// The facts that it needs.
    assumptions: Vec<Assumption>,
    /// Whether these leave no request of the region.
    is_vacuous: bool,
    reach: Reach,
    /// All that was taken for granted under the readings that it was proved for first.
    pub(crate) given: Given,
}

/// Of which settings an answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reach {
    /// Of all with the same goals.
    #[default]
    Alike,
    /// Of this one: what was learnt on the way depends on more of the setting than its goals.
    Own,
}

/// What settings share whose answers are the same.
type Likeness = (NetworkPath, bool, (Option<PrincipalKind>, Option<Accounts>), Vec<Spelt>);

/// A question in one setting.
pub(crate) struct Asked<'a, 'q> {
    pub(crate) inquiry: Inquiry<'a, 'q>,
}

impl Asked<'_, '_> {
    /// Settings with equal goals are alike, unless the goals speak of the principal, whose kind tells what it can be, or
    /// of policy variables, which may be taken from the principal.
    fn likeness(&self, spelt: Vec<Spelt>) -> Likeness {
        let setting = self.inquiry.setting;
        let atoms = || spelt.iter().flat_map(|(_, atoms)| atoms);
        let has_variables = atoms().any(|atom| matches!(atom.test.operand, Operand::Open(_)));
        let of_kind = has_variables || atoms().any(|atom| atom.coordinate.is_of_principal());
        let principal = (of_kind.then_some(setting.kind), has_variables.then_some(setting.accounts));
        (setting.path, setting.kind.is_bound_by_scps(), principal, spelt)
    }

    /// The claim under all readings but the ones that we chose: `bearing` are the ambiguities about keys that can make a
    /// difference, `has_choices` says whether others can.
    fn under_other_readings(
        &self,
        bearing: &[Reading],
        has_choices: bool,
        budget: &mut Budget,
    ) -> Result<Verdict, Undecided> {
        let mut held = Held::default();
        for taken in readings::subsets(bearing) {
            if taken.is_empty() && !has_choices {
                continue;
            }
            match self.under(Mode::Open(taken.into_iter().collect()), budget)? {
                Verdict::Broken(witness) => return Ok(Verdict::Broken(witness)),
                Verdict::Holds(more) => held.extend(more),
            }
        }
        // S2.6.2: across partitions nothing is allowed, and no statement is to blame.
        let needs_allow = matches!(
            self.inquiry.question.claim,
            Claim::Verdict(Expectation::Allow | Expectation::ExplicitDeny)
        );
        if needs_allow && !self.inquiry.is_alone() && self.inquiry.can_mix_partitions(budget)? {
            if !self.is_on(Assumption::OnePartition) {
                return Err(Reason::Correlation("the partition of the resource".to_owned()).into());
            }
            held.assumptions.push(Assumption::OnePartition);
        }
        Ok(Verdict::Holds(held))
    }

    fn is_on(&self, assumption: Assumption) -> bool {
        self.inquiry.question.region.assumptions.contains(assumption)
    }

    /// The claim under some readings. Facts about real requests are added only when a counterexample violates them.
    pub(crate) fn under(&self, mode: Mode, budget: &mut Budget) -> Result<Verdict, Undecided> {
        let mut given = Given::default();
        loop {
            let found = match self.inquiry.search(mode, &given, None, None, budget) {
                Ok(Search::Nothing) => return self.settled(mode, given, budget),
                Ok(Search::Model(model, readings)) => witness::build(&self.inquiry, None, &model, readings),
                Err(undecided) => Err(Misfit::Reason(undecided.reason)),
            };
            let reason = match found {
                Ok(witness) => match self.unreal(&witness.request) {
                    facts if facts.is_empty() => return Ok(Verdict::Broken(witness)),
                    facts => match self.learn(&facts, &witness.request, &mut given) {
                        Ok(()) => continue,
                        Err(reason) => reason,
                    },
                },
                Err(Misfit::Partitions(request)) if self.is_on(Assumption::OnePartition) => {
                    match self.learn(&[Assumption::OnePartition], &request, &mut given) {
                        Ok(()) => continue,
                        Err(_) => Misfit::Partitions(request).into_reason(),
                    }
                }
                Err(Misfit::Lemma(lemma)) => match self.next_lemma(&given, &lemma) {
                    Some(lemma) => {
                        given.lemmas.push(lemma);
                        continue;
                    }
                    None => Misfit::Lemma(lemma).into_reason(),
                },
                Err(misfit) => misfit.into_reason(),
            };
            // Variables, or parts that hang together: try with one example principal and example values.
            return match self.by_example(mode, &given, budget) {
                Some(witness) => Ok(Verdict::Broken(witness)),
                None => Err(reason.into()),
            };
        }
    }

    /// What to add when a counterexample overlooks something: that, or, once there is much of it, what it comes from.
    fn next_lemma(&self, given: &Given, lemma: &Lemma) -> Option<Lemma> {
        if given.lemmas.len() < MOST_LEMMAS && !given.lemmas.contains(lemma) {
            return Some(lemma.clone());
        }
        let general = lemma.in_general(self.inquiry.setting.kind)?;
        (!given.lemmas.contains(&general)).then_some(general)
    }

    /// The facts about real requests that a request is not as.
    fn unreal(&self, request: &Request) -> Vec<Assumption> {
        self.inquiry.question.region.unreal(request)
    }

    /// Adds what the first of the facts that has something new to say says of a request that is not so.
    fn learn(&self, facts: &[Assumption], request: &Request, given: &mut Given) -> Result<(), Reason> {
        for fact in facts {
            let known = given.clauses.len();
            for clause in self.inquiry.clauses(*fact, request) {
                let clause = (*fact, clause);
                if !given.clauses.contains(&clause) {
                    given.clauses.push(clause);
                }
            }
            if given.clauses.len() > known {
                given.shown.push((*fact, request.clone()));
            }
            if (known + 1..=MOST_CLAUSES).contains(&given.clauses.len()) {
                return Ok(());
            }
        }
        Err(facts.first().map_or(Reason::OutOfSteps, |fact| Reason::Unreal(*fact)))
    }

    /// A claim that no request breaks which is as all that was learnt says.
    fn settled(&self, mode: Mode, mut given: Given, budget: &mut Budget) -> Result<Verdict, Undecided> {
        let used = given.assumptions();
        // The first counterexamples may have taught what the last ones made needless.
        for fact in used.iter().filter(|_| used.len() > 1) {
            let less = given.without(*fact);
            if matches!(self.inquiry.search(mode, &less, None, None, budget), Ok(Search::Nothing)) {
                given = less;
            }
        }
        let mut held = Held { assumptions: given.assumptions(), ..Held::default() };
        if !given.clauses.is_empty() || !given.lemmas.is_empty() {
            held.reach = Reach::Own;
        }
        if !given.clauses.is_empty() {
            let anything = Given { is_without_claim: true, ..given.clone() };
            let found = self.inquiry.search(mode, &anything, None, None, budget);
            held.is_vacuous = matches!(found, Ok(Search::Nothing));
        }
        held.given = given.clone();
        // What a fact says may itself depend on how an ambiguity is read.
        let mut readings = Vec::new();
        for (_, clause) in &given.clauses {
            clause.for_each_test(&mut |test| {
                let by = |answer| if let By::By(reading, _) = answer { Some(reading) } else { None };
                readings.extend([test.absent, test.empty].into_iter().filter_map(by));
            });
        }
        let others: Readings = mode.readings().alternatives().chain(readings).collect();
        if others != mode.readings() {
            match self.under(mode.with(others), budget)? {
                Verdict::Broken(witness) => return Ok(Verdict::Broken(witness)),
                Verdict::Holds(more) => held.extend(more),
            }
        }
        Ok(Verdict::Holds(held))
    }

    /// A counterexample with one example principal, and example values for policy variables.
    fn by_example(&self, mode: Mode, given: &Given, budget: &mut Budget) -> Option<Box<Witness>> {
        let given = Given { lemmas: Vec::new(), ..given.clone() };
        for example in examples(self.inquiry.question, self.inquiry.setting) {
            let found = self.inquiry.search(mode, &given, Some(&example), None, budget);
            if let Ok(Search::Model(model, readings)) = found
                && let Ok(witness) = witness::build(&self.inquiry, Some(&example), &model, readings)
                && self.unreal(&witness.request).is_empty()
            {
                return Some(witness);
            }
        }
        None
    }
}

impl Held {
    /// The same claim, under other readings as well.
    fn extend(&mut self, more: Self) {
        self.assumptions.extend(more.assumptions);
        self.is_vacuous &= more.is_vacuous;
        if more.reach == Reach::Own {
            self.reach = Reach::Own;
        }
    }
}
