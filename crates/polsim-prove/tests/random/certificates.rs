//! Every answer about the small world has a certificate that the checker takes, and no other one.

use super::claim::{Claim, claim, comparison};
use super::numbers::{Random, set};
use polsim_arn::Budget;
use polsim_certificate::{
    AnswerForm, Certificate, Flaw, Proved, SCHEMA, SetForm, StateForm, Term, Within, WitnessForm,
    question_form, verify, witness_form,
};
use polsim_prove::{Answer, Question, certify};
use std::collections::BTreeMap;

/// Numbers of an ordinary run, each of three questions; `POLSIM_CASES` says otherwise.
const CASES: u64 = 200;

fn cases() -> u64 {
    set("POLSIM_CASES").unwrap_or(CASES)
}

fn question<'q>(claim: &'q Claim, relation: polsim_prove::Claim<'q>) -> Question<'q> {
    let (model, layers) = (&claim.model, &claim.layers);
    Question { model, layers, scope: &claim.scope, region: &claim.region, claim: relation }
}

/// The certificate of the answer to a question; `None` when it is not decided, or not by clause learning alone.
fn certificate(question: &Question<'_>) -> Option<Certificate> {
    let answer = match polsim_prove::ask(question, &mut Budget::default()) {
        Answer::Proved(_) => AnswerForm::Proved(certify(question, &mut Budget::new(20_000_000)).ok()?),
        Answer::Refuted(witness) => {
            let readings = witness.readings.iter().copied().collect();
            AnswerForm::Refuted(Box::new(witness_form(&witness.request, readings)))
        }
        Answer::Unknown(_) => return None,
    };
    let question = question_form(question);
    Some(Certificate { schema: SCHEMA.to_owned(), policies: Vec::new(), question, answer })
}

/// Whether the policies have variables, which certificates cannot say how to follow.
fn has_variables(question: &Question<'_>) -> bool {
    let mut found = false;
    let policies = question.sides().flat_map(polsim_eval::Layers::all);
    for policy in policies.filter_map(|id| question.model.policy(id)) {
        policy.statements.iter().for_each(|statement| statement.for_each_variable(&mut |_| found = true));
    }
    found
}

