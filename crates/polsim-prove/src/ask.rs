//! Asking a question: every situation, every reading.

use crate::answer::{Answer, Proof, Reason, Witness};
use crate::assemble::Assembler;
use crate::assumption::Assumption;
use crate::coordinate::Coordinate;
use crate::goal::{Atoms, Goal};
use crate::hints::Hints;
use crate::question::{PrincipalRegion, Question, Scope};
use crate::search::{Found, Lit, Solver};
use crate::situations::{Setting, settings};
use crate::theory::{Coordinates, Literal, Undecided};
use crate::witness;
use crate::world::{Mode, World};
use polsim_arn::{Budget, TextSet};
use polsim_eval::{Reading, Readings};
use rustc_hash::{FxHashMap, FxHashSet};

/// How many ambiguities are tried in all combinations when they matter together.
const MOST_READINGS: usize = 6;

/// Decides a claim about all requests of a region.
#[must_use]
pub fn ask(question: &Question<'_>, budget: &mut Budget) -> Answer {
    let mut proof = Proof { is_vacuous: true, ..Proof::default() };
    let mut unknown = None;
    let mut seen = FxHashSet::default();
    for setting in settings(question) {
        let case = Inquiry { question, setting: &setting };
        let mut atoms = Atoms::default();
        let shape = case.goal(Mode::Either, &[], &mut atoms);
        proof.is_vacuous &= case.region_goal(Mode::Either, &mut Atoms::default()) == Goal::Never;
        if !seen.insert((setting.shape(), case.fingerprint(&shape, &atoms))) {
            continue;
        }
        proof.situations += 1;
        match case.decide(budget) {
            Ok(Verdict::Holds(assumptions)) => proof.assumptions.extend(assumptions),
            Ok(Verdict::Broken(witness)) => return Answer::Refuted(witness),
            Err(Undecided(reason)) => unknown = unknown.or(Some(reason)),
        }
    }
    proof.assumptions.sort_unstable();
    proof.assumptions.dedup();
    unknown.map_or(Answer::Proved(proof), Answer::Unknown)
}

/// A question in one setting.
pub(crate) struct Inquiry<'a, 'q> {
    pub(crate) question: &'a Question<'q>,
    pub(crate) setting: &'a Setting,
}

enum Verdict {
    Holds(Vec<Assumption>),
    Broken(Box<Witness>),
}

/// What one search found.
enum Search {
    Nothing,
    /// Values for the coordinates that something was asked of.
    Model(FxHashMap<Coordinate, crate::theory::Model>),
}

