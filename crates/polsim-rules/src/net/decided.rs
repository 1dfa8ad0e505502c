//! What happens to a request of the role of a workload.

use polsim_arn::ActionName;
use polsim_env::question::Ask;
use polsim_eval::{Context, Decision, KeyState, Request, decide};
use polsim_lint::{Example, Site, SiteExample};
use polsim_network::{Path, Way};
use polsim_policy::ConditionKey;

/// The network that is sound.
const SOUND: &str = include_str!("sound.json");

/// A network that is sound but for some members.
pub(super) const fn sound_but(changes: &'static str) -> Example {
    Example::site(SiteExample::new(SOUND, changes))
}

/// A request of the role of a workload on a way, and the decision; `None` where the input does not tell.
pub(super) fn decided(site: &Site, via: &str, action: &str, resource: &str) -> Option<(Request, Decision)> {
    let environment = site.environment.as_ref()?;
    let (role, _) = site.workload.role.as_ref()?;
    let mut context = Context::default();
    context.replace(ConditionKey::new("aws:SecureTransport")?, KeyState::One("true".to_owned()));
    let ask = Ask {
        principal: role,
        action: ActionName::parse(action).ok()?,
        resource,
        resource_account: None,
        via: Some(via),
        context,
    };
    let bound = environment.bind(&ask).ok()?;
    // What nobody describes is not judged.
    if !bound.unknown.is_empty() {
        return None;
    }
    let decision = decide(environment.model(), &bound.layers, &bound.request, environment.readings())?;
    Some((bound.request, decision))
}

/// A way as environments call it; `None` when it is not known.
pub(super) fn via(path: &Path) -> Option<String> {
    match (&path.way, path.way.endpoint()) {
        (_, Some(endpoint)) => Some(endpoint.to_owned()),
        (Way::Nat(_, addresses), None) => match addresses.as_slice() {
            [only] => Some(format!("internet:{only}")),
            _ => Some("none".to_owned()),
        },
        _ => None,
    }
}
