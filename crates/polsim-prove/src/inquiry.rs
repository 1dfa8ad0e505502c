//! A question in one setting: the goal of a counterexample, and the search for one.

use crate::answer::Reason;
use crate::assemble::{Assembler, counterexample};
use crate::cells::Cell;
use crate::coordinate::{Coordinate, domain};
use crate::encode::Encoder;
use crate::example::Example;
use crate::goal::{Atom, Atoms, Goal};
use crate::hints::Hints;
use crate::home::{Facts, Home};
use crate::log::Log;
use crate::readings;
use crate::refine::Lemma;
use crate::search::{Found, Solver};
use crate::settled::Settled;
use crate::situations::{Setting, Side};
use crate::theory::{Coordinates, Model, Undecided, ties};
use crate::world::{Mode, World};
use polsim_arn::{Budget, Class, OutOfSteps, Pattern, TextSet, Token};
use polsim_eval::{
    Accounts, Attribute, CompiledStatement, Formula, OpenOperand, Operand, Polarity, PrincipalKind, Reading,
    Readings, Request, Test, Variable,
};
use polsim_question::assumption::Assumption;
use polsim_question::question::{PrincipalRegion, Question, Scope};
use polsim_value::{Sort, Template, TemplateForm, TemplatePart};
use rustc_hash::FxHashMap;
use std::cell::{Cell as Mutable, RefCell};

const PRINCIPAL_ACCOUNT: &str = "aws:principalaccount";

/// How often a search goes on without what it could not decide.
const MOST_UNDECIDED: usize = 12;

/// A question in one setting.
pub(crate) struct Inquiry<'a, 'q> {
    pub(crate) question: &'a Question<'q>,
    pub(crate) setting: &'a Setting,
    pub(crate) hints: &'a Hints<'q>,
    focus: Option<&'a Focus<'q>>,
    region: FxHashMap<Coordinate, TextSet>,
    settled: &'a RefCell<Settled>,
}

/// A part of what the policies of a question allow: one statement, for some actions and resources.
#[derive(Clone, Copy)]
pub(crate) struct Focus<'q> {
    pub(crate) statement: &'q CompiledStatement,
    pub(crate) action: Option<&'q Pattern>,
    pub(crate) resource: Option<&'q Pattern>,
}

/// What a search may take for granted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// What is true of real requests, with the fact that says so.
    pub(crate) clauses: Vec<(Assumption, Formula)>,
    /// The requests that taught it, with the facts that they are not as.
    pub(crate) shown: Vec<(Assumption, Request)>,
    pub(crate) lemmas: Vec<Lemma>,
    /// Whether any request of the region will do, whatever is claimed of it.
    pub(crate) is_without_claim: bool,
}

impl Given {
    /// The facts in it, each once.
    pub(crate) fn assumptions(&self) -> Vec<Assumption> {
        let mut used: Vec<Assumption> = self.clauses.iter().map(|(assumption, _)| *assumption).collect();
        used.sort_unstable();
        used.dedup();
        used
    }

    /// The same, without a fact.
    pub(crate) fn without(&self, assumption: Assumption) -> Self {
        let mut less = self.clone();
        less.clauses.retain(|(other, _)| *other != assumption);
        less.shown.retain(|(other, _)| *other != assumption);
        less
    }
}

/// What one search found.
pub(crate) enum Search {
    Nothing,
    /// Values for the coordinates that something was asked of, and the readings that they need.
    Model(FxHashMap<Coordinate, Model>, Readings),
}

/// A goal with its atoms.
pub(crate) type Spelt = (Goal, Vec<Atom>);

impl<'a, 'q> Inquiry<'a, 'q> {
    pub(crate) fn new(
        question: &'a Question<'q>,
        focus: Option<&'a Focus<'q>>,
        setting: &'a Setting,
        settled: &'a RefCell<Settled>,
        hints: &'a Hints<'q>,
    ) -> Self {
        Self { question, setting, hints, settled, focus, region: region_texts(question, focus) }
    }

    /// Whether this is a question about policies by themselves.
    pub(crate) fn is_alone(&self) -> bool {
        matches!(self.question.scope, Scope::Alone(_))
    }