impl Inquiry<'_, '_> {
    /// First under the readings that we chose, where a counterexample is most telling; then, if there is none, under
    /// all readings at once, which settles most claims; and only then reading by reading.
    fn decide(&self, budget: &mut Budget) -> Result<Verdict, Undecided> {
        let mut assumptions = match self.under(Readings::default(), budget)? {
            Verdict::Broken(witness) => return Ok(Verdict::Broken(witness)),
            Verdict::Holds(assumptions) => assumptions,
        };
        let either = self.search(Mode::Either, &assumptions, None, budget);
        if matches!(either, Ok(Search::Nothing)) {
            return Ok(Verdict::Holds(assumptions));
        }
        let mentioned = self.mentioned_readings();
        if mentioned.len() > MOST_READINGS {
            // Most ambiguities do not bear on a claim: those that change nothing alone are tried alone only.
            return self.readings_apart(&mentioned, assumptions, budget);
        }
        for mask in 1..1usize << mentioned.len() {
            let taken = mentioned.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, r)| *r);
            match self.under(taken.collect(), budget)? {
                Verdict::Broken(witness) => return Ok(Verdict::Broken(witness)),
                Verdict::Holds(more) => assumptions.extend(more),
            }
        }
        Ok(Verdict::Holds(assumptions))
    }

    /// Each reading alone: a counterexample found this way is one, but that there is none proves nothing.
    fn readings_apart(
        &self,
        mentioned: &[Reading],
        _assumptions: Vec<Assumption>,
        budget: &mut Budget,
    ) -> Result<Verdict, Undecided> {
        for reading in mentioned {
            if let Verdict::Broken(witness) = self.under([*reading].into_iter().collect(), budget)? {
                return Ok(Verdict::Broken(witness));
            }
        }
        Err(Undecided(Reason::Readings(mentioned.len())))
    }

    /// The claim under fixed readings. Facts about real requests are added only when a counterexample violates them.
    fn under(&self, readings: Readings, budget: &mut Budget) -> Result<Verdict, Undecided> {
        let mut assumptions = Vec::new();
        loop {
            let found = match self.search(Mode::Fixed(readings), &assumptions, None, budget) {
                Ok(Search::Nothing) => return Ok(Verdict::Holds(assumptions)),
                Ok(Search::Model(model)) => witness::build(self, None, &model, readings),
                Err(undecided) => Err(undecided.0),
            };
            let reason = match found {
                Ok(witness) => {
                    let violated = Assumption::ALL.into_iter().find(|a| a.is_violated_by(&witness.request));
                    match violated {
                        Some(assumption) if !assumptions.contains(&assumption) => {
                            assumptions.push(assumption);
                            continue;
                        }
                        _ => return Ok(Verdict::Broken(witness)),
                    }
                }
                Err(reason) => reason,
            };
            // Variables, or parts that hang together: try with one example principal and example values.
            return match self.by_example(readings, &assumptions, budget) {
                Some(witness) => Ok(Verdict::Broken(witness)),
                None => Err(Undecided(reason)),
            };
        }
    }

    /// A counterexample with one example principal, and example values for policy variables.
    fn by_example(
        &self,
        readings: Readings,
        assumptions: &[Assumption],
        budget: &mut Budget,
    ) -> Option<Box<Witness>> {
        for example in witness::examples(self) {
            let found = self.search(Mode::Fixed(readings), assumptions, Some(&example), budget);
            if let Ok(Search::Model(model)) = found
                && let Ok(witness) = witness::build(self, Some(&example), &model, readings)
                && !Assumption::ALL.into_iter().any(|assumption| assumption.is_violated_by(&witness.request))
            {
                return Some(witness);
            }
        }
        None
    }

    pub(crate) fn world(&self, mode: Mode, example: Option<&witness::Example>) -> World<'_> {
        let mut world = World {
            model: self.question.model,
            kind: self.setting.kind,
            accounts: self.setting.accounts,
            is_bounded: self.setting.is_bounded,
            mode,
            known: self.setting.known.clone(),
            principal: self.setting.attributes.clone(),
        };
        if let Some(example) = example {
            world.known.extend(example.known.iter().map(|(key, state)| (*key, state.clone())));
            world.principal = Some(example.attributes.clone());
        }
        world
    }

    /// What the region says of keys, and of the principal.
    fn region_goal(&self, mode: Mode, atoms: &mut Atoms) -> Goal {
        let world = self.world(mode, None);
        Goal::all(
            self.question
                .region
                .keys
                .iter()
                .map(|formula| world.goal(formula, true, atoms))
                .collect::<Vec<_>>(),
        )
    }

    /// All that a counterexample has to satisfy, but for what the region says of texts.
    fn goal(&self, mode: Mode, assumptions: &[Assumption], atoms: &mut Atoms) -> Goal {
        self.goal_in(&self.world(mode, None), assumptions, atoms)
    }

    fn goal_in(&self, world: &World<'_>, assumptions: &[Assumption], atoms: &mut Atoms) -> Goal {
        let chain = &self.setting.chain;
        let assembler = Assembler { world, layers: self.question.layers, chain };
        let region = &self.question.region.keys;
        let mut goals: Vec<Goal> = region.iter().map(|formula| world.goal(formula, true, atoms)).collect();
        goals.extend(assumptions.iter().map(|assumption| assumption.goal(world, self.setting.path, atoms)));
        goals.push(assembler.counterexample(self.question.expect, atoms));
        Goal::all(goals)
    }

    /// What the region says of texts.
    fn region_texts(&self) -> FxHashMap<Coordinate, TextSet> {
        let region = self.question.region;
        let mut texts = FxHashMap::default();
        if !region.actions.is_empty() {
            texts.insert(
                Coordinate::Action,
                TextSet::union(region.actions.iter().map(|action| action.pattern())),
            );
        }
        if !region.resources.is_empty() {
            texts.insert(Coordinate::Resource, TextSet::union(region.resources.iter().cloned()));
        }
        if let PrincipalRegion::Arn(pattern) = &region.principal {
            texts.insert(Coordinate::PrincipalArn, pattern.clone().into());
        }
        texts
    }

    fn search(
        &self,
        mode: Mode,
        assumptions: &[Assumption],
        example: Option<&witness::Example>,
        budget: &mut Budget,
    ) -> Result<Search, Undecided> {
        let world = self.world(mode, example);
        let mut atoms = Atoms::default();
        let goal = self.goal_in(&world, assumptions, &mut atoms);
        let mut solver = Solver::default();
        let mut encoder =
            Encoder { solver: &mut solver, variables: vec![None; atoms.len()], atom_of: Vec::new() };
        encoder.require(&goal);
        let atom_of = encoder.atom_of;
        let hints =
            Hints::new(self.question.model, self.question.layers, self.question.region, self.setting.kind);
        let region = self.region_texts();
        let variables: Vec<(Literal, String)> = (0..atoms.len())
            .filter_map(|number| {
                let variable = world.unknown_variable(&atoms.get(number)?.test)?;
                Some(((number, true), variable.to_owned()))
            })
            .collect();
        let mut theory = Coordinates {
            world: &world,
            atoms: &atoms,
            region: &region,
            hints: &|coordinate| hints.of(coordinate),
            atom_of: &atom_of,
            asserted: FxHashMap::default(),
            known: FxHashMap::default(),
            open: variables.iter().map(|(literal, _)| *literal).collect(),
        };
        if !theory.has_region(budget)? || solver.solve(&mut theory, budget)? == Found::Nothing {
            return Ok(Search::Nothing);
        }
        let used = |lit: &Lit| atom_of.get(lit.variable()).copied().flatten();
        let open = solver.model().iter().filter_map(used).find_map(|atom| {
            variables.iter().find(|((open, _), _)| *open == atom).map(|(_, variable)| variable.clone())
        });
        if let Some(variable) = open {
            return Err(Undecided(Reason::Variable(variable)));
        }
        theory.models(budget).map(Search::Model)
    }

    /// The ambiguities that the policies of the question, or the law of its situation, depend on.
    fn mentioned_readings(&self) -> Vec<Reading> {
        let mut mentioned = Vec::new();
        let mut visit = |reading| mentioned.push(reading);
        self.setting.chain.for_each_reading(&mut visit);
        let policies = self.question.layers.all().filter_map(|id| self.question.model.policy(id));
        for statement in policies.flat_map(|policy| &policy.statements) {
            statement.for_each_reading(&mut visit);
        }
        mentioned.sort_unstable();
        mentioned.dedup();
        mentioned
    }

    /// What tells the goal of this setting from that of another one.
    fn fingerprint(&self, goal: &Goal, atoms: &Atoms) -> (Goal, Vec<crate::goal::Atom>) {
        let all = (0..atoms.len()).filter_map(|number| atoms.get(number).cloned()).collect();
        (goal.clone(), all)
    }

    /// Whether this is a question about policies by themselves.
    pub(crate) fn is_alone(&self) -> bool {
        matches!(self.question.scope, Scope::Alone(_))
    }
}

