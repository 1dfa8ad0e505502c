//! A principal that the environment describes.

use polsim_arn::Arn;
use polsim_eval::{PolicyId, PrincipalKind};

/// A principal that the environment describes.
#[derive(Clone, Debug)]
pub struct Principal {
    /// Its name in the file.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// The account that is told by the ARN; empty for providers of identities.
    pub account: String,
    /// What it is.
    pub role: Role,
    /// The identity policies, those of its groups included.
    pub identity: Vec<PolicyId>,
    /// The permissions boundary.
    pub boundary: Option<PolicyId>,
    /// The session policies that are passed for its sessions; `None` when none are (S4.8.7).
    pub session: Option<Vec<PolicyId>>,
    /// Who may assume the role.
    pub trust: Option<PolicyId>,
    /// The place of the role or user that it has its permissions from, in [`Environment::principals`](super::Environment::principals).
    pub issuer: Option<usize>,
    /// The unique id, when it is known.
    pub unique_id: Option<String>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

/// What a principal of an environment is. Unlike the kind of who makes a request, this knows roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// An IAM user.
    User,
    /// A role, which makes requests through its sessions only (S4.5.1).
    Role,
    /// A role that only an AWS service can use (S4.12.4).
    ServiceLinkedRole,
    /// One session of a role.
    Session,
    /// A federated user.
    FederatedUser,
    /// The root user of an account.
    Root,
    /// A provider of identities.
    Provider,
}

impl Role {
    /// What the ARN of a principal says that it is; `None` when it is the ARN of no principal.
    pub(crate) fn of(arn: &str) -> Option<Self> {
        let principal = polsim_eval::Principal::read(arn)?;
        let is_role = principal.issuer_arn.is_some();
        Some(match principal.kind {
            PrincipalKind::User => Self::User,
            PrincipalKind::RoleSession if !is_role => Self::Session,
            PrincipalKind::RoleSession if principal.is_service_linked => Self::ServiceLinkedRole,
            PrincipalKind::RoleSession => Self::Role,
            PrincipalKind::FederatedUser => Self::FederatedUser,
            PrincipalKind::Root => Self::Root,
            PrincipalKind::Saml | PrincipalKind::Oidc => Self::Provider,
            PrincipalKind::Service | PrincipalKind::Anonymous => return None,
        })
    }

    /// The words for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "a user",
            Self::Role => "a role",
            Self::ServiceLinkedRole => "a service-linked role",
            Self::Session => "a session of a role",
            Self::FederatedUser => "a federated user",
            Self::Root => "the root user",
            Self::Provider => "a provider of identities",
        }
    }
}

impl Principal {
    /// Whether this is the role that the ARN of a session tells: same partition and account, and the last part of its
    /// name, because the ARN of a session leaves out the path (S2.4.4). Names of roles are unique in an account.
    pub(crate) fn is_role_of(&self, session: &Arn<'_>) -> bool {
        let is_role = matches!(self.role, Role::Role | Role::ServiceLinkedRole);
        let Some(own) = Arn::parse(&self.arn).filter(|_| is_role) else {
            return false;
        };
        let name = session.resource.strip_prefix("assumed-role/").and_then(|rest| rest.split('/').next());
        session.service == "sts"
            && (own.partition, own.account) == (session.partition, session.account)
            && own.resource.rsplit('/').next() == name
    }
}
