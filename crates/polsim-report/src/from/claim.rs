//! Claims in words, and their answers over whole environments, as reports.

use super::answer::{self, Claim};
use super::words;
use crate::{Entry, Level, Library, Report};
use polsim_claim::{Extent, NO_ENDPOINT, Over, Refusal, RegionText, Told};
use polsim_eval::KeyState;

/// What is said of the requests of a claim beside actions and resources.
#[must_use]
pub fn limits(region: &RegionText) -> Vec<String> {
    let principal = region.principal.iter().map(|who| format!("principal {who}"));
    principal.chain(limits_of_keys(region)).collect()
}

fn limits_of_keys(region: &RegionText) -> impl Iterator<Item = String> {
    let known = region.context.iter().map(|(key, state)| match state {
        KeyState::Absent => format!("{key} absent"),
        state => format!("{key} = {}", words::key_state(state)),
    });
    known.chain(region.constraints.iter().map(|constraint| constraint.text().to_owned()))
}

/// For how many places a claim was asked, and whom it leaves out.
#[must_use]
pub fn extent(extent: &Extent) -> String {
    let mut note = format!(
        "asked for {}, {} and {}: {} in all",
        words::count(extent.principals, "principal"),
        words::count(extent.ways, "way"),
        words::count(extent.things, "resource group"),
        words::count(extent.asked, "case"),
    );
    note.push_str("; requests through access points are not part of it");
    if extent.is_for_all {
        note.push_str(
            "; who is not described in the environment, AWS services among them, is not part of it",
        );
    }
    note
}

/// Why a claim cannot be asked.
#[must_use]
pub fn refusal(refusal: &Refusal) -> Entry {
    let entry = Entry::new(Level::Error, refusal.sentence.clone()).with_code(refusal.code);
    match &refusal.help {
        Some(help) => entry.with_help(help.clone()),
        None => entry,
    }
}

/// All reasons why a claim cannot be asked.
#[must_use]
pub fn refusals(refusals: &[Refusal]) -> Vec<Entry> {
    refusals.iter().map(refusal).collect()
}

/// The report of an answer at one place.
#[must_use]
pub fn told(claim: &Claim, told: &Told, library: &Library) -> Report {
    match told {
        Told::All(answer, more) => answer::report(claim, answer, more, library),
        Told::Some(existence) => answer::existence(claim, existence, library),
    }
}

/// The report of an answer over an environment.
#[must_use]
pub fn over(claim: &polsim_claim::Claim<'_>, answer: &Over, library: &Library) -> Report {
    let limits = match &answer.place {
        None => limits(claim.region),
        Some(place) => {
            let way = match place.way.as_str() {
                NO_ENDPOINT => "no endpoint".to_owned(),
                way => format!("endpoint {way}"),
            };
            let place = [format!("principal {}", place.principal), way];
            place.into_iter().chain(limits_of_keys(claim.region)).collect()
        }
    };
    let words = Claim {
        expect: claim.wanted,
        actions: claim.region.actions.clone(),
        resources: claim.region.resources.clone(),
        limits,
        layers: answer.layers.clone(),
    };
    let mut report = told(&words, &answer.told, library);
    // A request that settles the claim needs no other places.
    if answer.told.witness().is_none() {
        report.notes.push(extent(&answer.extent));
    }
    report
}
