//! The checker: from policies, question and certificate to “verified”, or what is wrong.

use crate::circuit::{Atom, Circuit, Lit};
use crate::clauses::Clauses;
use crate::flaw::Flaw;
use crate::form::{
    Also, AnswerForm, Case, Certificate, Literal, PolicyForm, Proof, Proved, QuestionForm, SCHEMA, Situation,
    Term,
};
use crate::goal::{Cube, Place, Setting, Speller};
use crate::lemma::{Wanted, exclude_each_other, is_region_empty};
use crate::notation::{path_word, question_form, read_set};
use crate::place::{can_mix_partitions, covers, from_arn};
use crate::setting::{Cell, cells};
use crate::witness;
use polsim_arn::TextSet;
use polsim_eval::{Accounts, Reading, Test, Variable};
use polsim_question::assumption::Assumption;
use polsim_question::question::Question;
use rustc_hash::FxHashMap;
use std::fmt::Debug;

/// Checks a certificate against a question and the texts of its policies.
///
/// # Errors
/// [`Flaw`]: where it is not what it claims to be.
pub fn verify(
    certificate: &Certificate,
    question: &Question<'_>,
    policies: &[PolicyForm],
) -> Result<(), Flaw> {
    if certificate.schema != SCHEMA {
        return Err(Flaw::Schema(certificate.schema.clone()));
    }
    if certificate.policies.len() != policies.len() {
        return Err(Flaw::PolicyCount { certified: certificate.policies.len(), given: policies.len() });
    }
    for (certified, given) in certificate.policies.iter().zip(policies) {
        if (&certified.sha256, certified.document) != (&given.sha256, given.document) {
            return Err(Flaw::Policy(given.name.clone()));
        }
    }
    same_question(&certificate.question, &question_form(question))?;
    match &certificate.answer {
        AnswerForm::Refuted(witness) => witness::check(witness, question),
        AnswerForm::Proved(proved) => Checker::new(question, proved)?.check(),
    }
}

fn same_question(certified: &QuestionForm, asked: &QuestionForm) -> Result<(), Flaw> {
    fn same<T: PartialEq + Debug>(part: &'static str, certified: &T, asked: &T) -> Result<(), Flaw> {
        if certified == asked {
            return Ok(());
        }
        let [certified, asked] = [certified, asked].map(|value| format!("{value:?}"));
        Err(Flaw::Question { part, certified, asked })
    }
    same("claim", &certified.claim, &asked.claim)?;
    same("scope", &certified.scope, &asked.scope)?;
    same("list of actions", &certified.actions, &asked.actions)?;
    same("list of resources", &certified.resources, &asked.resources)?;
    same("principal", &certified.principal, &asked.principal)?;
    same("list of keys", &certified.keys, &asked.keys)?;
    same("context", &certified.known, &asked.known)?;
    same("way", &certified.paths, &asked.paths)?;
    same("resource account", &certified.resource_account, &asked.resource_account)?;
    same("list of assumptions", &certified.assumptions, &asked.assumptions)?;
    same("reference data", &certified.has_reference, &asked.has_reference)
}

/// A situation of the certificate, read.
struct Told<'c> {
    situation: &'c Situation,
    place: Vec<Place>,
    name: String,
}

struct Checker<'c, 'q> {
    question: &'c Question<'q>,
    proved: &'c Proved,
    told: Vec<Told<'c>>,
    facts: Vec<Assumption>,
    /// What was found out about sets of literals.
    known: FxHashMap<Sought, Option<bool>>,
}

/// What a lemma depends on: the kind of principal and the readings, beside the literals.
type Sought = (polsim_eval::PrincipalKind, Vec<(Reading, bool)>, Vec<Wanted>);

impl<'c, 'q> Checker<'c, 'q> {
    fn new(question: &'c Question<'q>, proved: &'c Proved) -> Result<Self, Flaw> {
        let mut told = Vec::new();
        for (number, situation) in proved.situations.iter().enumerate() {
            let name = format!("situation {number}");
            let set = |form: &Option<_>| form.as_ref().map(|form| read_set(form).ok_or(())).transpose();
            let place =
                situation.place.iter().map(|(actions, resources)| Ok((set(actions)?, set(resources)?)));
            let place = place
                .collect::<Result<Vec<Place>, ()>>()
                .map_err(|()| Flaw::Malformed(name.clone(), "a pattern"))?;
            told.push(Told { situation, place, name });
        }
        let on = question.region.assumptions;
        let fact = |id: &String| {
            let known = Assumption::of_id(id).ok_or_else(|| Flaw::UnknownAssumption(id.clone()))?;
            if on.contains(known) { Ok(known) } else { Err(Flaw::SwitchedOff(id.clone())) }
        };
        let facts = proved.assumptions.iter().map(fact).collect::<Result<_, _>>()?;
        Ok(Self { question, proved, told, facts, known: FxHashMap::default() })
    }

