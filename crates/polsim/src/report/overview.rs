//! An environment as a picture is drawn from it: callers, levels of the organization, endpoints, resources.

use crate::environment::World;
use polsim_env::Environment;
use polsim_eval::PolicyId;
use polsim_report::from::words::list;
use polsim_report::review::{Overview, OverviewColumn, OverviewItem};

/// The picture.
pub(super) fn overview(world: &World, path: &str) -> Overview {
    let environment = &world.environment;
    let columns = [
        ("Callers", principals(environment)),
        ("Organization", levels(environment)),
        ("Endpoints", endpoints(environment)),
        ("Resources", resources(environment)),
    ];
    let columns = columns.into_iter().filter(|(_, items)| !items.is_empty());
    Overview {
        path: path.to_owned(),
        columns: columns.map(|(title, items)| OverviewColumn { title: title.to_owned(), items }).collect(),
    }
}

/// A policy with what it counts as.
fn named(environment: &Environment, role: &str, id: PolicyId) -> Option<String> {
    Some(format!("{role} {}", environment.policy(id)?.name))
}

fn principals(environment: &Environment) -> Vec<OverviewItem> {
    let item = |principal: &polsim_env::environment::Principal| {
        let identity = principal.identity.iter().map(|id| ("identity", *id));
        let boundary = principal.boundary.iter().map(|id| ("boundary", *id));
        let session = principal.session.iter().flatten().map(|id| ("session", *id));
        let trust = principal.trust.iter().map(|id| ("trust", *id));
        let all = identity.chain(boundary).chain(session).chain(trust);
        OverviewItem {
            name: principal.name.clone(),
            detail: principal.arn.clone(),
            policies: all.filter_map(|(role, id)| named(environment, role, id)).collect(),
        }
    };
    environment.principals().iter().map(item).collect()
}

/// The levels above accounts, each once, with the accounts below it.
fn levels(environment: &Environment) -> Vec<OverviewItem> {
    struct Level {
        name: String,
        accounts: Vec<String>,
        policies: Vec<String>,
    }
    let mut levels: Vec<Level> = Vec::new();
    for (id, account) in environment.accounts() {
        let scps = account.scp_levels.iter().zip(account.scps.iter().flatten()).map(|level| ("SCP", level));
        let rcps = account.rcp_levels.iter().zip(account.rcps.iter().flatten()).map(|level| ("RCP", level));
        for (role, (name, policies)) in scps.chain(rcps) {
            let at = levels.iter().position(|level| level.name == *name).unwrap_or_else(|| {
                levels.push(Level { name: name.clone(), accounts: Vec::new(), policies: Vec::new() });
                levels.len() - 1
            });
            let Some(level) = levels.get_mut(at) else { continue };
            if !level.accounts.iter().any(|known| known == id) {
                level.accounts.push(id.to_owned());
            }
            for policy in policies.iter().filter_map(|policy| named(environment, role, *policy)) {
                if !level.policies.contains(&policy) {
                    level.policies.push(policy);
                }
            }
        }
    }
    let item = |level: Level| OverviewItem {
        detail: format!("above {}", list(&level.accounts, "and")),
        name: level.name,
        policies: level.policies,
    };
    levels.into_iter().map(item).collect()
}

fn endpoints(environment: &Environment) -> Vec<OverviewItem> {
    let item = |endpoint: &polsim_env::environment::Endpoint| OverviewItem {
        name: endpoint.name.clone(),
        detail: format!("{} for {} in {}", endpoint.id, endpoint.service, endpoint.vpc),
        policies: match endpoint.policy {
            Some(id) => named(environment, "policy", id).into_iter().collect(),
            // S4.11.1
            None => vec!["AWS’s own policy, which allows everything".to_owned()],
        },
    };
    environment.endpoints().iter().map(item).collect()
}

fn resources(environment: &Environment) -> Vec<OverviewItem> {
    let mut items = Vec::new();
    for resource in environment.resources() {
        items.push(OverviewItem {
            name: resource.name.clone(),
            detail: resource.arn.clone(),
            policies: resource.policy.and_then(|id| named(environment, "policy", id)).into_iter().collect(),
        });
        items.extend(resource.access_points.iter().map(|point| OverviewItem {
            name: format!("{}, an access point of {}", point.name, resource.name),
            detail: point.arn.clone(),
            policies: point.policy.and_then(|id| named(environment, "policy", id)).into_iter().collect(),
        }));
    }
    items
}
