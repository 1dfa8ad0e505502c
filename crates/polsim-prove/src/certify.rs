//! A proof with all that it takes to follow it.
//!
//! It is found once more, by clause learning alone and for every situation and reading by itself: what the faster ways to
//! an answer leave out because it is like something else, a checker would have to take on trust.

use crate::answer::Reason;
use crate::hints::Hints;
use crate::inquiry::{Given, Inquiry, Search};
use crate::log::Log;
use crate::readings;
use crate::refine::Lemma;
use crate::settle::{Asked, Verdict};
use crate::situations::{Setting, settings};
use crate::theory::Undecided;
use crate::world::Mode;
use polsim_arn::{Budget, TextSet};
use polsim_certificate::{Also, Case, FactForm, Proof, Proved, Situation, set_form, witness_form};
use polsim_eval::{Accounts, KeyTable, Layers, NetworkPath, Reading, Readings, Request};
use polsim_question::assumption::Assumption;
use polsim_question::question::{Claim, Expectation, Question};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Why there is no proof that can be written down.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Uncertified {
    /// The claim does not hold.
    #[error("the claim does not hold")]
    Refuted,
    /// The policies have policy variables, which tie parts of a request together. The form of certificates has no lemmas
    /// for that.
    #[error(
        "the policies have policy variables, and certificates cannot say how these tie parts of a request together"
    )]
    Variables,
    /// Clause learning alone does not prove it.
    #[error("{0}")]
    Unknown(Reason),
}

impl Uncertified {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refuted => "CRT101",
            Self::Unknown(_) => "CRT102",
            Self::Variables => "CRT103",
        }
    }
}

/// Proves a claim in a way that can be followed.
///
/// # Errors
/// [`Uncertified`] when it is not proved.
pub fn certify(question: &Question<'_>, budget: &mut Budget) -> Result<Proved, Uncertified> {
    // Even where no lemma ties two parts together, the checker may close a test with variables at another place than
    // the search does; it would refuse the proof.
    if has_variables(question) {
        return Err(Uncertified::Variables);
    }
    let settled = RefCell::default();
    let hints = Hints::new(question);
    let mut writer = Writer::default();
    let undecided = |undecided: Undecided| Uncertified::Unknown(undecided.reason);
    for setting in settings(question) {
        let inquiry = Inquiry::new(question, None, &setting, &settled, &hints);
        let is_empty = inquiry.is_region_empty(budget);
        if is_empty.map_err(|out| undecided(out.into()))? {
            let proof = writer.number(Proof::default());
            writer.add(&setting, vec![Case { proof, ..Case::default() }]);
            continue;
        }
        let (bearing, _) = inquiry.bearing(budget);
        let needs_partition = needs_allow(question)
            && !inquiry.is_alone()
            && inquiry.can_mix_partitions(budget).map_err(|out| undecided(out.into()))?;
        if needs_partition {
            writer.assume(Assumption::OnePartition);
        }
        let cases = cases(&Asked { inquiry }, bearing, &mut writer, budget)?;
        writer.add(&setting, cases);
    }
    Ok(writer.proved)
}

fn has_variables(question: &Question<'_>) -> bool {
    let policies = question.sides().flat_map(Layers::all).filter_map(|id| question.model.policy(id));
    let mut found = false;
    for statement in policies.flat_map(|policy| &policy.statements) {
        statement.for_each_variable(&mut |_| found = true);
    }
    found
}

