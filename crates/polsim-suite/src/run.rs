//! A case is run: asked of its environment, and the answer held against what is expected.

use crate::ask::Requested;
use crate::by::By;
use crate::case::{Asked, Case};
use polsim_claim::{Claim, ComparedEnvironments, Over, Refusal, compare_environments};
use polsim_env::Environment;
use polsim_env::question::{Bound, Unknown};
use polsim_eval::{
    BoundRequest, Chain, Decision, Derived, Layers, Outcome, Request, Situation, Verdict, has_public_policy,
};
use polsim_policy::ConditionKey;
use polsim_prove::{Answer as Proof, Expectation};
use std::collections::BTreeMap;

/// The environments of a suite.
#[derive(Clone, Copy, Debug)]
pub struct Worlds<'w> {
    /// The one that it is about.
    pub environment: &'w Environment,
    /// The pairs that cases compare, by the paths of the old and the new one; the new one was built into the model of
    /// the old one.
    pub compared: &'w BTreeMap<(String, Option<String>), (Environment, Environment)>,
}

/// A case that was run.
#[derive(Clone, Debug)]
pub struct Ran {
    /// How it ended.
    pub standing: Standing,
    /// What was found out.
    pub answer: Answer,
    /// Whether it was to be skipped until a day that is over.
    pub was_skipped: bool,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As expected.
    Holds,
    /// Not as expected.
    Fails,
    /// Neither was shown.
    Undecided,
    /// It was left out.
    Skipped,
    /// It cannot be asked.
    BadInput,
}

/// What was found out.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Nothing: it was left out.
    Skipped,
    /// It cannot be asked.
    Refused(Vec<Refusal>),
    /// About one request.
    Request(Box<Judged>),
    /// About all requests of a pattern, or some.
    Claim(Box<Over>),
    /// About two environments.
    Compared(Box<ComparedEnvironments>),
}

/// A request with its decision.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The request, completed.
    pub request: Request,
    /// The policies that bind it.
    pub layers: Layers,
    /// The keys that followed from the rest.
    pub derived: Vec<Derived>,
    /// What decides and no environment can know.
    pub unknown: Vec<Unknown>,
    /// The verdicts that are possible.
    pub outcome: Outcome,
    /// The decision, when one only is.
    pub decision: Option<Decision>,
    /// The keys that are open and may matter.
    pub open: Vec<ConditionKey>,
    /// Those that were to decide, and did not.
    pub missing: Vec<By>,
}

impl Case {
    /// Runs the case. `today` is a day as 2026-11-24.
    #[must_use]
    pub fn run(&self, worlds: &Worlds<'_>, today: &str) -> Ran {
        let was_skipped = match &self.skip {
            Some(skip) if !skip.is_over(today) => {
                return Ran { standing: Standing::Skipped, answer: Answer::Skipped, was_skipped: false };
            }
            skip => skip.is_some(),
        };
        let (standing, answer) =
            self.ask(worlds).unwrap_or_else(|refused| (Standing::BadInput, Answer::Refused(refused)));
        Ran { standing, answer, was_skipped }
    }

    fn ask(&self, worlds: &Worlds<'_>) -> Result<(Standing, Answer), Vec<Refusal>> {
        match &self.asked {
            Asked::Request { request, expect, by } => {
                let judged = judge(request, by, worlds.environment).map_err(|refusal| vec![refusal])?;
                Ok((standing(&judged, *expect), Answer::Request(Box::new(judged))))
            }
            Asked::Claim { .. } => {
                let Some(claim) = self.claim() else { return Err(Vec::new()) };
                let over = claim.over(worlds.environment)?;
                Ok((over.told.standing().into(), Answer::Claim(Box::new(over))))
            }
            Asked::Compare { old, new, region, relation } => {
                let pair = worlds.compared.get(&(old.clone(), new.clone())).ok_or_else(|| {
                    vec![Refusal::new("SUI017", format!("the environment `{old}` is not there"))]
                })?;
                let compared = compare_environments(&pair.0, &pair.1, region, Some(*relation), self.budget)?;
                Ok((compared_standing(&compared), Answer::Compared(Box::new(compared))))
            }
        }
    }

    /// The claim of a case about a pattern.
    #[must_use]
    pub fn claim(&self) -> Option<Claim<'_>> {
        match &self.asked {
            Asked::Claim { region, wanted } => {
                Some(Claim { region, wanted: *wanted, witnesses: 1, budget: self.budget })
            }
            Asked::Request { .. } | Asked::Compare { .. } => None,
        }
    }
}

fn judge(request: &Requested, by: &[By], environment: &Environment) -> Result<Judged, Refusal> {
    let Bound { request, layers, derived, unknown, .. } = request.bind(environment)?;
    let model = environment.model();
    let situation = Situation::of(&request, &layers, has_public_policy(model, &layers));
    let chain = Chain::of(&situation);
    let bound = BoundRequest::new(model, &request, environment.readings());
    let case = polsim_eval::Case {
        model,
        layers: &layers,
        chain: &chain,
        request: &bound,
        is_bounded: situation.has_boundary,
    };
    let (outcome, decision) = (case.outcome(), case.decide());
    let open = if decision.is_some() { Vec::new() } else { case.open_keys() };
    let open: Vec<ConditionKey> = open.iter().filter_map(|id| model.keys().key(*id).cloned()).collect();
    let mut missing = Vec::new();
    for by in by {
        let decides = decision.as_ref().map(|decision| by.decides(decision, environment)).transpose()?;
        missing.extend((decides == Some(false)).then(|| by.clone()));
    }
    drop(bound);
    Ok(Judged { request, layers, derived, unknown, outcome, decision, open, missing })
}

fn standing(judged: &Judged, expect: Expectation) -> Standing {
    let all = [Verdict::Allowed, Verdict::ExplicitlyDenied, Verdict::ImplicitlyDenied];
    let possible: Vec<Verdict> =
        all.into_iter().filter(|verdict| judged.outcome.allows_for(*verdict)).collect();
    let admitted = possible.iter().filter(|verdict| expect.admits(**verdict)).count();
    match (admitted, &judged.decision) {
        (0, _) => Standing::Fails,
        (_, Some(_)) if !judged.missing.is_empty() => Standing::Fails,
        (count, _) if count == possible.len() => Standing::Holds,
        _ => Standing::Undecided,
    }
}

fn compared_standing(compared: &ComparedEnvironments) -> Standing {
    let answers = || compared.answers.iter().flatten();
    if answers().any(|answer| matches!(answer, Proof::Refuted(_))) {
        return Standing::Fails;
    }
    if answers().any(|answer| matches!(answer, Proof::Unknown(_))) {
        Standing::Undecided
    } else {
        Standing::Holds
    }
}

impl From<polsim_claim::Standing> for Standing {
    fn from(standing: polsim_claim::Standing) -> Self {
        match standing {
            polsim_claim::Standing::Holds => Self::Holds,
            polsim_claim::Standing::Fails => Self::Fails,
            polsim_claim::Standing::Undecided => Self::Undecided,
            // A claim about nothing can never fail.
            polsim_claim::Standing::Vacuous => Self::BadInput,
        }
    }
}
