//! `polsim check`: does every request of a region get this decision?

use crate::environment::{self, EnvironmentOrigin};
use crate::everywhere::{Binding, Everywhere, nobody_asked};
use crate::hang::{Hung, Role, choices, load_all};
use crate::load::{Documents, PolicyFile};
use crate::read::{Origin, Reader};
use crate::region_text::RegionText;
use polsim_arn::Budget;
use polsim_eval::{Layer, Layers, Model};
use polsim_policy::Policy;
use polsim_prove::{Answer, Expectation, Question, Region, Scope, Witness, ask, others, some_allowed};
use polsim_report::from::answer::{Claim, Wanted, existence, report};
use polsim_report::from::words;
use polsim_report::{Entry, Exit, Level, Library, Report, Verb};

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
    /// The claim in words.
    fn claim(&self, limits: Vec<String>, layers: &[Layer]) -> Claim {
        Claim {
            expect: self.expect,
            actions: self.region.actions.clone(),
            resources: self.region.resources.clone(),
            limits,
            layers: layers.to_vec(),
        }
    }
}

fn against_files(question: &Check, reader: &Reader) -> Result<Report, Vec<Entry>> {
    question.region.texts()?;
    let files = load_all(&question.policies, question.documents, reader)?;
    let mut answered = Vec::new();
    for choice in choices(&files) {
        let mut hung = Hung::of(&choice)?;
        let region = question.region.region(&mut hung.model)?;
        let scope = hung.scope();
        let asked = Asked {
            model: &hung.model,
            layers: &hung.layers,
            scope: &scope,
            region: &region,
            present: &hung.present,
            limits: question.region.limits(),
            library: &hung.library,
        };
        answered.push((place_of(&choice), asked.report(question)));
    }
    let Some(mut report) = of_each(answered) else {
        let entry = Entry::new(Level::Error, "there is no policy to check").with_code("INP010");
        return Err(vec![entry]);
    };
    report.notes.extend(files.iter().filter_map(PolicyFile::guess_note));
    Ok(report)
}

/// One claim with all that it is about.
struct Asked<'a> {
    model: &'a Model,
    layers: &'a Layers,
    scope: &'a Scope,
    region: &'a Region,
    present: &'a [Layer],
    limits: Vec<String>,
    library: &'a Library,
}

impl Asked<'_> {
    fn report(&self, check: &Check) -> Report {
        let claim = check.claim(self.limits.clone(), self.present);
        let question = |expect: Expectation| Question {
            model: self.model,
            layers: self.layers,
            scope: self.scope,
            region: self.region,
            claim: expect.into(),
        };
        let mut budget = Budget::new(check.budget);
        match check.expect {
            Wanted::Verdict(expect) => {
                let question = question(expect);
                let answer = ask(&question, &mut budget);
                let more: Vec<Witness> = match &answer {
                    Answer::Refuted(first) => others(&question, first, check.witnesses, &mut budget),
                    Answer::Proved(_) | Answer::Unknown(_) => Vec::new(),
                };
                report(&claim, &answer, &more, self.library)
            }
            Wanted::SomeAllow => {
                let found = some_allowed(&question(Expectation::Deny), &mut budget);
                existence(&claim, &found, self.library)
            }
        }
    }
}

/// A claim about whoever an environment describes: it holds when it holds of each.
fn in_environment(question: &Check, from: &EnvironmentOrigin, reader: &Reader) -> Result<Report, Vec<Entry>> {
    let world = environment::load(from, reader)?;
    let everywhere = Everywhere::new(&question.region, &world.environment)?;
    let mut model = world.environment.model().clone();
    let mut worst: Option<Report> = None;
    let mut assumed: Vec<String> = Vec::new();
    let mut number = 0;
    for spot in everywhere.spots() {
        let Some(Binding { layers, region, .. }) =
            spot.bind(&world.environment, &question.region, &mut model)?
        else {
            continue;
        };
        number += 1;
        let mut limits = spot.limits();
        limits.extend(
            question.region.limits().into_iter().skip(usize::from(question.region.principal.is_some())),
        );
        let present = layers.present();
        let asked = Asked {
            model: &model,
            layers: &layers,
            scope: &Scope::Whole,
            region: &region,
            present: &present,
            limits,
            library: &world.library,
        };
        let report = asked.report(question);
        // For some request one place is enough; a claim about all fails at the first.
        let is_final = match question.expect {
            Wanted::SomeAllow => report.exit == Exit::Holds,
            Wanted::Verdict(_) => report.exit == Exit::Fails,
        };
        if is_final {
            let mut report = report;
            report.notes.extend(world.notes);
            return Ok(report);
        }
        // What was assumed at one place counts for the whole.
        for note in report.notes.iter().filter(|note| note.starts_with("assumed (")) {
            if !assumed.contains(note) {
                assumed.push(note.clone());
            }
        }
        let is_worse = |other: &Report| other.exit == Exit::BadInput || report.exit == Exit::Undecided;
        if worst.as_ref().is_none_or(is_worse) {
            worst = Some(report);
        }
    }
    let Some(mut report) = worst else {
        return Err(vec![nobody_asked()]);
    };
    if matches!(report.exit, Exit::Holds | Exit::Fails) {
        report.notes.retain(|note| !assumed.contains(note));
        report.notes.append(&mut assumed);
        report.headline = question.claim(question.region.limits(), &[]).sentence(report.exit == Exit::Holds);
    }
    report.notes.push(everywhere.note(number));
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
