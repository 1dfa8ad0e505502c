//! Networks: the folder with what the AWS CLI printed, the model that runs in it, and the policies of its endpoints.

use crate::environment::World;
use crate::read::{Origin, Reader};
use polsim_network::{Network, Problem, Workload};
use polsim_policy::{Policy, PolicyType, Severity};
use polsim_report::from::problem;
use polsim_report::{Entry, Level, Place, PolicyText};
use polsim_text::Embedded;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a network is described, and what runs in it.
#[derive(Clone, Debug)]
pub struct NetworkOrigin {
    /// The folder of what the AWS CLI printed, or one file.
    pub network: PathBuf,
    /// The request or description of a model or job.
    pub model: Origin,
}

/// A network with what runs in it.
pub(crate) struct Deployed {
    pub(crate) network: Network,
    pub(crate) workload: Workload,
}

/// The policy of an endpoint as it is deployed.
pub(crate) struct EndpointPolicy {
    pub(crate) text: Embedded,
    pub(crate) policy: Policy,
}

/// Reads a network and what runs in it.
pub(crate) fn load(from: &NetworkOrigin, reader: &Reader) -> Result<Deployed, Vec<Entry>> {
    let mut wrong = Vec::new();
    let mut sources = Vec::new();
    for origin in origins(&from.network)? {
        match reader.read(&origin) {
            Ok(source) => sources.push(source),
            Err(error) => wrong.push(error.entry()),
        }
    }
    let network =
        Network::read(&sources, reader.limits()).map_err(|problems| wrong.extend(entries(&problems)));
    let workload = reader.read(&from.model).map_err(|error| wrong.push(error.entry())).and_then(|source| {
        Workload::read(&source, reader.limits()).map_err(|problems| wrong.extend(entries(&problems)))
    });
    match (network, workload, wrong.is_empty()) {
        (Ok(network), Ok(workload), true) => Ok(Deployed { network, workload }),
        _ => Err(wrong),
    }
}

/// The JSON files of a folder, by name; or the one file.
fn origins(path: &Path) -> Result<Vec<Origin>, Vec<Entry>> {
    let refused = |error: &std::io::Error| {
        let sentence = format!("{} cannot be read: {error}", path.display());
        vec![Entry::new(Level::Error, sentence).with_code("INP040")]
    };
    if path == Path::new("-") || path.is_file() {
        return Ok(vec![Origin::of(path)]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|error| refused(&error))? {
        let file = entry.map_err(|error| refused(&error))?.path();
        let is_json = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        if is_json && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        let sentence = format!("{} has no file that ends in `.json`", path.display());
        let help = "docs/collect.sh lists the commands of the AWS CLI that print a network";
        return Err(vec![Entry::new(Level::Error, sentence).with_code("INP041").with_help(help)]);
    }
    Ok(files.into_iter().map(Origin::File).collect())
}

fn entries(problems: &[Problem]) -> Vec<Entry> {
    let entry = |problem: &Problem| {
        let entry = Entry::new(Level::Error, problem.to_string())
            .with_code(problem.kind.code())
            .at(Place::primary(&problem.place.source, problem.place.span));
        match problem.kind.help() {
            Some(help) => entry.with_help(help),
            None => entry,
        }
    };
    problems.iter().map(entry).collect()
}

/// The policy of an endpoint, with its places in the output that has it.
///
/// # Errors
/// AWS would refuse the policy.
pub(crate) fn policy_of(
    endpoint: &polsim_network::topology::Endpoint,
    reader: &Reader,
) -> Result<Option<EndpointPolicy>, Vec<Entry>> {
    let Some((text, place)) = &endpoint.policy else { return Ok(None) };
    let host = Embedded::whole(place.source.clone());
    let text = host.string(&format!("policy of {}", endpoint.id), place.span, text);
    let parsed = polsim_policy::parse(text.text(), PolicyType::Endpoint, reader.limits());
    let invalid = parsed.problems.iter().filter(|problem| problem.severity() == Severity::Invalid);
    let invalid: Vec<Entry> = invalid.map(|found| problem::entry(found, text.text())).collect();
    let Some(policy) = parsed.single().filter(|_| invalid.is_empty()) else { return Err(invalid) };
    Ok(Some(EndpointPolicy { policy: policy.clone(), text }))
}

impl EndpointPolicy {
    /// The policy as reports show it: where it stands in the output of the AWS CLI.
    pub(crate) fn shown(&self) -> PolicyText {
        let mut shown = PolicyText::new(self.text.text().clone(), self.policy.clone());
        let text = self.text.clone();
        shown.locate = Some(Arc::new(move |span| (text.host().clone(), text.in_host(span))));
        shown
    }
}

impl Deployed {
    /// Adds the endpoints of the network to a world that does not describe them.
    pub(crate) fn adopt_into(&self, world: &mut World, reader: &Reader) -> Result<(), Vec<Entry>> {
        for endpoint in self.network.endpoints.items() {
            let Some(adopted) = endpoint.adopted() else { continue };
            let found = policy_of(endpoint, reader)?;
            let policy = found.as_ref().map(|found| (found.text.clone(), found.policy.clone()));
            if world.environment.adopt_endpoint(adopted, policy)
                && let Some(found) = found
            {
                world.library.push(found.shown());
            }
        }
        Ok(())
    }
}