    /// Every cell of every situation has to be covered by a situation of the certificate whose proofs hold there.
    fn check(&mut self) -> Result<(), Flaw> {
        let too_large = || Flaw::Missing("this region, which is too large to follow".to_owned());
        let cells = cells(self.question).ok_or_else(too_large)?;
        // Cells under one law need one look at the proofs.
        let mut done: Vec<(usize, &Setting)> = Vec::new();
        let mut failed: Vec<(usize, &Setting, Flaw)> = Vec::new();
        for cell in &cells {
            if self.needs_no_proof(cell)? {
                continue;
            }
            let mut why = Flaw::Missing(named(cell));
            let mut is_covered = false;
            for number in 0..self.told.len() {
                if !self.speaks_of(number, cell) {
                    continue;
                }
                let is_same = |other: &Setting| is_same_law(other, &cell.setting);
                if done.iter().any(|(other, setting)| *other == number && is_same(setting)) {
                    is_covered = true;
                    break;
                }
                let known = failed.iter().find(|(other, setting, _)| *other == number && is_same(setting));
                if let Some((.., flaw)) = known {
                    why = flaw.clone();
                    continue;
                }
                match self.holds_in(number, &cell.setting) {
                    Ok(()) => {
                        done.push((number, &cell.setting));
                        is_covered = true;
                        break;
                    }
                    Err(flaw) => {
                        failed.push((number, &cell.setting, flaw.clone()));
                        why = flaw;
                    }
                }
            }
            if !is_covered {
                return Err(why);
            }
        }
        Ok(())
    }

    /// Whether no request of a cell can break the claim at a glance, or by an assumption.
    fn needs_no_proof(&self, cell: &Cell) -> Result<bool, Flaw> {
        if !cell.setting.is_elsewhere {
            return Ok(false);
        }
        let cube = Cube::default();
        let mut speller = Speller {
            question: self.question,
            setting: &cell.setting,
            cube: &cube,
            circuit: Circuit::default(),
        };
        if speller.counterexample() == Lit::FALSE || self.facts.contains(&Assumption::OnePartition) {
            return Ok(true);
        }
        let can_mix = can_mix_partitions(self.question, cell.setting.kind);
        can_mix.map(|can| !can).ok_or_else(|| Flaw::Missing(named(cell)))
    }

    /// Whether a situation of the certificate speaks of a cell.
    fn speaks_of(&self, number: usize, cell: &Cell) -> bool {
        let Some(told) = self.told.get(number) else { return false };
        let accounts = if cell.setting.accounts == Accounts::Same { "same" } else { "cross" };
        told.situation.accounts == accounts
            && told.situation.kind == cell.setting.kind.as_str()
            && told.situation.path == path_word(cell.setting.path)
            && covers(&told.place, &cell.place)
    }

    /// Whether the proofs of a situation hold under a law.
    fn holds_in(&mut self, number: usize, setting: &Setting) -> Result<(), Flaw> {
        let Some(told) = self.told.get(number) else { return Ok(()) };
        let (situation, name, place) = (told.situation, told.name.clone(), told.place.clone());
        let cubes = cubes(&situation.cases, &name)?;
        for (case, cube) in situation.cases.iter().zip(&cubes) {
            let proof = self.proved.proofs.get(case.proof);
            let proof = proof.ok_or_else(|| Flaw::NoProof(name.clone(), case.proof))?;
            let (circuit, root) = self.goal(case, cube, setting, &place, &name)?;
            self.follow(proof, case.proof, cube, setting, (&circuit, root), &name)?;
        }
        Ok(())
    }

    /// What a request would have to satisfy.
    fn goal(
        &self,
        case: &Case,
        cube: &Cube,
        setting: &Setting,
        place: &[Place],
        name: &str,
    ) -> Result<(Circuit, Lit), Flaw> {
        let mut speller = Speller { question: self.question, setting, cube, circuit: Circuit::default() };
        let mut parts = speller.requests(place);
        for fact in &case.facts {
            let known = Assumption::of_id(&fact.id).filter(|known| self.facts.contains(known));
            let known = known.ok_or_else(|| Flaw::Assumption(name.to_owned(), fact.id.clone()))?;
            // A request that is none could make an assumption say what it does not mean.
            let mut seen = witness::request(&fact.seen)?;
            seen.complete().map_err(|error| Flaw::Unlawful(error.to_string()))?;
            let situation = (setting.kind, setting.accounts, setting.path);
            for clause in self.question.clauses(known, situation, &seen) {
                parts.push(speller.formula(&clause, true));
            }
        }
        for also in &case.also {
            let part = also_holds(also, &mut speller);
            parts.push(part.ok_or_else(|| Flaw::Also(name.to_owned(), format!("{also:?}")))?);
        }
        parts.push(speller.counterexample());
        let root = speller.circuit.all(parts);
        if speller.circuit.is_ambiguous {
            return Err(Flaw::Ambiguous(name.to_owned()));
        }
        Ok((speller.circuit, root))
    }

