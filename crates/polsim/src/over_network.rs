//! Claims over a network: for all requests of a model, from each of its subnets, on the way that they go from there.
//!
//! A newcomer would doubt what a request that never arrives means for a claim. Nobody gets an answer to it: it is denied in
//! every sense but that of a policy, and a claim that something is allowed does not hold of it.

use crate::check::Check;
use crate::environment::{self, World};
use crate::network::{self, Deployed, NetworkOrigin};
use crate::read::Reader;
use polsim_claim::{Claim, Constraint, RegionText, Wanted};
use polsim_eval::{KeyState, Truth};
use polsim_network::{Destination, Path, Way, endpoint_service};
use polsim_policy::ConditionKey;
use polsim_prove::Expectation;
use polsim_report::from::claim::{self, refusals};
use polsim_report::from::words;
use polsim_report::{Conclusion, Entry, Exit, Level, Place, Report, Verb};

/// Where a claim is asked.
#[derive(Clone, Debug)]
pub struct OverNetwork {
    /// The network, and what runs in it.
    pub origin: NetworkOrigin,
    /// The Region of the resources; the VPC's when left out.
    pub region: Option<String>,
    /// Endpoints and gateways, by their ids: nothing is claimed of what goes through them.
    pub except_via: Vec<String>,
}

/// Checks a claim over a network.
#[must_use]
pub fn check_over_network(question: &Check, over: &OverNetwork, reader: &Reader) -> Report {
    answer(question, over, reader).unwrap_or_else(|entries| Report::bad_input(Verb::Check, entries))
}

/// Some subnets from which requests to a service go the same way.
struct Group {
    service: String,
    actions: Vec<String>,
    subnets: Vec<String>,
    path: Path,
}

/// What is found of a group.
struct Found {
    exit: Exit,
    heading: Entry,
    entries: Vec<Entry>,
    notes: Vec<String>,
}

fn answer(question: &Check, over: &OverNetwork, reader: &Reader) -> Result<Report, Vec<Entry>> {
    let Some(environment) = &question.environment else {
        let sentence = "a claim over a network needs an environment, which says what the policies are";
        return Err(vec![
            Entry::new(Level::Error, sentence).with_code("INP044").with_help("give it by `--env`"),
        ]);
    };
    let deployed = network::load(&over.origin, reader)?;
    let mut world = environment::load(environment, reader)?;
    deployed.adopt_into(&mut world, reader)?;
    let Some((role, _)) = &deployed.workload.role else {
        let sentence = "the model names no role, so that nobody knows whose policies count";
        return Err(vec![Entry::new(Level::Error, sentence).with_code("INP043")]);
    };
    let mut found = Vec::new();
    for group in groups(question, over, &deployed)? {
        found.push(ask(question, over, &world, &group, role)?);
    }
    let mut whole = joined(question, &deployed, found);
    whole.notes.extend(world.notes);
    Ok(whole)
}

/// The ways of all subnets to all services of a claim; those that are the same are asked once.
fn groups(question: &Check, over: &OverNetwork, deployed: &Deployed) -> Result<Vec<Group>, Vec<Entry>> {
    let mut services: Vec<(String, Vec<String>)> = Vec::new();
    for action in &question.region.actions {
        let service = service_of(action)?;
        match services.iter_mut().find(|(known, _)| *known == service) {
            Some((_, actions)) => actions.push(action.clone()),
            None => services.push((service, vec![action.clone()])),
        }
    }
    let security: Vec<String> = deployed.workload.groups.iter().map(|(group, _)| group.clone()).collect();
    let mut groups: Vec<Group> = Vec::new();
    for (service, actions) in services {
        let to = Destination { region: over.region.clone(), ..Destination::service(&service) };
        for (subnet, _) in &deployed.workload.subnets {
            let path = deployed.network.path(subnet, &security, &to);
            let name = deployed.network.subnets.find(subnet).ok().and_then(|subnet| subnet.name.clone());
            let name = name.unwrap_or_else(|| subnet.clone());
            let is_same = |group: &&mut Group| {
                group.service == service
                    && group.path.way == path.way
                    && group.path.arrives == path.arrives
                    // Through an endpoint the address of the caller is a key.
                    && (path.way.endpoint().is_none() || group.path.range == path.range)
            };
            match groups.iter_mut().find(is_same) {
                Some(group) => group.subnets.push(name),
                None => groups.push(Group {
                    service: service.clone(),
                    actions: actions.clone(),
                    subnets: vec![name],
                    path,
                }),
            }
        }
    }
    Ok(groups)
}

/// The endpoint service of an action, which a wildcard has to leave no doubt about.
fn service_of(action: &str) -> Result<String, Vec<Entry>> {
    let refused = |sentence: String, help: &str| {
        Err(vec![Entry::new(Level::Error, sentence).with_code("INP045").with_help(help)])
    };
    let (prefix, name) = action.split_once(':').unwrap_or((action, ""));
    if prefix.contains(['*', '?']) || name.is_empty() {
        let sentence = format!("`{action}` is of any service, and each is reached on another way");
        return refused(sentence, "name the service, such as `s3:*`");
    }
    let has_several = matches!(prefix.to_ascii_lowercase().as_str(), "ecr" | "sagemaker" | "bedrock");
    if has_several && name.contains(['*', '?']) {
        let sentence = format!("`{action}` has actions of several endpoints, each reached on another way");
        return refused(sentence, "name the actions");
    }
    Ok(endpoint_service(action))
}

/// What is claimed where requests do not arrive.
fn holds_of_nothing(wanted: Wanted) -> bool {
    !matches!(wanted, Wanted::SomeAllow | Wanted::Verdict(Expectation::Allow))
}

