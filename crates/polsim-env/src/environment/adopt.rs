//! Endpoints that something else than the environment's files describes: what is deployed.

use super::{Endpoint, Environment};
use crate::hang::{Hang, HungPolicy};
use polsim_policy::Policy;
use polsim_text::Embedded;

impl Environment {
    /// Adds an endpoint, with its policy and the text that this was read from. An endpoint whose id the environment knows
    /// stays as it is; says whether it was added.
    pub fn adopt_endpoint(&mut self, mut endpoint: Endpoint, policy: Option<(Embedded, Policy)>) -> bool {
        if self.endpoint(&endpoint.id).is_some() {
            return false;
        }
        if let Some((text, policy)) = policy {
            endpoint.policy = Some(self.model.add(&policy));
            self.policies.push(HungPolicy {
                name: text.text().name().to_owned(),
                policy,
                hangs_on: vec![Hang::Endpoint(endpoint.name.clone())],
                text,
            });
        }
        self.endpoints.push(endpoint);
        true
    }
}
