//! Cases of suites that were run, as reports.

use super::claim::{self, limits};
use super::comparison::{self, Comparison};
use super::decision::{self, Simulated};
use super::words;
use crate::{Case, CaseOutcome, Conclusion, Entry, Exit, Level, Library, Place, Report, Verb};
use polsim_eval::{BoundRequest, Chain, Model, Readings, Situation, Verdict, has_public_policy};
use polsim_policy::ConditionKey;
use polsim_prove::Expectation;
use polsim_suite::{Answer, Asked, Judged, Ran, Standing};
use polsim_text::Source;

/// The policies that a case was asked of.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'g> {
    /// The compiled policies.
    pub model: &'g Model,
    /// How ambiguities are read.
    pub readings: Readings,
    /// The texts of the policies; of a comparison those of both sides.
    pub library: &'g Library,
}

/// A case of a suite, as every format has it.
#[must_use]
pub fn case(case: &polsim_suite::Case, ran: &Ran, suite: &Source, ground: Ground<'_>) -> Case {
    let mut answer = answer(case, ran, ground);
    answer.verb = Verb::Test;
    if ran.was_skipped {
        let until = case.skip.as_ref().and_then(|skip| skip.until.as_deref()).unwrap_or_default();
        let reason = case.skip.as_ref().map_or("", |skip| skip.reason.as_str());
        answer.notes.push(format!("it was to be skipped until {until} ({reason}); that day has come"));
    }
    let reason = match (&case.skip, ran.standing) {
        (Some(skip), Standing::Skipped) => {
            let until = skip.until.as_ref().map(|until| format!(", until {until}")).unwrap_or_default();
            Some(format!("{}{until}", skip.reason))
        }
        _ => case.because.clone(),
    };
    Case {
        place: Some(Place::primary(suite, case.span)),
        tags: case.tags.clone(),
        reason,
        outcome: outcome(ran.standing),
        ..Case::of(suite.name(), case.name.clone(), answer)
    }
}

fn outcome(standing: Standing) -> CaseOutcome {
    match standing {
        Standing::Holds => CaseOutcome::Holds,
        Standing::Fails => CaseOutcome::Fails,
        Standing::Undecided => CaseOutcome::Undecided,
        Standing::Skipped => CaseOutcome::Skipped,
        Standing::BadInput => CaseOutcome::BadInput,
    }
}

fn answer(case: &polsim_suite::Case, ran: &Ran, ground: Ground<'_>) -> Report {
    match (&case.asked, &ran.answer) {
        (Asked::Request { expect, .. }, Answer::Request(judged)) => {
            request(judged, *expect, ran.standing, ground)
        }
        (Asked::Claim { .. }, Answer::Claim(over)) => match case.claim() {
            Some(claim) => claim::over(&claim, over, ground.library),
            None => Report::bad_input(Verb::Test, Vec::new()),
        },
        (Asked::Compare { old, new, region, relation }, Answer::Compared(compared)) => {
            let comparison = Comparison {
                old: old.clone(),
                new: new.clone().unwrap_or_else(|| "the environment of the suite".to_owned()),
                expect: Some(*relation),
                actions: region.actions.clone(),
                resources: region.resources.clone(),
                limits: limits(region),
            };
            let mut report = comparison::report(&comparison, &compared.answers, ground.library);
            report.notes.push(claim::extent(&compared.extent));
            report
        }
        (_, Answer::Refused(refused)) => Report::bad_input(Verb::Test, claim::refusals(refused)),
        _ => Report::new(Verb::Test, Conclusion::Listed, "it was not run", Exit::Holds),
    }
}

fn request(judged: &Judged, expect: Expectation, standing: Standing, ground: Ground<'_>) -> Report {
    let Judged { request, layers, .. } = judged;
    let Ground { model, readings, library } = ground;
    let situation = Situation::of(request, layers, has_public_policy(model, layers));
    let chain = Chain::of(&situation);
    let bound = BoundRequest::new(model, request, readings);
    let derived: Vec<ConditionKey> = judged.derived.iter().map(|derived| derived.key.clone()).collect();
    let mut report = decision::report(&Simulated {
        request,
        case: &polsim_eval::Case {
            model,
            layers,
            chain: &chain,
            request: &bound,
            is_bounded: situation.has_boundary,
        },
        library,
        outcome: judged.outcome,
        decision: judged.decision.clone(),
        derived: &derived,
        readings: Vec::new(),
        changes: Vec::new(),
        trace: false,
    });
    let got = match judged.outcome.verdict() {
        Some(verdict) => format!("the request is {}", words::verdict(verdict)),
        None => {
            let all = [Verdict::Allowed, Verdict::ExplicitlyDenied, Verdict::ImplicitlyDenied];
            let possible = all.into_iter().filter(|verdict| judged.outcome.allows_for(*verdict));
            let possible: Vec<String> = possible.map(|verdict| words::verdict(verdict).to_owned()).collect();
            format!("the request may be {}", words::list(&possible, "or"))
        }
    };
    let wanted = match expect {
        Expectation::Allow => "allowed",
        Expectation::Deny => "denied",
        Expectation::ExplicitDeny => "explicitly denied",
        Expectation::ImplicitDeny => "implicitly denied",
    };
    (report.conclusion, report.exit) = match standing {
        Standing::Holds => (Conclusion::Holds, Exit::Holds),
        Standing::Fails | Standing::Skipped => (Conclusion::Fails, Exit::Fails),
        Standing::Undecided => (Conclusion::Undecided, Exit::Undecided),
        Standing::BadInput => (Conclusion::BadInput, Exit::BadInput),
    };
    report.headline = match (standing, judged.missing.as_slice()) {
        (Standing::Holds, _) => got,
        (Standing::Fails, [_, ..]) => {
            let missing: Vec<String> = judged.missing.iter().map(|by| format!("`{}`", by.text)).collect();
            format!("{got}, and not by {}", words::list(&missing, "nor by"))
        }
        _ => format!("{got}, and the case expects that it is {wanted}"),
    };
    if standing == Standing::Undecided && !judged.open.is_empty() {
        let keys: Vec<String> = judged.open.iter().map(words::open_key).collect();
        let keys = words::list(&keys, "and");
        let entry =
            Entry::new(Level::Warning, format!("the request does not say what these keys are: {keys}"));
        let help = "state them under `context`, `{ absent: true }` too; with `closed: true` what is not stated is absent";
        report.entries.insert(0, entry.with_help(help));
    }
    report
}
