//! What is asked and what is answered (S4.1, S7.2, S7.3).

use crate::{Context, Settings};
use polsim_policy::Policy;

/// One question.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The policies that are in force.
    pub policies: Policies,
    /// The request.
    pub request: Request,
    /// Service settings, switches and readings.
    pub settings: Settings,
}

/// The policies that bind a request (S4.1.2).
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// User's and groups' policies, or the role's.
    pub identity: Vec<Policy>,
    /// The permissions boundary; `None` when there is none. An empty list is a boundary that allows nothing.
    pub boundary: Option<Vec<Policy>>,
    /// Session policies; `None` when none were passed, an empty list when passed and allowing nothing (S4.8.7).
    pub session: Option<Vec<Policy>>,
    /// SCPs by level, root first; `None` outside an organization (S4.9.10).
    pub scp: Option<Vec<Vec<Policy>>>,
    /// RCPs by level, without `RCPFullAWSAccess`, which every level contains by itself (S4.10.2).
    pub rcp: Option<Vec<Vec<Policy>>>,
    /// The resource policy, trust policy or key policy.
    pub resource: Option<Policy>,
    /// What `resource` is.
    pub resource_kind: ResourceKind,
    /// The access point's policy (S4.17.6).
    pub accesspoint: Option<Policy>,
    /// The endpoint's policy; `None` is the default policy, full access (S4.11.1).
    pub endpoint: Option<Policy>,
}

/// What the resource policy hangs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResourceKind {
    /// An ordinary resource.
    #[default]
    Resource,
    /// A role: the policy is its trust policy (S4.15).
    Trust,
    /// A KMS key (S4.16).
    Kms,
}

/// A request: one action on one resource (S4.1.1).
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Who asks.
    pub principal: Principal,
    /// The concrete action (S2.2.6).
    pub action: String,
    /// The resource ARN, or `*` (S2.3.9). For an access point request the access point's ARN (S2.3.10).
    pub resource: String,
    /// The account that owns the resource (S4.1.3).
    pub resource_account: String,
    /// The keys that are not derived (S7.3).
    pub context: Context,
    /// The kind of VPC endpoint that the request traverses, if any.
    pub via_endpoint: Option<EndpointKind>,
    /// Whether the resource's account is the management account (S4.10.4).
    pub resource_mgmt: bool,
    /// The bucket or object behind an access point (S7.5).
    pub underlying_resource: Option<String>,
    /// The VPC that an access point with network origin VPC is bound to, when known (S4.17.6).
    pub accesspoint_vpc: Option<String>,
}

/// The kind of a VPC endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointKind {
    /// A gateway endpoint.
    Gateway,
    /// An interface endpoint.
    Interface,
}

/// Who asks (S2.4).
#[derive(Clone, Debug, Default)]
pub struct Principal {
    /// The kind.
    pub kind: PrincipalKind,
    /// The ARN; for a service its name, for a SAML or OIDC caller the provider.
    pub arn: Option<String>,
    /// The account.
    pub account: Option<String>,
    /// The role of a role session, with its path (S2.4.4).
    pub role_arn: Option<String>,
    /// The user who issued a federated user's session.
    pub user_arn: Option<String>,
    /// `AIDA…` of a user, `AROA…` or `AROA…:session-name` of a role session (S2.4.6).
    pub unique_id: Option<String>,
    /// The S3 canonical user id of the principal's account (S2.4.7).
    pub canonical_id: Option<String>,
    /// Whether the account is the management account (S4.9.6).
    pub mgmt: bool,
    /// Whether the role is service-linked (S4.12.4).
    pub slr: bool,
}

/// The kinds of principal that make requests (S2.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrincipalKind {
    /// An IAM user, also with a `GetSessionToken` session.
    User,
    /// A session of a role.
    RoleSession,
    /// A `GetFederationToken` session.
    FederatedUser,
    /// The root user of an account.
    Root,
    /// An AWS service.
    Service,
    /// The unsigned caller of `AssumeRoleWithSAML`.
    Saml,
    /// The unsigned caller of `AssumeRoleWithWebIdentity`.
    Oidc,
    /// Nobody in particular.
    #[default]
    Anonymous,
}

/// The three verdicts (S0.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Allowed.
    Allowed,
    /// Some Deny applies.
    ExplicitlyDenied,
    /// Something that must allow does not.
    ImplicitlyDenied,
}

impl Verdict {
    /// The word of S0.2.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "Allowed",
            Self::ExplicitlyDenied => "ExplicitlyDenied",
            Self::ImplicitlyDenied => "ImplicitlyDenied",
        }
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The verdict.
    pub verdict: Verdict,
    /// The primary cause of a denial (S4.20.2, S4.20.3): `partition`, `rcp0`, `scp1`, `vpce`, `resource`,
    /// `accesspoint`, `identity`, `boundary`, `session`, `s3-bpa`. `None` when allowed.
    pub primary: Option<String>,
}
