//! The linter over a network: the rules of the family NET.

use crate::environment::{self, EnvironmentOrigin};
use crate::network::{self, NetworkOrigin};
use crate::read::Reader;
use polsim_lint::{Linter, Selection, Selector, Severity, Site, Text};
use polsim_policy::PolicyType;
use polsim_report::from::finding;
use polsim_report::from::words::count;
use polsim_report::{Conclusion, Entry, Exit, Level, Report, Verb};

/// What is asked.
#[derive(Clone, Debug)]
pub struct LintNetwork {
    /// The network, and what runs in it.
    pub network: NetworkOrigin,
    /// What says which policies bind whom; rules that need policies find nothing without it.
    pub environment: Option<EnvironmentOrigin>,
    /// How many instances there are to be.
    pub instances: Option<u64>,
    /// The rules that run, by any of their names; all of the family when empty.
    pub select: Vec<String>,
    /// Rules that do not run.
    pub ignore: Vec<String>,
    /// The mildest severity that makes the answer a failure.
    pub fail_on: Option<Severity>,
}

/// Lints a network.
#[must_use]
pub fn lint_network(question: &LintNetwork, reader: &Reader) -> Report {
    run(question, reader).unwrap_or_else(|entries| Report::bad_input(Verb::Lint, entries))
}

fn run(question: &LintNetwork, reader: &Reader) -> Result<Report, Vec<Entry>> {
    let registry = polsim_rules::all();
    let selectors = |texts: &[String]| -> Result<Vec<Selector>, Vec<Entry>> {
        let read = texts.iter().map(|text| Selector::parse(text, &registry));
        let wrong = |sentence: String| vec![Entry::new(Level::Error, sentence).with_code("INP020")];
        read.collect::<Result<_, _>>().map_err(|error| wrong(error.to_string()))
    };
    let selection = Selection { select: selectors(&question.select)?, ignore: selectors(&question.ignore)? };
    let deployed = network::load(&question.network, reader)?;
    let mut notes = Vec::new();
    let environment = match &question.environment {
        Some(origin) => {
            let world = environment::load(origin, reader)?;
            notes.extend(world.notes);
            Some(world.environment)
        }
        None => {
            notes.push(
                "no environment is given (`--env`): what policies of roles and buckets say is not looked at"
                    .to_owned(),
            );
            None
        }
    };
    let mut site = Site::new(deployed.network, deployed.workload, environment, reader.limits());
    site.instances = question.instances.or(site.instances);
    notes
        .push("what the input does not say is no finding; `polsim reach` tells what is not known".to_owned());
    let found = Linter::new(&registry, &selection).lint_site(&site);
    let entries: Vec<Entry> = found
        .iter()
        .map(|found| {
            // Outputs of the AWS CLI have no statements: only the text and the place count.
            let source = found.finding.place.source.clone();
            let text = Text {
                documents: Vec::new(),
                problems: Vec::new(),
                ..Text::parse(source, PolicyType::Identity, reader.limits())
            };
            finding::entry(found, &text)
        })
        .collect();
    let worst = found.iter().map(|found| found.finding.severity).max();
    let fails = worst.is_some_and(|worst| worst >= question.fail_on.unwrap_or(Severity::Medium));
    let (conclusion, headline) = match found.len() {
        0 => (Conclusion::Clean, "nothing in the network".to_owned()),
        number => (Conclusion::Found, format!("{} in the network", count(number, "finding"))),
    };
    let exit = if fails { Exit::Fails } else { Exit::Holds };
    Ok(Report { entries, notes, ..Report::new(Verb::Lint, conclusion, headline, exit) })
}