    /// Follows a proof that nothing satisfies a goal.
    fn follow(
        &mut self,
        proof: &Proof,
        number: usize,
        cube: &Cube,
        setting: &Setting,
        (circuit, root): (&Circuit, Lit),
        name: &str,
    ) -> Result<(), Flaw> {
        let mut facts = FxHashMap::default();
        // A lemma of one literal says what a test always is; the goal is what remains.
        for (at, lemma) in proof.lemmas.iter().enumerate() {
            let [only] = lemma.as_slice() else { continue };
            let Some(term) = term_of(proof, *only) else { continue };
            let Some(literal) = circuit.find(term) else { continue };
            self.lemma_holds(&[literal.when(*only > 0)], circuit, cube, setting)
                .map_err(|why| Flaw::Lemma { proof: number, lemma: at, situation: name.to_owned(), why })?;
            facts.insert(literal.part(), *only < 0);
        }
        let (mut circuit, root) = circuit.fold(root, &facts);
        let terms = terms(proof, number, &mut circuit)?;
        let literals = |numbers: &[Literal]| -> Result<Vec<Lit>, Flaw> {
            let of = |literal: &Literal| read_literal(*literal, &terms);
            numbers
                .iter()
                .map(|literal| of(literal).ok_or(Flaw::Literal { proof: number, literal: *literal }))
                .collect()
        };
        let mut clauses = Clauses::of(&circuit);
        clauses.add(vec![root]);
        for (at, lemma) in proof.lemmas.iter().enumerate() {
            if lemma.len() == 1 || clauses.is_refuted() {
                continue;
            }
            let literals = literals(lemma)?;
            // One that cannot hold anyway excludes nothing.
            if literals.contains(&Lit::FALSE) {
                continue;
            }
            let wanted: Vec<Lit> = literals.iter().copied().filter(|literal| *literal != Lit::TRUE).collect();
            self.lemma_holds(&wanted, &circuit, cube, setting).map_err(|why| Flaw::Lemma {
                proof: number,
                lemma: at,
                situation: name.to_owned(),
                why,
            })?;
            clauses.add(wanted.iter().map(|literal| literal.negated()).collect());
        }
        for (at, clause) in proof.learnt.iter().enumerate() {
            if !clauses.learn(&literals(clause)?) {
                return Err(Flaw::Clause { proof: number, clause: at, situation: name.to_owned() });
            }
        }
        if clauses.is_refuted() || is_region_empty(self.question, setting.kind) {
            return Ok(());
        }
        Err(Flaw::Open { proof: number, situation: name.to_owned() })
    }

    fn lemma_holds(
        &mut self,
        literals: &[Lit],
        circuit: &Circuit,
        cube: &Cube,
        setting: &Setting,
    ) -> Result<(), &'static str> {
        let mut wanted: Vec<Wanted> = Vec::new();
        for literal in literals {
            let atom = circuit.atom(literal.part()).ok_or("it speaks of something that is no test")?;
            wanted.push((atom.clone(), literal.is_positive()));
        }
        let mut readings: Vec<(Reading, bool)> =
            cube.0.iter().map(|(reading, way)| (*reading, *way)).collect();
        readings.sort_unstable();
        let sought = (setting.kind, readings, wanted);
        let known = match self.known.get(&sought) {
            Some(known) => *known,
            None => {
                let found = exclude_each_other(self.question, setting, cube, &sought.2);
                self.known.insert(sought, found);
                found
            }
        };
        match known {
            Some(true) => Ok(()),
            Some(false) => Err("there are values of which all of it is true"),
            None => Err("it is not about one part of a request, or too large to follow"),
        }
    }
}

/// Whether two situations have the same law and the same things known.
fn is_same_law(one: &Setting, other: &Setting) -> bool {
    (one.kind, one.accounts, one.path) == (other.kind, other.accounts, other.path)
        && one.chains == other.chains
}