/// The proofs under all ways to read what bears on the claim in one setting.
fn cases(
    asked: &Asked<'_, '_>,
    mut bearing: Vec<Reading>,
    writer: &mut Writer,
    budget: &mut Budget,
) -> Result<Vec<Case>, Uncertified> {
    let undecided = |undecided: Undecided| Uncertified::Unknown(undecided.reason);
    let keys = asked.inquiry.question.model.keys();
    loop {
        let mut cases = Vec::new();
        let mut more = bearing.clone();
        for taken in readings::subsets(&bearing) {
            let mode = Mode::Open(taken.iter().copied().collect());
            let given = match asked.under(mode, budget).map_err(undecided)? {
                Verdict::Broken(_) => return Err(Uncertified::Refuted),
                Verdict::Holds(held) => held.given,
            };
            // What a fact says may itself depend on how an ambiguity is read.
            for (_, clause) in &given.clauses {
                clause.for_each_test(&mut |test| more.extend(readings::of(test, keys).alternatives()));
            }
            let mut log = Log::default();
            match asked.inquiry.search(mode, &given, None, Some(&mut log), budget).map_err(undecided)? {
                Search::Model(..) => return Err(Uncertified::Refuted),
                Search::Nothing if log.has_joint_lemmas || given.lemmas.iter().any(is_general) => {
                    return Err(Uncertified::Variables);
                }
                Search::Nothing => cases.push(writer.case(keys, (&bearing, &taken), &given, &log)),
            }
        }
        more.sort_unstable();
        more.dedup();
        if more.len() == bearing.len() {
            return Ok(cases);
        }
        bearing = more;
    }
}

fn is_general(lemma: &Lemma) -> bool {
    matches!(lemma, Lemma::NameInArn(_))
}

/// S2.6.2: across partitions nothing is allowed, and no statement is to blame.
fn needs_allow(question: &Question<'_>) -> bool {
    matches!(question.claim, Claim::Verdict(Expectation::Allow | Expectation::ExplicitDeny))
}

#[derive(Default)]
struct Writer {
    proved: Proved,
    /// The numbers of proofs, so that each is written once.
    numbers: FxHashMap<Proof, usize>,
}

impl Writer {
    fn number(&mut self, proof: Proof) -> usize {
        let next = self.proved.proofs.len();
        let number = *self.numbers.entry(proof.clone()).or_insert(next);
        if number == next {
            self.proved.proofs.push(proof);
        }
        number
    }

    fn assume(&mut self, assumption: Assumption) {
        let id = assumption.id().to_owned();
        if !self.proved.assumptions.contains(&id) {
            self.proved.assumptions.push(id);
        }
    }

    fn case(
        &mut self,
        keys: &KeyTable,
        (bearing, taken): (&[Reading], &[Reading]),
        given: &Given,
        log: &Log,
    ) -> Case {
        for (assumption, _) in &given.shown {
            self.assume(*assumption);
        }
        let fact = |(assumption, request): &(Assumption, Request)| FactForm {
            id: assumption.id().to_owned(),
            seen: witness_form(request, Readings::default()),
        };
        let also = |lemma: &Lemma| match lemma {
            Lemma::OtherAccount(account) => Some(Also::OtherAccount(account.clone())),
            Lemma::Derived { arn, key, stated, .. } => Some(Also::FromArn {
                key: keys.key(*key).map(polsim_policy::ConditionKey::folded).unwrap_or_default(),
                arn: arn.clone(),
                other: stated.as_ref().map(|(text, _)| text.clone()),
            }),
            // It has a policy variable in it, and cases with one are refused before.
            Lemma::NameInArn(_) => None,
        };
        Case {
            readings: bearing.iter().map(|r| (r.name().to_owned(), taken.contains(r))).collect(),
            facts: given.shown.iter().map(fact).collect(),
            also: given.lemmas.iter().filter_map(also).collect(),
            proof: self.number(log.proof(keys)),
        }
    }

    fn add(&mut self, setting: &Setting, cases: Vec<Case>) {
        let accounts = match setting.accounts {
            Accounts::Same => "same",
            Accounts::Cross | Accounts::OtherPartition => "cross",
        };
        let path = match setting.path {
            NetworkPath::Direct => "direct",
            NetworkPath::Gateway => "gateway",
            NetworkPath::Interface => "interface",
        };
        let form = |set: &Option<TextSet>| set.as_ref().map(set_form);
        self.proved.situations.push(Situation {
            kind: setting.kind.as_str().to_owned(),
            accounts: accounts.to_owned(),
            path: path.to_owned(),
            place: setting
                .cells
                .iter()
                .map(|(actions, resources)| (form(actions), form(resources)))
                .collect(),
            cases,
        });
    }
}
