//! `polsim what-can`: what can a principal do, after everything that binds it, and under which conditions?
//!
//! The actions are those that the reference knows. Those that nothing in the policies tells apart are asked once, of one of
//! them, on the resources that it is for.

use crate::environment::{self, EnvironmentOrigin};
use crate::read::Reader;
use crate::who_can::{Table, grounds};
use polsim_access::{Access, classes, who_can as ask};
use polsim_arn::ActionName;
use polsim_claim::RegionText;
use polsim_prove::Assumption;
use polsim_reference::{AccessLevel, Action, Reference, short};
use polsim_report::from::{claim, words};
use polsim_report::{AccessRow, Entry, Level, Listing, Verb};
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is asked.
#[derive(Clone, Debug)]
pub struct WhatCan {
    /// The environment.
    pub environment: EnvironmentOrigin,
    /// Who: a name of the environment, an ARN, a service or `anonymous`.
    pub principal: String,
    /// The prefixes of the services; all when there is none.
    pub services: Vec<String>,
    /// Only actions of this access level.
    pub level: Option<AccessLevel>,
    /// What else holds of the requests; its actions and resources are not looked at.
    pub region: RegionText,
    /// The most steps of one search.
    pub budget: u64,
}

/// Finds out what a principal can do. `progress` is told how many questions were answered, and of how many.
///
/// # Errors
/// The environment or the question cannot be used.
pub fn what_can(
    question: &WhatCan,
    reader: &Reader,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Listing, Vec<Entry>> {
    let wrong = |code, sentence: String| vec![Entry::new(Level::Error, sentence).with_code(code)];
    let world = environment::load(&question.environment, reader)?;
    let environment = &world.environment;
    let who = environment.who(&question.principal).map_err(|error| wrong("INP021", error.to_string()))?;
    let reference = Reference::bundled()
        .map_err(|error| wrong("INP009", format!("the reference cannot be read: {error}")))?;
    let actions = actions(question, reference)?;
    let named: Vec<(ActionName, String)> = actions
        .iter()
        .filter_map(|action| {
            Some((ActionName::parse(&action.to_string()).ok()?, resources(*action).join(",")))
        })
        .collect();
    let classes = classes(environment, &who, &named);
    let number = classes.len();
    let done = AtomicUsize::new(0);
    let answered: Vec<Result<Possible<'_>, Vec<Entry>>> = classes
        .par_iter()
        .map(|class| {
            let Some(first) = class.first().and_then(|at| actions.get(*at)) else {
                return Ok(Possible::default());
            };
            let region = RegionText {
                actions: vec![first.to_string()],
                resources: resources(*first),
                principal: Some(question.principal.clone()),
                ..question.region.clone()
            };
            let access = ask(environment, &region, question.budget, &|_, _| {})
                .map_err(|refused| claim::refusals(&refused))?;
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, number);
            let members: Vec<Action<'_>> = class.iter().filter_map(|at| actions.get(*at)).copied().collect();
            let table = Table { environment, library: &world.library, region: &region };
            let rows = rows(&access, &table, &members);
            Ok(Possible { rows, members, assumptions: access.assumptions })
        })
        .collect();
    let mut found = Vec::new();
    let mut possible: Vec<Action<'_>> = Vec::new();
    let mut assumptions = Vec::new();
    for answer in answered {
        let answer = answer?;
        if !answer.rows.is_empty() {
            possible.extend(answer.members);
        }
        found.extend(answer.rows);
        assumptions.extend(answer.assumptions);
    }
    assumptions.sort_unstable();
    assumptions.dedup();
    let mut headline = format!(
        "{} can do {} of {}",
        question.principal,
        possible.len(),
        words::count(actions.len(), "action"),
    );
    let levels = levels(&possible);
    if !levels.is_empty() {
        headline.push_str(&format!(": {}", words::list(&levels, "and")));
    }
    let mut told = vec![format!(
        "actions that the same statements bind, and that are for the same resources, were asked about once: {} in all",
        words::count(number, "question"),
    )];
    told.extend(grounds(&assumptions));
    told.extend(world.notes);
    Ok(Listing::new(Verb::WhatCan, question.principal.clone(), headline, found, told))
}

/// What is possible of a class of actions.
#[derive(Default)]
struct Possible<'r> {
    rows: Vec<AccessRow>,
    members: Vec<Action<'r>>,
    assumptions: Vec<Assumption>,
}

/// How many actions there are of each access level.
fn levels(actions: &[Action<'_>]) -> Vec<String> {
    let count = |level: AccessLevel| actions.iter().filter(|action| action.level() == level).count();
    AccessLevel::ALL
        .into_iter()
        .map(|level| (level, count(level)))
        .filter(|(_, number)| *number > 0)
        .map(|(level, number)| format!("{number} {level}"))
        .collect()
}

/// The actions that are asked about.
fn actions<'r>(question: &WhatCan, reference: &'r Reference) -> Result<Vec<Action<'r>>, Vec<Entry>> {
    let services = if question.services.is_empty() {
        reference.services().collect()
    } else {
        let mut services = Vec::new();
        for prefix in &question.services {
            services.push(reference.service(prefix).ok_or_else(|| {
                let sentence = format!("the reference knows no service `{prefix}`");
                vec![Entry::new(Level::Error, sentence).with_code("INP031")]
            })?);
        }
        services
    };
    let all = services.into_iter().flat_map(|service| service.actions());
    Ok(all.filter(|action| question.level.is_none_or(|level| action.level() == level)).collect())
}

/// The resources that an action is for, as patterns; `*` when it is for none.
fn resources(action: Action<'_>) -> Vec<String> {
    let types = action.resources().map(|used| used.resource_type());
    let mut patterns: Vec<String> =
        types.flat_map(|kind| kind.arns()).map(|form| form.pattern().to_text()).collect();
    patterns.sort_unstable();
    patterns.dedup();
    if patterns.is_empty() { vec!["*".to_owned()] } else { patterns }
}

/// The rows of a class of actions.
fn rows(access: &Access, table: &Table<'_>, members: &[Action<'_>]) -> Vec<AccessRow> {
    let written = written(members);
    let rows = access.holders.iter().flat_map(|holder| table.rows(holder));
    rows.map(|row| AccessRow { action: written.clone(), ..row }).collect()
}

/// The actions of a class, written short.
fn written(members: &[Action<'_>]) -> String {
    let names: Vec<&str> = members.iter().map(|action| action.name()).collect();
    let prefix = members.first().map(|action| action.service()).unwrap_or_default();
    let service = Reference::bundled().ok().and_then(|reference| reference.service(prefix));
    service.map_or_else(|| names.join(", "), |service| short(service, &names).join(", "))
}
