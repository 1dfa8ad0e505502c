//! `polsim check`: does every request of a region get this decision?

use crate::environment::{self, EnvironmentOrigin};
use crate::hang::{Hung, Role, choices, load_all};
use crate::load::{Documents, PolicyFile};
use crate::read::{Origin, Reader};
use polsim_claim::{Ground, RegionText, Wanted};
use polsim_eval::Layer;
use polsim_policy::Policy;
use polsim_report::from::answer::Claim;
use polsim_report::from::claim::{self, refusals};
use polsim_report::from::words;
use polsim_report::{Entry, Exit, Level, Report, Verb};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Check {
    /// The environment that says which policies bind whom, instead of policies.
    pub environment: Option<EnvironmentOrigin>,
    /// The policies, and as what they count.
    pub policies: Vec<(Origin, Role)>,
    /// What to make of several documents in one file.
    pub documents: Documents,
    /// What is claimed.
    pub expect: Wanted,
    /// The requests that are meant.
    pub region: RegionText,
    /// How many counterexamples are shown.
    pub witnesses: usize,
    /// The most steps of the search.
    pub budget: u64,
}

/// Checks a claim.
#[must_use]
pub fn check(question: &Check, reader: &Reader) -> Report {
    let answered = match &question.environment {
        Some(_) if !question.policies.is_empty() => {
            let sentence = "an environment says which policies bind whom: no others can be given beside it";
            Err(vec![Entry::new(Level::Error, sentence).with_code("INP022")])
        }
        Some(environment) => in_environment(question, environment, reader),
        None => against_files(question, reader),
    };
    answered.unwrap_or_else(|entries| Report::bad_input(Verb::Check, entries))
}

impl Check {
    fn claim(&self) -> polsim_claim::Claim<'_> {
        polsim_claim::Claim {
            region: &self.region,
            wanted: self.expect,
            witnesses: self.witnesses,
            budget: self.budget,
        }
    }

    /// The claim in words.
    fn words(&self, layers: &[Layer]) -> Claim {
        Claim {
            expect: self.expect,
            actions: self.region.actions.clone(),
            resources: self.region.resources.clone(),
            limits: claim::limits(&self.region),
            layers: layers.to_vec(),
        }
    }
}

fn against_files(question: &Check, reader: &Reader) -> Result<Report, Vec<Entry>> {
    question.region.texts().map_err(|refused| refusals(&refused))?;
    let files = load_all(&question.policies, question.documents, reader)?;
    let mut answered = Vec::new();
    for choice in choices(&files) {
        let mut hung = Hung::of(&choice)?;
        let region = question.region.region(&mut hung.model).map_err(|refused| refusals(&refused))?;
        let scope = hung.scope();
        let ground = Ground { model: &hung.model, layers: &hung.layers, scope: &scope, region: &region };
        let told = question.claim().ask(ground);
        let report = claim::told(&question.words(&hung.present), &told, &hung.library);
        answered.push((place_of(&choice), report));
    }
    let Some(mut report) = of_each(answered) else {
        let entry = Entry::new(Level::Error, "there is no policy to check").with_code("INP010");
        return Err(vec![entry]);
    };
    report.notes.extend(files.iter().filter_map(PolicyFile::guess_note));
    Ok(report)
}

/// A claim about whoever an environment describes: it holds when it holds of each.
fn in_environment(question: &Check, from: &EnvironmentOrigin, reader: &Reader) -> Result<Report, Vec<Entry>> {
    let world = environment::load(from, reader)?;
    let claim = question.claim();
    let over = claim.over(&world.environment).map_err(|refused| refusals(&refused))?;
    let mut report = claim::over(&claim, &over, &world.library);
    report.notes.extend(world.notes);
    Ok(report)
}

/// Where the documents of a choice begin.
fn place_of(choice: &[(&PolicyFile, &Policy)]) -> String {
    let places: Vec<String> = choice.iter().map(|(file, policy)| file.whereabouts(policy)).collect();
    words::list(&places, "and")
}

/// The answers about each of several documents as one: it is the worst of them, and each is told.
fn of_each(answered: Vec<(String, Report)>) -> Option<Report> {
    let exit = answered.iter().map(|(_, report)| report.exit).reduce(Exit::and)?;
    let number = answered.len();
    if number == 1 {
        return answered.into_iter().next().map(|(_, report)| report);
    }
    let worst = answered.iter().find(|(_, report)| report.exit == exit).map(|(_, report)| report)?;
    let headline = format!("{} by each of {number} policies", worst.headline);
    let mut whole = Report::new(Verb::Check, worst.conclusion, headline, exit);
    for (at, (place, report)) in answered.into_iter().enumerate() {
        let level = if report.exit == Exit::Holds { Level::Allows } else { Level::Denies };
        let sentence = format!("policy {} of {number} ({place}): {}", at + 1, report.conclusion.words());
        whole.entries.push(Entry::new(level, sentence));
        whole.entries.extend(report.entries);
        for note in report.notes {
            if !whole.notes.contains(&note) {
                whole.notes.push(note);
            }
        }
    }
    Some(whole)
}
