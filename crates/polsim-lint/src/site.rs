//! A network with what runs in it and the policies that count there, as a rule looks at it.
//!
//! A newcomer would doubt that a rule says nothing where the input says nothing: what is unknown is no finding, and
//! `polsim reach` tells what is unknown.

use polsim_env::Environment;
use polsim_network::topology::{Endpoint, Subnet};
use polsim_network::{Destination, Network, Path, Workload};
use polsim_policy::{Policy, PolicyType, Severity};
use polsim_text::{Embedded, Limits};
use std::collections::BTreeMap;

/// A network with what runs in it and the policies that count there.
#[derive(Clone, Debug)]
pub struct Site {
    /// The network.
    pub network: Network,
    /// What runs in it.
    pub workload: Workload,
    /// Who exists, and which policies bind whom; with the endpoints of the network.
    pub environment: Option<Environment>,
    /// How many instances there are to be.
    pub instances: Option<u64>,
    policies: BTreeMap<String, (Embedded, Policy)>,
}

impl Site {
    /// A site. Endpoints that the environment does not describe are added to it; a policy that AWS would refuse is none.
    #[must_use]
    pub fn new(
        network: Network,
        workload: Workload,
        mut environment: Option<Environment>,
        limits: &Limits,
    ) -> Self {
        let mut policies = BTreeMap::new();
        for endpoint in network.endpoints.items() {
            let policy = policy_of(endpoint, limits);
            if let (Some(environment), Some(adopted)) = (&mut environment, endpoint.adopted()) {
                environment.adopt_endpoint(adopted, policy.clone());
            }
            policies.extend(policy.map(|policy| (endpoint.id.clone(), policy)));
        }
        let instances = workload.instances;
        Self { network, workload, environment, instances, policies }
    }

    /// The policy of an endpoint of the network, with the text that it stands in.
    #[must_use]
    pub fn policy_of(&self, endpoint: &str) -> Option<(&Embedded, &Policy)> {
        self.policies.get(endpoint).map(|(text, policy)| (text, policy))
    }

    /// The subnets of the workload that are described.
    pub fn subnets(&self) -> impl Iterator<Item = &Subnet> {
        self.workload.subnets.iter().filter_map(|(id, _)| self.network.subnets.find(id).ok())
    }

    /// The ids of the security groups of the workload.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        self.workload.groups.iter().map(|(id, _)| id.clone()).collect()
    }

    /// The ways from all subnets of the workload to a service of their Region.
    #[must_use]
    pub fn paths(&self, service: &str) -> Vec<Path> {
        let (groups, to) = (self.groups(), Destination::service(service));
        self.workload.subnets.iter().map(|(subnet, _)| self.network.path(subnet, &groups, &to)).collect()
    }

    /// The VPC of the workload.
    #[must_use]
    pub fn vpc(&self) -> Option<&str> {
        self.subnets().next().map(|subnet| subnet.vpc.as_str())
    }

    /// The Region of the workload.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.subnets().find_map(|subnet| subnet.region.as_deref())
    }
}

fn policy_of(endpoint: &Endpoint, limits: &Limits) -> Option<(Embedded, Policy)> {
    let (text, place) = endpoint.policy.as_ref()?;
    let text =
        Embedded::whole(place.source.clone()).string(&format!("policy of {}", endpoint.id), place.span, text);
    let parsed = polsim_policy::parse(text.text(), PolicyType::Endpoint, limits);
    let is_lawful = parsed.problems.iter().all(|problem| problem.severity() != Severity::Invalid);
    let policy = parsed.single().filter(|_| is_lawful)?.clone();
    Some((text, policy))
}
