//! A question as a request with the policies that bind it.

use super::derive::Keys;
use super::layers::assumes;
use super::{AskError, Target, Unknown, Way, Who};
use crate::environment::Environment;
use polsim_arn::ActionName;
use polsim_eval::{Context, Contradiction, Derived, InputError, KeyState, Layers, Request};

/// A question to an environment.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Who asks: see [`Environment::who`].
    pub principal: &'a str,
    /// What is to be done.
    pub action: ActionName,
    /// To what: see [`Environment::target`].
    pub resource: &'a str,
    /// The account that owns it, when neither its ARN nor the environment tells.
    pub resource_account: Option<&'a str>,
    /// On which way: see [`Environment::way`]; left out, a key that names an endpoint tells.
    pub via: Option<&'a str>,
    /// The condition keys that are stated.
    pub context: Context,
}

/// A question ready for the evaluator.
#[derive(Clone, Debug)]
pub struct Bound<'e> {
    /// The request, completed.
    pub request: Request,
    /// The policies that bind it.
    pub layers: Layers,
    /// The keys that followed from the rest of the question, and were filled in.
    pub derived: Vec<Derived>,
    /// What decides and is not known.
    pub unknown: Vec<Unknown>,
    /// Who asks.
    pub who: Who<'e>,
    /// What is asked for.
    pub target: Target<'e>,
    /// On which way.
    pub way: Way<'e>,
}

impl Environment {
    /// Makes a question ready for the evaluator: finds the policies that bind it, and fills in the keys that follow.
    ///
    /// # Errors
    /// [`AskError`] when it names what does not exist, or contradicts itself.
    pub fn bind(&self, ask: &Ask<'_>) -> Result<Bound<'_>, AskError> {
        let who = self.who(ask.principal)?;
        let mut target = self.target(ask.resource)?;
        self.set_owner(&mut target, ask.resource_account)?;
        let way = match ask.via {
            Some(via) => self.way(via)?,
            None => self.way_of(&ask.context),
        };
        way.check(&ask.action)?;
        let layers = self.layers_for(&who, &ask.action, &target, &way)?;
        let (request, derived) = self.request(ask, &who, &target, &way)?;
        Ok(Bound {
            request,
            layers,
            derived,
            unknown: self.unknown(&ask.action, &who, &target, &way),
            who,
            target,
            way,
        })
    }

    fn set_owner(&self, target: &mut Target<'_>, stated: Option<&str>) -> Result<(), AskError> {
        match (&target.account, stated) {
            (_, None) => {}
            (None, Some(stated)) => target.account = Some(stated.to_owned()),
            (Some(known), Some(stated)) if known == stated => {}
            (Some(known), Some(stated)) => {
                return Err(AskError::OtherOwner {
                    resource: target.arn.clone(),
                    known: known.clone(),
                    stated: stated.to_owned(),
                });
            }
        }
        Ok(())
    }

    /// The way when only keys tell: the endpoint that they name (I3).
    fn way_of(&self, context: &Context) -> Way<'_> {
        match context.single("aws:SourceVpce") {
            None => Way::Unstated,
            Some(id) => self.endpoint(id).map_or(Way::Foreign, Way::Endpoint),
        }
    }

    fn request(
        &self,
        ask: &Ask<'_>,
        who: &Who<'_>,
        target: &Target<'_>,
        way: &Way<'_>,
    ) -> Result<(Request, Vec<Derived>), AskError> {
        let owner = target.account.as_deref().and_then(|account| self.account(account));
        let mut request = Request {
            principal: who.principal.clone(),
            action: ask.action.clone(),
            resource: target.arn.clone(),
            underlying_resource: target.underlying.clone(),
            access_point_vpc: target.access_point.and_then(|point| point.vpc.clone()),
            resource_account: target.account.clone(),
            resource_in_management_account: owner.is_some_and(|owner| owner.is_management),
            path: way.path(),
            context: ask.context.clone(),
        };
        let keys = Keys::of(self, who, target, way);
        let mut derived = fill(&mut request.context, keys.derived)?;
        derived.extend(request.complete()?);
        Ok((request, derived))
    }

    fn unknown(
        &self,
        action: &ActionName,
        who: &Who<'_>,
        target: &Target<'_>,
        way: &Way<'_>,
    ) -> Vec<Unknown> {
        let is_something = target.arn != "*";
        let is_assumed = assumes(action, target);
        let found = [
            (Unknown::PoliciesOfPrincipal, who.is_external()),
            (Unknown::OwnerOfResource, is_something && target.account.is_none()),
            (
                Unknown::PolicyOfResource,
                is_something && !is_assumed && target.resource.is_none() && target.role.is_none(),
            ),
            (Unknown::TrustOfRole, is_assumed && target.role.is_none()),
            (Unknown::PolicyOfEndpoint, matches!(way, Way::Foreign)),
        ];
        found.into_iter().filter_map(|(unknown, is)| is.then_some(unknown)).collect()
    }
}

/// Fills in what follows. What is derived as open is left to what the context says of keys that it does not state.
fn fill(context: &mut Context, derived: Vec<Derived>) -> Result<Vec<Derived>, InputError> {
    let mut added = Vec::new();
    for entry in derived {
        match (context.stated(&entry.key), &entry.state) {
            (_, KeyState::Open) | (Some(KeyState::Open), _) => {}
            (None, state) => {
                context.replace(entry.key.clone(), state.clone());
                added.push(entry);
            }
            (Some(stated), state) if stated.values() == state.values() => {}
            (Some(stated), _) => {
                let stated = stated.clone();
                return Err(Contradiction { derived: entry, stated }.into());
            }
        }
    }
    Ok(added)
}
