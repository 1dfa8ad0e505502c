//! Which policies bind a request (S4.3).

use super::{AskError, Target, Way, Who};
use crate::environment::Environment;
use polsim_arn::ActionName;
use polsim_eval::{Layers, PrincipalKind, ResourceKind};

impl Environment {
    /// The policies that bind an action of somebody on something, on some way.
    ///
    /// # Errors
    /// [`AskError::NoTrust`] when a role of the environment is to be assumed and nothing says who may.
    pub fn layers_for(
        &self,
        who: &Who<'_>,
        action: &ActionName,
        target: &Target<'_>,
        way: &Way<'_>,
    ) -> Result<Layers, AskError> {
        let mut layers = Layers {
            endpoint: way.endpoint().and_then(|endpoint| endpoint.policy),
            restrict_public_buckets: target.restricts_public_buckets(self),
            root_bucket_policy_escape: self.root_bucket_policy_escape,
            ..Layers::default()
        };
        self.add_principal(&mut layers, who);
        self.add_resource(&mut layers, action, target)?;
        Ok(layers)
    }

    fn add_principal(&self, layers: &mut Layers, who: &Who<'_>) {
        let account = who.principal.account().and_then(|account| self.account(account));
        layers.scps = account.and_then(|account| account.scps.clone());
        let Some(issuer) = who.issuer else { return };
        layers.identity.clone_from(&issuer.identity);
        layers.boundary = issuer.boundary.map(|boundary| vec![boundary]);
        // The session policies of a role are those that every session of it gets, unless the session says its own.
        let own = who.entry.and_then(|entry| entry.session.clone());
        let of_role = issuer.session.clone().filter(|_| who.principal.kind == PrincipalKind::RoleSession);
        layers.session = own.or(of_role);
    }

    fn add_resource(
        &self,
        layers: &mut Layers,
        action: &ActionName,
        target: &Target<'_>,
    ) -> Result<(), AskError> {
        let owner = target.account.as_deref().and_then(|account| self.account(account));
        layers.rcps = owner.and_then(|account| account.rcps.clone());
        layers.access_point = target.access_point.and_then(|point| point.policy);
        if assumes(action, target) {
            layers.resource_kind = ResourceKind::Trust;
            layers.resource = target.role.and_then(|role| role.trust);
            let is_ours = target.role.is_some() || owner.is_some_and(|owner| !owner.is_outside);
            if layers.resource.is_none() && is_ours {
                return Err(AskError::NoTrust(target.arn.clone()));
            }
        } else if let Some(resource) = target.resource {
            layers.resource = resource.policy;
            layers.resource_kind = resource.kind;
        }
        Ok(())
    }
}

/// Whether a role is to be assumed, so that its trust policy is the resource policy (S4.15.1).
pub(super) fn assumes(action: &ActionName, target: &Target<'_>) -> bool {
    polsim_eval::assumes_role(action, &target.arn)
}