/// Asks all that is asked of a number: a claim about one side, and claims about two.
fn for_each_question(number: u64, visit: &mut impl FnMut(&Question<'_>, String)) {
    let one = claim(number);
    visit(&question(&one, one.expect.into()), format!("claim {number}"));
    let two = comparison(number);
    let Some(other) = &two.other else { return };
    visit(&question(&two, polsim_prove::Claim::NoMoreThan(other)), format!("comparison {number}"));
    visit(&question(&two, polsim_prove::Claim::Disjoint(other)), format!("disjoint {number}"));
}

/// How many proofs of other claims are tried on each false claim.
const OTHERS: usize = 8;

/// What has come of the certificates.
#[derive(Default)]
struct Tally {
    answers: BTreeMap<&'static str, u64>,
    /// For each change how many are refused, and how many there were.
    changes: BTreeMap<&'static str, (u64, u64)>,
    /// How many proofs were tried on claims that they are not of.
    others: u64,
    wrong: Vec<String>,
}

#[test]
fn every_answer_has_a_certificate_and_what_is_none_is_refused() {
    let mut tally = Tally::default();
    let mut proofs: Vec<AnswerForm> = Vec::new();
    for number in 0..cases() {
        for_each_question(number, &mut |question, name| {
            let Some(certificate) = certificate(question) else {
                let word = if has_variables(question) { "none, with variables" } else { "none" };
                *tally.answers.entry(word).or_default() += 1;
                return;
            };
            if let Err(flaw) = verify(&certificate, question, &[]) {
                tally.wrong.push(format!("{name}: {flaw}"));
            }
            match &certificate.answer {
                AnswerForm::Proved(proved) => {
                    *tally.answers.entry("proved").or_default() += 1;
                    change(question, &certificate, proved, (number, &name), &mut tally);
                    proofs.insert(0, certificate.answer.clone());
                    proofs.truncate(OTHERS);
                }
                AnswerForm::Refuted(witness) => {
                    *tally.answers.entry("refuted").or_default() += 1;
                    change_witness(question, &certificate, witness, &name, &mut tally);
                    // A claim that is false has no proof: those of other claims are not taken for it.
                    for answer in &proofs {
                        let other = Certificate { answer: answer.clone(), ..certificate.clone() };
                        tally.others += 1;
                        if verify(&other, question, &[]).is_ok() {
                            tally.wrong.push(format!("{name}: proved by the proof of another claim"));
                        }
                    }
                }
            }
        });
    }
    println!("{:?}, {} proofs of other claims, {:?}", tally.answers, tally.others, tally.changes);
    let shown: Vec<&String> = tally.wrong.iter().take(20).collect();
    assert!(tally.wrong.is_empty(), "{} are wrong: {shown:#?}", tally.wrong.len());
    let of = |word| tally.answers.get(word).copied().unwrap_or_default();
    assert!(of("proved") * 6 > cases(), "proofs are rare: {:?}", tally.answers);
    assert!(of("none") * 20 < cases() * 3, "too many answers have no certificate: {:?}", tally.answers);
    for (word, (refused, all)) in tally.changes {
        // Some situations hold no request of the region, some lemmas are not needed: without them it is still a proof.
        let is_hard = word.ends_with("is left out") && !word.contains("lemma");
        let share = if is_hard { 70 } else { 1 };
        assert!(refused * 100 > all * share, "{word}: {refused} of {all} are refused");
    }
}

/// What is still a proof of the same claim is taken, all else refused; and a claim that is false has no proof.
fn change(
    question: &Question<'_>,
    certificate: &Certificate,
    proved: &Proved,
    (number, name): (u64, &str),
    tally: &mut Tally,
) {
    let opposite = false_opposite(question);
    let is_taken_for_the_opposite = |changed: &Certificate| {
        opposite.as_ref().is_some_and(|opposite| {
            let changed = Certificate { question: question_form(opposite), ..changed.clone() };
            verify(&changed, opposite, &[]).is_ok()
        })
    };
    if is_taken_for_the_opposite(certificate) {
        tally.wrong.push(format!("{name}: taken for the opposite claim"));
    }
    let mut random = Random::new(number + 1);
    for (word, change) in CHANGES {
        let mut changed = proved.clone();
        if change(&mut changed, &mut random).is_none() || changed == *proved {
            continue;
        }
        let changed = Certificate { answer: AnswerForm::Proved(changed), ..certificate.clone() };
        let (refused, all) = tally.changes.entry(word).or_default();
        *all += 1;
        *refused += u64::from(verify(&changed, question, &[]).is_err());
        if is_taken_for_the_opposite(&changed) {
            tally.wrong.push(format!("{name}, {word}: taken for the opposite claim"));
        }
    }
}

/// The opposite claim, when a request breaks it.
fn false_opposite<'q>(question: &Question<'q>) -> Option<Question<'q>> {
    use polsim_prove::{Claim, Expectation};
    let opposite = match question.claim {
        Claim::Verdict(Expectation::Allow) => Expectation::Deny,
        Claim::Verdict(_) => Expectation::Allow,
        Claim::NoMoreThan(_) | Claim::Disjoint(_) => return None,
    };
    let opposite = Question { claim: opposite.into(), ..*question };
    let answer = polsim_prove::ask(&opposite, &mut Budget::default());
    matches!(answer, Answer::Refuted(_)).then_some(opposite)
}