/// Turns a goal into clauses. A part of a goal gets a variable of its own, which implies it: the other direction is not
/// needed, because a goal is in negation normal form.
struct Encoder<'s> {
    solver: &'s mut Solver,
    /// The variable of each atom.
    variables: Vec<Option<usize>>,
    atom_of: Vec<Option<usize>>,
}

impl Encoder<'_> {
    fn new_variable(&mut self, atom: Option<usize>) -> usize {
        self.atom_of.push(atom);
        self.solver.new_variable()
    }

    /// The goal must hold.
    fn require(&mut self, goal: &Goal) {
        self.imply(None, goal);
    }

    fn imply(&mut self, head: Option<Lit>, goal: &Goal) {
        match goal {
            Goal::Always => {}
            Goal::Never => self.solver.add(head, &[]),
            Goal::All(parts) => parts.iter().for_each(|part| self.imply(head, part)),
            Goal::Atom(..) => {
                let literal = self.literal(goal);
                self.solver.add(head, &[literal]);
            }
            Goal::Any(parts) => {
                let literals: Vec<Lit> = parts.iter().map(|part| self.literal(part)).collect();
                self.solver.add(head, &literals);
            }
        }
    }

    /// A literal that implies the goal.
    fn literal(&mut self, goal: &Goal) -> Lit {
        if let Goal::Atom(atom, holds) = goal {
            let known = self.variables.get(*atom).copied().flatten();
            let variable = known.unwrap_or_else(|| {
                let variable = self.new_variable(Some(*atom));
                if let Some(slot) = self.variables.get_mut(*atom) {
                    *slot = Some(variable);
                }
                variable
            });
            return Lit::new(variable, *holds);
        }
        let head = Lit::new(self.new_variable(None), true);
        self.imply(Some(head), goal);
        head
    }
}