fn named(cell: &Cell) -> String {
    let accounts = match (cell.setting.accounts, cell.setting.is_elsewhere) {
        (_, true) => "another partition",
        (Accounts::Same, false) => "same account",
        _ => "another account",
    };
    let path = path_word(cell.setting.path);
    format!("{} ({accounts}, {path}): {}", cell.setting.kind.as_str(), cell.example)
}

/// The readings of each case, if together they are all that there are.
fn cubes(cases: &[Case], name: &str) -> Result<Vec<Cube>, Flaw> {
    let mut cubes = Vec::new();
    let mut spoken_of: Vec<Reading> = Vec::new();
    for case in cases {
        let mut cube = Cube::default();
        for (reading, way) in &case.readings {
            let found = Reading::ALL.iter().find(|other| other.name() == reading);
            let reading = *found.ok_or_else(|| Flaw::Malformed(name.to_owned(), "a reading"))?;
            cube.0.insert(reading, *way);
            spoken_of.push(reading);
        }
        cubes.push(cube);
    }
    spoken_of.sort_unstable();
    spoken_of.dedup();
    // Six ambiguities bear on keys; a certificate has no reason to tell more cases apart.
    let open = Cube::default();
    let ways = if spoken_of.len() <= 10 { open.ways(spoken_of) } else { Vec::new() };
    let is_in = |cube: &Cube, way: &polsim_eval::Readings| {
        cube.0.iter().all(|(reading, taken)| way.takes_alternative(*reading) == *taken)
    };
    let is_whole = !ways.is_empty() && ways.iter().all(|way| cubes.iter().any(|cube| is_in(cube, way)));
    if is_whole { Ok(cubes) } else { Err(Flaw::Readings(name.to_owned())) }
}

fn term_of(proof: &Proof, literal: Literal) -> Option<&Term> {
    proof.terms.get(usize::try_from(literal.unsigned_abs()).ok()?.checked_sub(1)?)
}

fn read_literal(literal: Literal, terms: &[Lit]) -> Option<Lit> {
    let place = usize::try_from(literal.unsigned_abs()).ok()?.checked_sub(1)?;
    Some(terms.get(place)?.when(literal > 0))
}

/// The terms of a proof as parts of a circuit. A test that no policy asks is nothing but a name.
fn terms(proof: &Proof, number: usize, circuit: &mut Circuit) -> Result<Vec<Lit>, Flaw> {
    let mut known: FxHashMap<usize, Lit> = FxHashMap::default();
    for lemma in &proof.lemmas {
        if let [only] = lemma.as_slice()
            && let Some(place) =
                usize::try_from(only.unsigned_abs()).ok().and_then(|place| place.checked_sub(1))
        {
            known.insert(place, (*only < 0).into());
        }
    }
    let mut terms: Vec<Lit> = Vec::new();
    for (place, term) in proof.terms.iter().enumerate() {
        let inner = |literals: &[Literal]| -> Result<Vec<Lit>, Flaw> {
            let of = |literal: &Literal| read_literal(*literal, &terms);
            literals
                .iter()
                .map(|literal| of(literal).ok_or(Flaw::Literal { proof: number, literal: *literal }))
                .collect()
        };
        let literal = match term {
            Term::All(literals) => circuit.all(inner(literals)?),
            Term::Any(literals) => circuit.any(inner(literals)?),
            other => match circuit.find(other) {
                Some(literal) => literal,
                None => {
                    known.get(&place).copied().unwrap_or_else(|| circuit.leaf(other.clone(), Atom::Opaque))
                }
            },
        };
        terms.push(literal);
    }
    Ok(terms)
}

/// What is true of every request of the situation; `None` when it is not.
fn also_holds(also: &Also, speller: &mut Speller<'_, '_>) -> Option<Lit> {
    let keys = speller.question.model.keys();
    match also {
        Also::OtherAccount(account) => {
            let is_whole = *speller.question.scope == polsim_question::question::Scope::Whole;
            if speller.setting.accounts != Accounts::Cross || !is_whole {
                return None;
            }
            let owner = keys.find("aws:resourceaccount").map(Variable::Key);
            let principal = Variable::Principal(polsim_eval::Attribute::Account);
            let mut parts = Vec::new();
            for variable in owner.into_iter().chain([principal]) {
                let test = Test::text(variable, TextSet::only(account));
                parts.push(speller.formula(&polsim_eval::Formula::test(test), false));
            }
            Some(speller.circuit.any(parts))
        }
        Also::FromArn { key, arn, other } => from_arn(speller, keys.find(key)?, key, (arn, other.as_deref())),
    }
}
