//! Claims that every environment can be held against: nobody who is not signed in may do anything with its resources.

use crate::environment::World;
use polsim_claim::{Claim, RegionText, Wanted};
use polsim_prove::Expectation;
use polsim_report::from::claim::{over, refusals};
use polsim_report::{Case, Report, Verb};

/// The most steps for each resource.
const BUDGET: u64 = 20_000_000;

/// A claim for each resource, with its answer.
pub(super) fn cases(world: &World) -> Vec<Case> {
    let case = |resource: &polsim_env::environment::Resource| {
        let region = RegionText {
            actions: vec!["*".to_owned()],
            resources: ["", "/*"].map(|rest| format!("{}{rest}", resource.arn)).to_vec(),
            principal: Some("anonymous".to_owned()),
            ..RegionText::default()
        };
        let wanted = Wanted::Verdict(Expectation::Deny);
        let claim = Claim { region: &region, wanted, witnesses: 1, budget: BUDGET };
        let report = match claim.over(&world.environment) {
            Ok(answer) => over(&claim, &answer, &world.library),
            Err(refused) => Report::bad_input(Verb::Check, refusals(&refused)),
        };
        let name = format!("nobody who is not signed in may do anything with `{}`", resource.name);
        Case::of("not public", name, report)
    };
    world.environment.resources().iter().map(case).collect()
}
