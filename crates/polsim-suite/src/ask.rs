//! One concrete request of a case.

use polsim_arn::ActionName;
use polsim_claim::Refusal;
use polsim_env::Environment;
use polsim_env::question::{Ask, Bound};
use polsim_eval::{Context, KeyState, Unstated};
use polsim_policy::ConditionKey;

/// One request, as people write it.
#[derive(Clone, Debug, PartialEq)]
pub struct Requested {
    /// Who asks.
    pub principal: String,
    /// What is to be done.
    pub action: String,
    /// To what.
    pub resource: String,
    /// On which way.
    pub via: Option<String>,
    /// The account that owns the resource.
    pub resource_account: Option<String>,
    /// The condition keys that are stated.
    pub context: Vec<(ConditionKey, KeyState)>,
    /// Whether keys that are not stated are absent; else they are open.
    pub closed: bool,
}

impl Requested {
    /// The request with the policies that bind it.
    pub(crate) fn bind<'e>(&self, environment: &'e Environment) -> Result<Bound<'e>, Refusal> {
        let action = ActionName::parse(&self.action).map_err(|error| {
            let sentence = format!("`{}` is not the action of a request: {error}", self.action);
            Refusal::new("INP011", sentence).with_help("write one action; `for all` takes wildcards")
        })?;
        let mut context = Context::new(if self.closed { Unstated::Absent } else { Unstated::Open });
        for (key, state) in &self.context {
            let stated = context.state(key.clone(), state.clone());
            stated.map_err(|error| Refusal::new("INP020", error.to_string()))?;
        }
        let ask = Ask {
            principal: &self.principal,
            action,
            resource: &self.resource,
            resource_account: self.resource_account.as_deref(),
            via: self.via.as_deref(),
            context,
        };
        environment.bind(&ask).map_err(|error| Refusal::new("INP021", error.to_string()))
    }
}
