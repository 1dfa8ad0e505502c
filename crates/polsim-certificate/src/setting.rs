//! The situations that the requests of a question can be in, worked out from the question alone.
//!
//! Actions and resources differ in law at a few landmarks only, which the law itself names (`Situation`). One example of
//! each cell between them tells the law for the cell.

use crate::circuit::Coordinate;
use crate::goal::{Place, Setting};
use crate::home::Homes;
use crate::lemma::base;
use crate::universe::examples;
use crate::words::is_empty;
use polsim_arn::{ActionName, ArnPattern, Pattern, TextSet};
use polsim_eval::{Accounts, Chain, Principal, PrincipalKind, Request, Situation, has_public_policy};
use polsim_question::question::{PrincipalRegion, Question, Scope};

/// Some actions and resources that are alike to the law, and their situation.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) setting: Setting,
    /// Which actions and resources.
    pub(crate) place: Place,
    /// An action and a resource of it, for people.
    pub(crate) example: String,
}

/// All cells of all situations that the region meets; `None` when the region is too large to follow.
pub(crate) fn cells(question: &Question<'_>) -> Option<Vec<Cell>> {
    let mut cells = Vec::new();
    for kind in question.kinds() {
        for path in question.paths() {
            if let Scope::Alone(layers) = question.scope {
                let chains = question.sides().map(|_| Chain::of_layers(layers, path)).collect();
                let homes = Homes::new(question, kind, Accounts::Cross);
                let accounts = Accounts::Cross;
                let setting = Setting { kind, accounts, is_elsewhere: false, path, chains, homes };
                cells.push(Cell {
                    setting,
                    place: (None, None),
                    example: "all actions and resources".to_owned(),
                });
                continue;
            }
            for (accounts, is_elsewhere) in wheres(question, kind) {
                let homes = Homes::new(question, kind, accounts);
                let grid = grid(question, kind, accounts, is_elsewhere)?;
                for (request, place) in grid {
                    let request = Request { path, ..request };
                    let chains = question.sides().map(|layers| {
                        let is_public = has_public_policy(question.model, layers);
                        Chain::of(&Situation::of(&request, layers, is_public))
                    });
                    let (chains, homes) = (chains.collect(), homes.clone());
                    let example = format!("`{}` on `{}`", request.action, request.resource);
                    let setting = Setting { kind, accounts, is_elsewhere, path, chains, homes };
                    cells.push(Cell { setting, place, example });
                }
            }
        }
    }
    Some(cells)
}

/// Whose the resource can be, and whether in another partition.
fn wheres(question: &Question<'_>, kind: PrincipalKind) -> Vec<(Accounts, bool)> {
    let own = match &question.region.principal {
        PrincipalRegion::One(principal) => principal.account(),
        _ => None,
    };
    let accounts = match (kind.is_bound_by_scps(), own, question.region.resource_account.as_deref()) {
        // Whoever has no account has no resources of its own.
        (false, ..) => vec![Accounts::Cross],
        (true, Some(own), Some(owner)) if own == owner => vec![Accounts::Same],
        (true, Some(_), Some(_)) => vec![Accounts::Cross],
        (true, ..) => vec![Accounts::Same, Accounts::Cross],
    };
    let has_partition = match &question.region.principal {
        PrincipalRegion::One(principal) => principal.partition().is_some(),
        _ => kind.is_bound_by_scps() || matches!(kind, PrincipalKind::Saml | PrincipalKind::Oidc),
    };
    let places: &[bool] = if has_partition { &[false, true] } else { &[false] };
    places.iter().flat_map(|place| accounts.iter().map(|accounts| (*accounts, *place))).collect()
}

/// One request of each cell that the region meets, with the cell.
fn grid(
    question: &Question<'_>,
    kind: PrincipalKind,
    accounts: Accounts,
    is_elsewhere: bool,
) -> Option<Vec<(Request, Place)>> {
    let principal = match &question.region.principal {
        PrincipalRegion::One(principal) => (**principal).clone(),
        _ => example(kind),
    };
    let own = principal.account().map(str::to_owned);
    let other = ["444455556666", "111122223333"].into_iter().find(|other| Some(*other) != own.as_deref());
    let owner = if accounts == Accounts::Same { own } else { other.map(str::to_owned) };
    let partition = principal.partition().unwrap_or("aws");
    let elsewhere = if partition == "aws" { "aws-cn" } else { "aws" };
    let partition = if is_elsewhere { elsewhere } else { partition };
    let resources = met(question, kind, Coordinate::Resource, resources(partition))?;
    let actions = met(question, kind, Coordinate::Action, actions())?;
    let mut grid = Vec::new();
    for (resource, where_) in &resources {
        for (action, which) in &actions {
            let action = ActionName::parse(action).ok()?;
            let request = Request {
                resource: resource.clone(),
                resource_account: owner.clone(),
                ..Request::of(principal.clone(), action)
            };
            grid.push((request, (Some(which.clone()), Some(where_.clone()))));
        }
    }
    Some(grid)
}

/// A principal of a kind; of a kind that may be in a partition, one that is.
fn example(kind: PrincipalKind) -> Principal {
    let provider = match kind {
        PrincipalKind::Saml => "saml-provider",
        PrincipalKind::Oidc => "oidc-provider",
        _ => {
            let [one, _] = examples(kind);
            return one;
        }
    };
    Principal::new(kind, Some(&format!("arn:aws:iam::111122223333:{provider}/example")))
}

/// The cells that the region meets.
fn met(
    question: &Question<'_>,
    kind: PrincipalKind,
    coordinate: Coordinate,
    cells: Vec<(String, TextSet)>,
) -> Option<Vec<(String, TextSet)>> {
    let base = base(question, kind, coordinate);
    let mut met = Vec::new();
    for (example, set) in cells {
        if !is_empty(&base.and(&set))? {
            met.push((example, set));
        }
    }
    Some(met)
}

/// Actions that are alike to the law, each set with an example: the landmarks, the rest of their services, all others.
fn actions() -> Vec<(String, TextSet)> {
    let mut landmarks: Vec<&str> = Situation::landmark_actions().collect();
    landmarks.sort_unstable();
    landmarks.dedup();
    let mut services: Vec<&str> = Situation::landmark_services().collect();
    services.sort_unstable();
    services.dedup();
    let all: Vec<TextSet> = landmarks.iter().map(|action| TextSet::only(action)).collect();
    let of_landmarks = all.iter().fold(TextSet::none(), |any, set| any.or(set));
    let mut named = of_landmarks.clone();
    let mut cells: Vec<(String, TextSet)> = landmarks.iter().map(|a| (*a).to_owned()).zip(all).collect();
    for service in services {
        let whole = TextSet::from(Pattern::wildcard(&format!("{service}:*")));
        cells.push((format!("{service}:Example"), whole.and(&of_landmarks.not())));
        named = named.or(&whole);
    }
    cells.push(("example:Example".to_owned(), named.not()));
    cells
}

/// Resources that are alike to the law.
fn resources(partition: &str) -> Vec<(String, TextSet)> {
    let mut cells = Vec::new();
    let mut named = TextSet::none();
    for (service, kind) in Situation::landmark_resources() {
        let Some(pattern) = ArnPattern::parse(&format!("arn:*:{service}:*:*:{kind}*")) else { continue };
        let set = TextSet::from(pattern);
        named = named.or(&set);
        cells.push((format!("arn:{partition}:{service}:us-east-1:444455556666:{kind}example"), set));
    }
    cells.push((format!("arn:{partition}:example:us-east-1:444455556666:example"), named.not()));
    cells
}
