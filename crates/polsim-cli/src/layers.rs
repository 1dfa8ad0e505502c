//! Policies that count together, as several verbs take them.

use crate::args::origin;
use clap::Args;
use polsim::{Origin, PolicyType, Role};

#[derive(Debug, Args)]
#[command(next_help_heading = "Policies together")]
pub(crate) struct LayerArguments {
    /// An identity policy
    #[arg(long, value_name = "FILE", value_parser = origin)]
    identity: Vec<Origin>,
    /// The permissions boundary
    #[arg(long, value_name = "FILE", value_parser = origin)]
    boundary: Option<Origin>,
    /// A session policy
    #[arg(long, value_name = "FILE", value_parser = origin)]
    session: Vec<Origin>,
    /// A service control policy; each is a level of its own, the root's first
    #[arg(long, value_name = "FILE", value_parser = origin)]
    scp: Vec<Origin>,
    /// A resource control policy; each is a level of its own, the root's first
    #[arg(long, value_name = "FILE", value_parser = origin)]
    rcp: Vec<Origin>,
    /// The policy of the VPC endpoint that the request passes
    #[arg(long, value_name = "FILE", value_parser = origin)]
    endpoint: Option<Origin>,
    /// The policy of the resource
    #[arg(long, value_name = "FILE", value_parser = origin)]
    resource_policy: Option<Origin>,
}

impl LayerArguments {
    /// All policies: one that is given by itself, and those that count together.
    pub(crate) fn beside(
        &self,
        itself: Option<&Origin>,
        policy_type: Option<PolicyType>,
    ) -> Vec<(Origin, Role)> {
        let mut policies: Vec<(Origin, Role)> = Vec::new();
        policies.extend(itself.map(|origin| (origin.clone(), Role::Itself(policy_type))));
        let mut together = |origins: &[Origin], policy_type| {
            policies.extend(origins.iter().map(|origin| (origin.clone(), Role::Together(policy_type))));
        };
        together(&self.identity, PolicyType::Identity);
        together(self.boundary.as_slice(), PolicyType::Boundary);
        together(&self.session, PolicyType::Session);
        together(&self.scp, PolicyType::Scp);
        together(&self.rcp, PolicyType::Rcp);
        together(self.endpoint.as_slice(), PolicyType::Endpoint);
        together(self.resource_policy.as_slice(), PolicyType::Resource);
        policies
    }
}
