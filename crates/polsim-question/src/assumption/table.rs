//! The table of assumptions: every fact about real requests that a proof may use, and which are switched on.

use super::fact::{Fact, Standing};
use super::ground::Ground;
use super::reference::Reference;
use super::seen::Seen;
use super::{clock, endpoint, forms, organization, presence, principal, resource, service, tags};
use polsim_eval::{Formula, Request};
use std::fmt;

/// A fact about real requests that no policy states (S5.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Assumption {
    /// Every request carries the keys that S5.3 lists as always present.
    AlwaysPresent,
    /// S5.3: global keys hold values of their type.
    KeyTypes,
    /// S2.6: principal and resource are in one partition, so that the question is not whether AWS is left.
    OnePartition,
    /// I1: the keys of VPC endpoints come together.
    EndpointKeysTogether,
    /// I2: a request through a VPC endpoint carries no `aws:SourceIp`; every other one does.
    SourceIpUnlessEndpoint,
    /// I3: what the keys of an endpoint look like.
    OfEndpoint,
    /// I3: how long the ids of endpoints and VPCs are.
    EndpointIds,
    /// I4: calls of services on somebody's behalf.
    CalledVia,
    /// I5: calls of services in their own name.
    ServicePrincipals,
    /// I6: for whom a service calls.
    SourceOfService,
    /// I7: what the ARN of the principal tells.
    PrincipalArn,
    /// I8: paths begin with the id of the organization.
    OrganizationPaths,
    /// I9: what temporary credentials carry.
    TemporaryCredentials,
    /// I10: there is one clock.
    OneClock,
    /// I11: the account in the ARN of the resource owns it.
    ResourceAccount,
    /// I12: the keys of the tags that are passed.
    TagKeys,
    /// I13: credentials of instances.
    InstanceCredentials,
    /// I14: what a request that is not signed carries.
    Unsigned,
    /// I15: ids of VPCs are unique in a region only.
    VpcIds,
    /// I16: gateway endpoints serve their own region.
    GatewayRegion,
    /// S2.3.9: actions have resources of certain types.
    ResourceForms,
    /// S5.4: actions carry certain keys of their service.
    ActionKeys,
}

impl Assumption {
    /// All assumptions, in the order in which a counterexample is held against them.
    pub const ALL: [Self; 22] = [
        Self::AlwaysPresent,
        Self::KeyTypes,
        Self::OnePartition,
        Self::EndpointKeysTogether,
        Self::SourceIpUnlessEndpoint,
        Self::OfEndpoint,
        Self::EndpointIds,
        Self::CalledVia,
        Self::ServicePrincipals,
        Self::SourceOfService,
        Self::PrincipalArn,
        Self::OrganizationPaths,
        Self::TemporaryCredentials,
        Self::OneClock,
        Self::ResourceAccount,
        Self::TagKeys,
        Self::InstanceCredentials,
        Self::Unsigned,
        Self::VpcIds,
        Self::GatewayRegion,
        Self::ResourceForms,
        Self::ActionKeys,
    ];

    fn fact(self) -> &'static Fact {
        match self {
            Self::AlwaysPresent => &presence::ALWAYS,
            Self::KeyTypes => &presence::TYPES,
            Self::OnePartition => &resource::ONE_PARTITION,
            Self::EndpointKeysTogether => &endpoint::I1,
            Self::SourceIpUnlessEndpoint => &endpoint::I2,
            Self::OfEndpoint => &endpoint::I3,
            Self::EndpointIds => &endpoint::IDS,
            Self::CalledVia => &service::I4,
            Self::ServicePrincipals => &service::I5,
            Self::SourceOfService => &service::I6,
            Self::PrincipalArn => &principal::I7,
            Self::OrganizationPaths => &organization::I8,
            Self::TemporaryCredentials => &principal::I9,
            Self::OneClock => &clock::I10,
            Self::ResourceAccount => &resource::I11,
            Self::TagKeys => &tags::I12,
            Self::InstanceCredentials => &principal::I13,
            Self::Unsigned => &principal::I14,
            Self::VpcIds => &endpoint::I15,
            Self::GatewayRegion => &endpoint::I16,
            Self::ResourceForms => &forms::RESOURCE_FORMS,
            Self::ActionKeys => &forms::ACTION_KEYS,
        }
    }

    /// The name in answers and on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.fact().id
    }

    /// The assumption of a name, in any letter case.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|assumption| assumption.id().eq_ignore_ascii_case(id))
    }

    /// What it says.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.fact().meaning
    }

    /// The clause of the semantics that it stands in.
    #[must_use]
    pub fn clause(self) -> &'static str {
        self.fact().clause
    }

    /// What it does not say, and why it stands as it does.
    #[must_use]
    pub fn limits(self) -> &'static str {
        self.fact().limits
    }

    /// Whether proofs use it.
    #[must_use]
    pub fn standing(self) -> Standing {
        self.fact().standing
    }

    /// Whether a request is as the fact says, as far as can be told from the keys that it states.
    #[must_use]
    pub fn holds(self, request: &Request, reference: Option<&dyn Reference>) -> bool {
        (self.fact().holds)(&Seen { request, reference })
    }

    /// What the fact says of the requests of a situation, in view of one that is not so.
    #[must_use]
    pub fn clauses(self, ground: &Ground<'_>, request: &Request) -> Vec<Formula> {
        (self.fact().clauses)(ground, &Seen { request, reference: ground.reference })
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id(), self.meaning())
    }
}

/// The assumptions that a proof may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumptions(u32);

impl Default for Assumptions {
    /// Those that are on unless they are switched off.
    fn default() -> Self {
        let on = Assumption::ALL.into_iter().filter(|assumption| assumption.standing() == Standing::On);
        on.fold(Self::none(), Self::with)
    }
}

impl Assumptions {
    /// None of them.
    #[must_use]
    pub fn none() -> Self {
        Self(0)
    }

    /// The same, with one switched on. What is built in or not used is not switched.
    #[must_use]
    pub fn with(self, assumption: Assumption) -> Self {
        match assumption.standing() {
            Standing::On | Standing::Off => Self(self.0 | 1 << assumption as u32),
            Standing::BuiltIn | Standing::Unused => self,
        }
    }

    /// The same, with one switched off.
    #[must_use]
    pub fn without(self, assumption: Assumption) -> Self {
        Self(self.0 & !(1 << assumption as u32))
    }

    /// Those that a request is as.
    #[must_use]
    pub fn holding(self, request: &Request, reference: Option<&dyn Reference>) -> Self {
        let broken = self.iter().filter(|assumption| !assumption.holds(request, reference));
        broken.fold(self, Self::without)
    }

    /// Whether one is on.
    #[must_use]
    pub fn contains(self, assumption: Assumption) -> bool {
        self.0 >> (assumption as u32) & 1 == 1
    }

    /// Those that are on.
    pub fn iter(self) -> impl Iterator<Item = Assumption> {
        Assumption::ALL.into_iter().filter(move |assumption| self.contains(*assumption))
    }
}