fn ask(
    question: &Check,
    over: &OverNetwork,
    world: &World,
    group: &Group,
    role: &str,
) -> Result<Found, Vec<Entry>> {
    let path = &group.path;
    let plain = |exit, what: &str| {
        Ok(Found { exit, heading: heading(group, exit, what), entries: Vec::new(), notes: Vec::new() })
    };
    if path.way.id().is_some_and(|id| over.except_via.iter().any(|except| except == id)) {
        return plain(Exit::Holds, "nothing is claimed of this way");
    }
    if path.arrives == Truth::No {
        let exit = if holds_of_nothing(question.expect) { Exit::Holds } else { Exit::Fails };
        return plain(exit, "requests never arrive");
    }
    if path.way.network_path().is_none() {
        return plain(Exit::Undecided, "the way is not known");
    }
    let mut region = question.region.clone();
    region.actions.clone_from(&group.actions);
    region.principal.get_or_insert_with(|| role.to_owned());
    region.via = vec![path.way.endpoint().map_or("internet".to_owned(), str::to_owned)];
    state(&mut region, path, over);
    let claim = Claim {
        region: &region,
        wanted: question.expect,
        witnesses: question.witnesses,
        budget: question.budget,
    };
    let told = claim.over(&world.environment).map_err(|refused| refusals(&refused))?;
    let report = claim::over(&claim, &told, &world.library);
    // Whether they arrive matters to what is allowed, not to what is denied.
    let exit = match (path.arrives, report.exit) {
        (Truth::Open, Exit::Fails) if holds_of_nothing(question.expect) => Exit::Undecided,
        (Truth::Open, Exit::Holds) if !holds_of_nothing(question.expect) => Exit::Undecided,
        (_, exit) => exit,
    };
    let what = format!("{}: {}", report.conclusion.words(), report.headline);
    Ok(Found { exit, heading: heading(group, exit, &what), entries: report.entries, notes: report.notes })
}

/// What the way says of keys (S6.2), where the claim itself says nothing.
fn state(region: &mut RegionText, path: &Path, over: &OverNetwork) {
    let is_stated = |region: &RegionText, name: &str| {
        region.context.iter().any(|(key, _)| key.as_str().eq_ignore_ascii_case(name))
    };
    let one = |text: &str| KeyState::One(text.to_owned());
    let mut known = vec![("aws:SecureTransport", one("true"))];
    known.extend(over.region.as_deref().map(|region| ("aws:RequestedRegion", one(region))));
    let mut ranges = Vec::new();
    match (&path.way, path.range) {
        (Way::Gateway(_) | Way::Interface(_), Some(range)) => {
            ranges.push(format!("aws:VpcSourceIp in {range}"));
        }
        (Way::Nat(_, addresses), _) if !addresses.is_empty() => {
            let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
            ranges.push(format!("aws:SourceIp in {}", addresses.join(",")));
        }
        _ => {}
    }
    for (name, state) in known {
        if let (Some(key), false) = (ConditionKey::new(name), is_stated(region, name)) {
            region.context.push((key, state));
        }
    }
    // Ranges that were read once are written as they are read.
    region.constraints.extend(ranges.iter().filter_map(|text| Constraint::read(text).ok()));
}

fn heading(group: &Group, exit: Exit, what: &str) -> Entry {
    let level = match exit {
        Exit::Holds => Level::Allows,
        Exit::Fails | Exit::BadInput => Level::Denies,
        Exit::Undecided => Level::Warning,
    };
    let way = match (&group.path.way, group.path.way.id()) {
        (_, Some(id)) => format!("by {id}"),
        (Way::Nowhere, None) => "on no way".to_owned(),
        (_, None) => "on a way that is not known".to_owned(),
    };
    let from = words::list(&group.subnets, "and");
    let sentence = format!("from {from} to {} {way}: {what}", group.service);
    let why = group.path.why();
    let mut entry = Entry::new(level, sentence);
    entry.clause = Some(why.clause);
    if let Some(place) = &why.place {
        entry = entry.at(Place::primary(&place.source, place.span).saying(why.sentence.clone()));
    }
    entry
}

fn joined(question: &Check, deployed: &Deployed, found: Vec<Found>) -> Report {
    let exits = || found.iter().map(|found| found.exit);
    // Of a claim that something is possible, one way on which it is suffices.
    let is_some = question.expect == Wanted::SomeAllow;
    let exit = if is_some && exits().any(|exit| exit == Exit::Holds) {
        Exit::Holds
    } else if is_some && exits().any(|exit| exit == Exit::Undecided) {
        Exit::Undecided
    } else {
        exits().fold(Exit::Holds, Exit::and)
    };
    let conclusion = match exit {
        Exit::Holds => Conclusion::Proved,
        Exit::Fails | Exit::BadInput => Conclusion::Refuted,
        Exit::Undecided => Conclusion::Undecided,
    };
    let workload = &deployed.workload;
    let headline = format!(
        "{} on {} from the {} {}, in {}",
        words::list(&question.region.actions, "and"),
        words::list(&question.region.resources, "and"),
        workload.kind.as_str(),
        workload.name,
        words::count(workload.subnets.len(), "subnet"),
    );
    let mut whole = Report::new(Verb::Check, conclusion, headline, exit);
    for part in found {
        whole.entries.push(part.heading);
        whole.entries.extend(part.entries);
        for note in part.notes {
            if !whole.notes.contains(&note) {
                whole.notes.push(note);
            }
        }
    }
    whole
}