fn change_witness(
    question: &Question<'_>,
    certificate: &Certificate,
    witness: &WitnessForm,
    name: &str,
    tally: &mut Tally,
) {
    let changes: [&dyn Fn(&mut WitnessForm); 4] = [
        &|witness| "nothing".clone_into(&mut witness.resource),
        &|witness| "?".clone_into(&mut witness.principal.kind),
        &|witness| witness.readings.push("none".to_owned()),
        &|witness| witness.context.push(("app:open".to_owned(), StateForm::Open)),
    ];
    for (place, change) in changes.iter().enumerate() {
        let mut changed = witness.clone();
        change(&mut changed);
        let answer = AnswerForm::Refuted(Box::new(changed));
        let verdict = verify(&Certificate { answer, ..certificate.clone() }, question, &[]);
        if !matches!(verdict, Err(Flaw::Unlawful(_) | Flaw::Outside(_))) {
            tally.wrong.push(format!("{name}, change {place}: {verdict:?}"));
        }
    }
}

/// A proof that says something else than the one that was found.
type Change = fn(&mut Proved, &mut Random) -> Option<()>;

/// Changes after which a certificate must not be taken whenever the claim is false, and that are refused as a rule when
/// it is true.
const CHANGES: [(&str, Change); 9] = [
    ("a situation is left out", |proved, random| {
        let at = pick(random, proved.situations.len())?;
        proved.situations.remove(at);
        Some(())
    }),
    ("a case is left out", |proved, random| {
        let at = pick(random, proved.situations.len())?;
        let cases = &mut proved.situations.get_mut(at)?.cases;
        let at = pick(random, cases.len())?;
        cases.remove(at);
        Some(())
    }),
    ("a lemma is left out", |proved, random| {
        let lemmas = &mut proof(proved, random)?.lemmas;
        let at = pick(random, lemmas.len())?;
        lemmas.remove(at);
        Some(())
    }),
    ("a literal of a lemma is turned round", |proved, random| {
        let lemmas = &mut proof(proved, random)?.lemmas;
        let at = pick(random, lemmas.len())?;
        turn(lemmas.get_mut(at)?, random)
    }),
    ("a literal of a lemma is left out", |proved, random| {
        let lemmas = &mut proof(proved, random)?.lemmas;
        let at = pick(random, lemmas.len())?;
        let lemma = lemmas.get_mut(at)?;
        let at = pick(random, lemma.len())?;
        lemma.remove(at);
        Some(())
    }),
    ("a literal of a clause is turned round", |proved, random| {
        let learnt = &mut proof(proved, random)?.learnt;
        let at = pick(random, learnt.len())?;
        turn(learnt.get_mut(at)?, random)
    }),
    ("a clause is empty", |proved, random| {
        let learnt = &mut proof(proved, random)?.learnt;
        learnt.insert(0, Vec::new());
        Some(())
    }),
    ("a pattern is another one", |proved, random| {
        let terms = &mut proof(proved, random)?.terms;
        let at = pick(random, terms.len())?;
        match terms.get_mut(at)? {
            Term::Text { within, .. } => alter(within),
            Term::Key { test, .. } => match &mut test.within {
                Within::Text(set) | Within::Arn(set) => alter(set),
                Within::Other { values, .. } => values.push('0'),
            },
            _ => return None,
        }
        Some(())
    }),
    ("proofs change places", |proved, random| {
        let at = pick(random, proved.proofs.len())?;
        proved.proofs.rotate_left(at.max(1));
        Some(())
    }),
];

fn pick(random: &mut Random, from: usize) -> Option<usize> {
    (from > 0).then(|| random.below(from))
}

fn proof<'p>(proved: &'p mut Proved, random: &mut Random) -> Option<&'p mut polsim_certificate::Proof> {
    let at = pick(random, proved.proofs.len())?;
    proved.proofs.get_mut(at)
}

fn turn(literals: &mut [i64], random: &mut Random) -> Option<()> {
    let at = pick(random, literals.len())?;
    let literal = literals.get_mut(at)?;
    *literal = -*literal;
    Some(())
}

fn alter(set: &mut SetForm) {
    match set {
        SetForm::Match(patterns) => patterns.push("changed".to_owned()),
        SetForm::Not(set) => alter(set),
        SetForm::All(sets) | SetForm::Any(sets) => sets.iter_mut().for_each(alter),
    }
}