    fn world(&self, mode: Mode, example: Option<&Example>) -> World<'_> {
        let setting = self.setting;
        let mut facts = Facts {
            model: self.question.model,
            kind: setting.kind,
            accounts: setting.accounts,
            known: setting.known.clone(),
            principal: setting.attributes.clone(),
        };
        if let Some(example) = example {
            facts.known.extend(example.known.iter().map(|(key, state)| (*key, state.clone())));
            facts.principal = Some(example.attributes.clone());
        }
        facts.conclude();
        World { facts, mode, touched: Mutable::new(Readings::default()) }
    }

    /// What a fact says of the requests of this setting, in view of one that is not so.
    pub(crate) fn clauses(&self, assumption: Assumption, request: &Request) -> Vec<Formula> {
        let Setting { kind, accounts, path, .. } = self.setting;
        self.question.clauses(assumption, (*kind, *accounts, *path), request)
    }

    /// Whether the region holds no request of this setting, as far as can be seen without a search.
    pub(crate) fn is_region_empty(&self, budget: &mut Budget) -> Result<bool, OutOfSteps> {
        for (coordinate, texts) in &self.region {
            if self.settled.borrow_mut().limit(*coordinate, self.setting.kind, texts, budget)? {
                return Ok(true);
            }
        }
        let world = self.world(Mode::Open(Readings::default()), None);
        let mut atoms = Atoms::default();
        let keys = self.question.region.keys.iter().map(|formula| world.goal(formula, true, &mut atoms));
        Ok(Goal::all(keys.collect::<Vec<_>>()) == Goal::Never)
    }

    /// All that a counterexample has to satisfy, but for what the region says of texts.
    fn goal(&self, world: &World<'_>, given: &Given, atoms: &mut Atoms) -> Goal {
        let assembler = |(layers, side): (_, &'a Side)| Assembler {
            world,
            layers,
            chain: &side.chain,
            is_bounded: side.is_bounded,
        };
        let own = assembler((self.question.layers, &self.setting.side));
        let other = self.question.claim.other().zip(self.setting.other.as_ref()).map(assembler);
        let region = &self.question.region.keys;
        let mut goals: Vec<Goal> = region.iter().map(|formula| world.goal(formula, true, atoms)).collect();
        if !self.is_alone() {
            goals.push(self.place(world, atoms));
        }
        goals.extend(given.clauses.iter().map(|(_, clause)| world.goal(clause, true, atoms)));
        goals.extend(given.lemmas.iter().map(|lemma| lemma.goal(world, atoms)));
        if !given.is_without_claim {
            if let Some(focus) = self.focus {
                goals.push(own.applies(focus.statement, atoms));
            }
            goals.push(counterexample(self.question.claim, &own, other.as_ref(), atoms));
        }
        Goal::all(goals)
    }

    /// That a request is in this setting: its action and resource, and the accounts.
    fn place(&self, world: &World<'_>, atoms: &mut Atoms) -> Goal {
        let test = |variable, set: &TextSet| Formula::test(Test::text(variable, set.clone()));
        let cell = |(actions, resources): &Cell| {
            let action = actions.iter().map(|set| test(Variable::Action, set));
            Formula::all(action.chain(resources.iter().map(|set| test(Variable::Resource, set))))
        };
        let mut places = Vec::new();
        if !self.setting.cells.is_empty() {
            places.push(Formula::any(self.setting.cells.iter().map(cell)));
        }
        let is_of_account = self.setting.kind.is_bound_by_scps();
        let account = Variable::Principal(Attribute::Account);
        if let (true, Some(owner)) = (is_of_account, &self.question.region.resource_account) {
            let is_own = test(account, &TextSet::only(owner));
            places.push(if self.setting.accounts == Accounts::Same { is_own } else { is_own.negated() });
        }
        let keys = self.question.model.keys();
        let free = |name: &str| {
            let key = keys.find(name)?;
            matches!(world.facts.home(Variable::Key(key)), Home::Key(_)).then_some(Variable::Key(key))
        };
        // Every resource has an owner, every user a name.
        if let Some(owner) = free("aws:resourceaccount") {
            places.push(test(owner, &accounts()));
            let own = world.facts.principal.as_ref().and_then(|principal| principal.get(&Attribute::Account));
            if let (true, Some(own)) = (is_of_account, own) {
                places.push(test(owner, &TextSet::only(own)).negated());
            }
            // The same of a principal that is not known, where a policy asks for its account.
            if is_of_account && own.is_none() && keys.find(PRINCIPAL_ACCOUNT).is_some() {
                places.push(Formula::test(is_not_account(owner)));
            }
        }
        world.goal(&Formula::all(places), true, atoms)
    }

    /// What of users and federated users every request has, whatever is asked.
    fn names(&self, world: &World<'_>, atoms: &mut Atoms) -> Goal {
        let account = [Token::One(Class::NotColon); 12];
        let (name, form) = match self.setting.kind {
            PrincipalKind::User => ("aws:username", Pattern::wildcard("?*")),
            PrincipalKind::FederatedUser => {
                let name = [Token::Literal(':'), Token::One(Class::Any), Token::Many(Class::Any)];
                ("aws:userid", Pattern::from_tokens(account.into_iter().chain(name)))
            }
            _ => return Goal::Always,
        };
        let key = self.question.model.keys().find(name).map(Variable::Key);
        let free = key.filter(|key| matches!(world.facts.home(*key), Home::Key(_)));
        free.map_or(Goal::Always, |key| {
            world.goal(&Formula::test(Test::text(key, TextSet::from(form))), true, atoms)
        })
    }

    fn whole_goal(&self, world: &World<'_>, given: &Given, atoms: &mut Atoms, budget: &mut Budget) -> Goal {
        let goal = Goal::all([self.names(world, atoms), self.goal(world, given, atoms)]);
        self.settled.borrow_mut().simplify(&goal, atoms, self.setting.kind, budget)
    }

    /// Looks for values that meet the goal. The log, if there is one, is told how it went.
    pub(crate) fn search(
        &self,
        mode: Mode,
        given: &Given,
        example: Option<&Example>,
        mut log: Option<&mut Log>,
        budget: &mut Budget,
    ) -> Result<Search, Undecided> {
        let world = self.world(mode, example);
        let mut atoms = Atoms::default();
        if log.is_some() {
            self.settled.borrow_mut().remember();
        }
        let goal = self.whole_goal(&world, given, &mut atoms, budget);
        if let Some(log) = log.as_deref_mut() {
            log.begin(self.settled.borrow_mut().remembered());
        }
        if goal == Goal::Never {
            if let Some(log) = log {
                log.end(atoms, (Vec::new(), Vec::new()), false);
            }
            return Ok(Search::Nothing);
        }
        let open = open_atoms(&atoms);
        let ties = ties_of(&world, &atoms);
        let mut theory = Coordinates {
            world: &world,
            atoms: &atoms,
            region: &self.region,
            hints: &|coordinate| self.examples(coordinate),
            atom_of: Vec::new(),
            asserted: FxHashMap::default(),
            known: FxHashMap::default(),
            open: &open,
            ties: &ties,
            tied: Vec::new(),
            has_joint_conflict: false,
        };
        let mut undecided = None;
        for _ in 0..MOST_UNDECIDED {
            let mut solver = Solver::default();
            let mut encoder = Encoder::new(&mut solver, atoms.len());
            if log.is_some() {
                encoder.remember_parts();
            }
            encoder.require(&goal);
            let (atom_of, parts) = encoder.into_atoms();
            theory.restart(atom_of);
            let found = match log.as_deref_mut() {
                Some(log) => solver.solve(&mut theory, log, budget)?,
                None => solver.solve(&mut theory, &mut (), budget)?,
            };
            self.settled.borrow_mut().ties_keys |= theory.has_joint_conflict;
            if found == Found::Nothing {
                let (atom_of, is_joint) = (std::mem::take(&mut theory.atom_of), theory.has_joint_conflict);
                if let Some(log) = log {
                    log.end(atoms, (atom_of, parts), is_joint);
                }
                return undecided.map_or(Ok(Search::Nothing), Err);
            }
            match self.model(&theory, &solver, mode, budget) {
                // What is not decided is left aside: there may be a counterexample elsewhere.
                Err(reason) if !reason.literals.is_empty() => {
                    theory.leave_aside(&reason.literals);
                    undecided = undecided.or(Some(reason));
                }
                found => return found,
            }
        }
        undecided.map_or(Ok(Search::Nothing), Err)
    }

    /// The values and the readings that a search ended with.
    fn model(
        &self,
        theory: &Coordinates<'_, '_>,
        solver: &Solver,
        mode: Mode,
        budget: &mut Budget,
    ) -> Result<Search, Undecided> {
        let mut readings = mode.readings();
        for lit in solver.model() {
            let Some(atom) = theory.atom_of.get(lit.variable()).copied().flatten() else { continue };
            if let Some(reason) = theory.open.get(&atom) {
                return Err(reason.clone().into());
            }
            if let (Some(Coordinate::Reading(reading)), true) =
                (theory.atoms.get(atom).map(|atom| atom.coordinate), lit.is_positive())
            {
                readings = readings.with_alternative(reading);
            }
        }
        Ok(Search::Model(theory.models(budget)?, readings))
    }

    /// What to try first for a coordinate: of the part that is looked at, then of the question.
    fn examples(&self, coordinate: Coordinate) -> Vec<String> {
        let focused = self.focus.and_then(|focus| focus.action).filter(|_| coordinate == Coordinate::Action);
        let mut examples = focused.map_or_else(Vec::new, |pattern| self.hints.real(pattern));
        examples.extend(self.hints.of(coordinate, self.setting.kind));
        examples
    }

    /// The coordinates of which the region says something.
    pub(crate) fn limited(&self) -> impl Iterator<Item = Coordinate> {
        self.region.keys().copied()
    }

    /// What the region says of a coordinate.
    pub(crate) fn limit(&self, coordinate: Coordinate) -> Option<&TextSet> {
        self.region.get(&coordinate)
    }

    /// The goal under some readings, with what tells it from that of another setting.
    pub(crate) fn spell(&self, mode: Mode, budget: &mut Budget) -> Spelt {
        self.spell_and_touch(mode, budget).0
    }

    fn spell_and_touch(&self, mode: Mode, budget: &mut Budget) -> (Spelt, Readings) {
        let world = self.world(mode, None);
        let mut atoms = Atoms::default();
        let goal = self.whole_goal(&world, &Given::default(), &mut atoms, budget);
        let used = (0..atoms.len()).filter_map(|number| atoms.get(number).cloned());
        ((goal, used.collect()), world.touched.get())
    }

    /// The ambiguities about keys that can make a difference, and the goals for all ways to read them; all other
    /// ambiguities are spelt out in these.
    pub(crate) fn bearing(&self, budget: &mut Budget) -> (Vec<Reading>, Vec<Spelt>) {
        let mut found: Vec<Reading> = Vec::new();
        // What one ambiguity leaves away may be needed by another one.
        loop {
            let mut more = found.clone();
            let mut all = Vec::new();
            for taken in readings::subsets(&found) {
                let (spelt, touched) = self.spell_and_touch(Mode::Open(taken.into_iter().collect()), budget);
                more.extend(touched.alternatives());
                spelt.0.for_each_atom(&mut |atom| {
                    let bearing =
                        spelt.1.get(atom).map(|atom| readings::of(&atom.test, self.question.model.keys()));
                    more.extend(bearing.iter().flat_map(|bearing| bearing.alternatives()));
                });
                all.push(spelt);
            }
            more.sort_unstable();
            more.dedup();
            if more.len() == found.len() {
                return (found, all);
            }
            found = more;
        }
    }

    /// Whether the region holds requests whose principal and resource are in different partitions.
    pub(crate) fn can_mix_partitions(&self, budget: &mut Budget) -> Result<bool, OutOfSteps> {
        let principal = match &self.question.region.principal {
            PrincipalRegion::One(principal) => {
                let Some(arn) = &principal.arn else { return Ok(false) };
                TextSet::only(arn)
            }
            _ => match self.setting.kind {
                kind if kind.is_bound_by_scps() => self.base(Coordinate::PrincipalArn),
                // A provider may be known by an ARN.
                PrincipalKind::Saml | PrincipalKind::Oidc => self.base(Coordinate::Name),
                _ => return Ok(false),
            },
        };
        let resources = self.base(Coordinate::Resource).and(&TextSet::only("*").not());
        if resources.is_empty(budget)?
            || principal.and(&TextSet::from(Pattern::wildcard("arn:*"))).is_empty(budget)?
        {
            return Ok(false);
        }
        for partition in polsim_question::partition::PARTITIONS {
            let arns = TextSet::from(Pattern::wildcard(&format!("arn:{partition}:*")));
            if principal.is_subset(&arns, budget)? && resources.is_subset(&arns, budget)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn base(&self, coordinate: Coordinate) -> TextSet {
        let domain = domain(coordinate, self.setting.kind);
        self.region.get(&coordinate).map_or_else(|| domain.clone(), |region| region.and(&domain))
    }
}

/// Twelve characters without a colon, as in the ARNs of principals.
fn accounts() -> TextSet {
    Pattern::from_tokens([Token::One(Class::NotColon); 12]).into()
}

/// That a key is not the account of the principal.
fn is_not_account(owner: Variable) -> Test {
    let account = polsim_value::Variable { key: Some(PRINCIPAL_ACCOUNT.into()), default: None };
    let operand = OpenOperand {
        sort: Sort::Text,
        closed: TextSet::none(),
        templates: vec![Template { form: TemplateForm::Exact, parts: vec![TemplatePart::Variable(account)] }],
        polarity: Polarity::Negated,
    };
    Test {
        operand: Operand::Open(operand),
        polarity: Polarity::Negated,
        ..Test::text(owner, TextSet::none())
    }
}

/// What the region says of texts.
fn region_texts(question: &Question<'_>, focus: Option<&Focus<'_>>) -> FxHashMap<Coordinate, TextSet> {
    let region = question.region;
    let mut texts = FxHashMap::default();
    if !region.actions.is_empty() {
        texts.insert(Coordinate::Action, TextSet::union(region.actions.iter().map(|a| a.pattern())));
    }
    if !region.resources.is_empty() {
        texts.insert(Coordinate::Resource, TextSet::union(region.resources.iter().cloned()));
    }
    if let PrincipalRegion::Arn(pattern) = &region.principal {
        texts.insert(Coordinate::PrincipalArn, pattern.clone().into());
    }
    let mut limit = |coordinate, pattern: Option<&Pattern>| {
        if let Some(pattern) = pattern {
            let all = texts.entry(coordinate).or_insert_with(TextSet::all);
            *all = all.and(&TextSet::from(pattern.clone()));
        }
    };
    limit(Coordinate::Action, focus.and_then(|focus| focus.action));
    limit(Coordinate::Resource, focus.and_then(|focus| focus.resource));
    texts
}

/// The atoms that no theory can decide, with the reason.
fn open_atoms(atoms: &Atoms) -> FxHashMap<usize, Reason> {
    let mut open = FxHashMap::default();
    for number in 0..atoms.len() {
        if let Some(Atom { coordinate, test }) = atoms.get(number)
            && !matches!(coordinate, Coordinate::Key(_))
            && let Operand::Closed(set) = &test.operand
            && set.as_texts().is_none()
        {
            open.insert(number, Reason::MixedKey("the id of the principal".to_owned()));
        }
    }
    open
}

/// The coordinates that atoms with policy variables tie together.
fn ties_of(world: &World<'_>, atoms: &Atoms) -> FxHashMap<usize, Vec<Coordinate>> {
    let numbered = (0..atoms.len()).filter_map(|number| Some((number, atoms.get(number)?)));
    let tied = numbered.filter(|(_, atom)| matches!(atom.test.operand, Operand::Open(_)));
    tied.map(|(number, atom)| (number, ties(world, atom))).collect()
}
