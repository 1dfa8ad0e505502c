//! Facts about real requests that no policy states (S5.5). A proof uses them only where it needs them, and lists them.

use crate::coordinate::{Coordinate, PARTITIONS};
use crate::goal::{Atom, Atoms, Goal};
use crate::keys::ALWAYS_PRESENT;
use crate::world::World;
use polsim_arn::{Arn, Pattern, TextSet};
use polsim_eval::{
    Attribute, Formula, KeyId, KeyState, NetworkPath, PrincipalKind, Quantifier, Request, Test, Unstated,
    Variable,
};
use polsim_policy::ConditionKey;
use std::fmt;

/// A fact about real requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Assumption {
    /// Every request carries the keys that S5.3 lists as always present.
    AlwaysPresent,
    /// I1: the keys of VPC endpoints come together.
    EndpointKeysTogether,
    /// I2: a request through a VPC endpoint carries no `aws:SourceIp`; every other one does.
    SourceIpUnlessEndpoint,
    /// S2.6: principal and resource are in one partition, so that the question is not whether AWS is left.
    OnePartition,
}

const ENDPOINT_KEYS: [&str; 3] = ["aws:sourcevpce", "aws:sourcevpc", "aws:vpcsourceip"];
const SOURCE_IP: &str = "aws:sourceip";

impl Assumption {
    /// All assumptions.
    pub const ALL: [Self; 3] =
        [Self::AlwaysPresent, Self::EndpointKeysTogether, Self::SourceIpUnlessEndpoint];

    /// The name in answers and on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::AlwaysPresent => "always-present",
            Self::EndpointKeysTogether => "I1",
            Self::SourceIpUnlessEndpoint => "I2",
            Self::OnePartition => "one-partition",
        }
    }

    /// What it says.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::AlwaysPresent => {
                "every request carries aws:CurrentTime, aws:EpochTime, aws:SecureTransport, aws:RequestedRegion, \
                 aws:UserAgent and aws:ViaAWSService"
            }
            Self::EndpointKeysTogether => {
                "aws:SourceVpce, aws:SourceVpc and aws:VpcSourceIp are carried by exactly the requests that pass a VPC \
                 endpoint"
            }
            Self::SourceIpUnlessEndpoint => {
                "aws:SourceIp is carried by exactly the requests that pass no VPC endpoint"
            }
            Self::OnePartition => "principal and resource are in the same partition of AWS",
        }
    }

    /// Whether a request is not as the fact says.
    #[must_use]
    pub fn is_violated_by(self, request: &Request) -> bool {
        let state =
            |name: &str| ConditionKey::new(name).and_then(|key| request.context.stated(&key).cloned());
        let is_there = |name: &str| match state(name) {
            Some(KeyState::One(value)) => Some(!value.is_empty()),
            Some(KeyState::List(values)) => Some(values.iter().any(|value| !value.is_empty())),
            Some(KeyState::Absent) => Some(false),
            Some(KeyState::Open) => None,
            None => (request.context.unstated == Unstated::Absent).then_some(false),
        };
        match self {
            // Keys that no policy looks at are not stated, and do not matter.
            Self::AlwaysPresent => {
                ALWAYS_PRESENT.iter().any(|name| state(name).is_some() && is_there(name) == Some(false))
            }
            Self::EndpointKeysTogether => {
                let known = ENDPOINT_KEYS.iter().filter(|name| state(name).is_some());
                let through = request.path != NetworkPath::Direct;
                known.into_iter().any(|name| is_there(name) == Some(!through))
            }
            Self::SourceIpUnlessEndpoint => {
                let through = request.path != NetworkPath::Direct;
                state(SOURCE_IP).is_some() && is_there(SOURCE_IP) == Some(through)
            }
            Self::OnePartition => {
                let resource = Arn::parse(&request.resource).map(|arn| arn.partition);
                let principal = request.principal.partition();
                let is_known = |partition: &&str| PARTITIONS.contains(partition);
                // The prover looks at partitions that there are.
                resource.is_some_and(|resource| principal.is_some_and(|principal| principal != resource))
                    || !principal.iter().chain(&resource).all(is_known)
            }
        }
    }

    /// The fact as a goal, over the keys that the model knows. `path` is the way of the request.
    pub(crate) fn goal(self, world: &World<'_>, path: NetworkPath, atoms: &mut Atoms) -> Goal {
        let keys = world.facts.model.keys();
        let mut present = |name: &str, holds: bool| match keys.find(name) {
            Some(key) if !world.facts.known.contains_key(&key) => is_present(key, holds, atoms),
            _ => Goal::Always,
        };
        let through = path != NetworkPath::Direct;
        match self {
            Self::AlwaysPresent => Goal::all(ALWAYS_PRESENT.map(|name| present(name, true))),
            Self::EndpointKeysTogether => Goal::all(ENDPOINT_KEYS.map(|name| present(name, through))),
            Self::SourceIpUnlessEndpoint => present(SOURCE_IP, !through),
            Self::OnePartition => one_partition(world, atoms),
        }
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id(), self.meaning())
    }
}

/// That principal and resource are in one partition; `*` is in all.
fn one_partition(world: &World<'_>, atoms: &mut Atoms) -> Goal {
    let is = |variable, patterns: Vec<Pattern>| Formula::test(Test::text(variable, TextSet::union(patterns)));
    let arns = |partition: &str| Pattern::wildcard(&format!("arn:{partition}:*"));
    let resource = |partition| is(Variable::Resource, vec![Pattern::exact("*"), arns(partition)]);
    let principal = match world.facts.kind {
        kind if kind.is_bound_by_scps() => Attribute::Arn,
        PrincipalKind::Saml | PrincipalKind::Oidc => Attribute::Name,
        _ => return Goal::Always,
    };
    let variable = Variable::Principal(principal);
    let ways =
        PARTITIONS.map(|partition| Formula::all([is(variable, vec![arns(partition)]), resource(partition)]));
    // A provider may be known by a name that is no ARN.
    let nameless = Formula::all([
        is(variable, vec![Pattern::wildcard("arn:*")]).negated(),
        Formula::any(PARTITIONS.map(resource)),
    ]);
    world.goal(&Formula::any(ways.into_iter().chain([nameless])), true, atoms)
}

/// That a key is there with a value; an empty string is none, so that A7 has no say in it.
fn is_present(key: KeyId, holds: bool, atoms: &mut Atoms) -> Goal {
    let test =
        Test { quantifier: Quantifier::Any, ..Test::text(Variable::Key(key), TextSet::only("").not()) };
    Goal::Atom(atoms.number(Atom { coordinate: Coordinate::Key(key), test }), holds)
}
