//! What files say: who exists and what is attached to what, as far as each file goes.
//!
//! These types have no opinion. A list of attached policies may name one that no file has, an account may have a
//! parent that nobody describes; [`merge`](super::merge()) finds that out.

use super::FoundPolicy;
use crate::hang::Place;
use crate::schema::EndpointKind;
use polsim_policy::PolicyType;
use std::sync::Arc;

/// A value with the place that tells it.
#[derive(Clone, Debug)]
pub struct Told<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub place: Place,
}

/// Everything that files say.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The organization.
    pub organization: OrganizationFacts,
    /// Accounts.
    pub accounts: Vec<AccountFact>,
    /// Users and roles.
    pub principals: Vec<PrincipalFact>,
    /// Groups of users.
    pub groups: Vec<GroupFact>,
    /// What is said of users, roles and groups by name alone.
    pub named: Vec<NamedFact>,
    /// Managed policies of IAM with the text that is in force.
    pub managed: Vec<ManagedPolicyFact>,
    /// Resources.
    pub resources: Vec<ResourceFact>,
    /// VPC endpoints.
    pub endpoints: Vec<EndpointFact>,
}

/// What files say about the organization.
#[derive(Clone, Debug, Default)]
pub struct OrganizationFacts {
    /// Its id.
    pub id: Option<Told<String>>,
    /// The account that manages it.
    pub management: Option<Told<String>>,
    /// The root and the organizational units.
    pub units: Vec<UnitFact>,
    /// Its policies.
    pub policies: Vec<OrganizationPolicyFact>,
    /// What hangs where.
    pub attachments: Vec<Attachment>,
    /// Policies that hang on something that is known only later.
    pub unplaced: Vec<Told<String>>,
}

/// The root or an organizational unit.
#[derive(Clone, Debug)]
pub struct UnitFact {
    /// Its id, `r-…` or `ou-…`.
    pub id: Told<String>,
    /// Its name.
    pub name: Option<String>,
    /// The id of what it is in, when the file says it.
    pub parent: Option<Told<String>>,
}

/// A policy of an organization.
#[derive(Clone, Debug)]
pub struct OrganizationPolicyFact {
    /// Its id, `p-…`.
    pub id: Told<String>,
    /// Service control policy or resource control policy.
    pub policy_type: PolicyType,
    /// Its text, when the file has it.
    pub text: Option<Arc<FoundPolicy>>,
}

/// A policy of an organization hangs on the root, a unit or an account.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The id of the policy.
    pub policy: Told<String>,
    /// The type of the policy, when the file says it.
    pub policy_type: Option<PolicyType>,
    /// The id of what it hangs on.
    pub target: Told<String>,
}

/// An account.
#[derive(Clone, Debug)]
pub struct AccountFact {
    /// Its id.
    pub id: Told<String>,
    /// The id of the root or unit that it is in, when the file says it.
    pub parent: Option<Told<String>>,
}

/// A user or a role.
#[derive(Clone, Debug)]
pub struct PrincipalFact {
    /// Its ARN.
    pub arn: Told<String>,
    /// The policies that are written on it; `None` when the file does not tell them.
    pub inline: Option<Vec<Arc<FoundPolicy>>>,
    /// The ARNs of the managed policies; `None` when the file does not tell them.
    pub attached: Option<Vec<Told<String>>>,
    /// The names of its groups; `None` when the file does not tell them.
    pub groups: Option<Vec<Told<String>>>,
    /// Whether the file would tell a boundary if there were one.
    pub tells_boundary: bool,
    /// The ARN of its boundary.
    pub boundary: Option<Told<String>>,
    /// Who may assume it.
    pub trust: Option<Arc<FoundPolicy>>,
    /// Its unique id.
    pub unique_id: Option<Told<String>>,
    /// Its tags.
    pub tags: Vec<(Told<String>, Told<String>)>,
}

/// A group of users.
#[derive(Clone, Debug)]
pub struct GroupFact {
    /// Its ARN.
    pub arn: Told<String>,
    /// The policies that are written on it; `None` when the file does not tell them.
    pub inline: Option<Vec<Arc<FoundPolicy>>>,
    /// The ARNs of the managed policies; `None` when the file does not tell them.
    pub attached: Option<Vec<Told<String>>>,
}

/// What the output of a command says of a user, role or group whose ARN it does not repeat.
#[derive(Clone, Debug)]
pub struct NamedFact {
    /// Which of them.
    pub kind: IamKind,
    /// Its name.
    pub name: Told<String>,
    /// Policies that are written on it.
    pub inline: Vec<(Told<String>, Arc<FoundPolicy>)>,
    /// The names of all policies that are written on it, when the output lists them.
    pub inline_names: Option<Vec<Told<String>>>,
    /// The ARNs of its managed policies, when the output lists them.
    pub attached: Option<Vec<Told<String>>>,
    /// The names of its groups, when the output lists them.
    pub groups: Option<Vec<Told<String>>>,
}

/// What IAM keeps policies of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IamKind {
    /// A user.
    User,
    /// A role.
    Role,
    /// A group of users.
    Group,
}

/// A managed policy of IAM.
#[derive(Clone, Debug)]
pub struct ManagedPolicyFact {
    /// Its ARN.
    pub arn: Told<String>,
    /// The text of its default version.
    pub text: Arc<FoundPolicy>,
}

/// A resource.
#[derive(Clone, Debug)]
pub struct ResourceFact {
    /// Its ARN.
    pub arn: Told<String>,
    /// The account that owns it, when the ARN does not tell and the file does.
    pub account: Option<Told<String>>,
    /// Its policy.
    pub policy: Option<Arc<FoundPolicy>>,
    /// Whether S3's RestrictPublicBuckets is on.
    pub restrict_public_buckets: Option<bool>,
}

/// A VPC endpoint.
#[derive(Clone, Debug)]
pub struct EndpointFact {
    /// Its id.
    pub id: Told<String>,
    /// Gateway or interface.
    pub kind: EndpointKind,
    /// The full name of the service, `com.amazonaws.eu-west-1.s3`.
    pub service: Told<String>,
    /// Its VPC.
    pub vpc: Told<String>,
    /// Its policy; `None` is AWS's own.
    pub policy: Option<Arc<FoundPolicy>>,
}

impl<T> Told<T> {
    /// A value with its place.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

impl Facts {
    /// Whether nothing is told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.organization.id.is_none()
            && self.organization.units.is_empty()
            && self.organization.policies.is_empty()
            && self.organization.attachments.is_empty()
            && self.accounts.is_empty()
            && self.principals.is_empty()
            && self.groups.is_empty()
            && self.named.is_empty()
            && self.managed.is_empty()
            && self.resources.is_empty()
            && self.endpoints.is_empty()
    }

    /// Adds the facts of another file.
    pub fn append(&mut self, other: Self) {
        let OrganizationFacts { id, management, units, policies, attachments, unplaced } = other.organization;
        let own = &mut self.organization;
        own.id = own.id.take().or(id);
        own.management = own.management.take().or(management);
        own.units.extend(units);
        own.policies.extend(policies);
        own.attachments.extend(attachments);
        own.unplaced.extend(unplaced);
        self.accounts.extend(other.accounts);
        self.principals.extend(other.principals);
        self.groups.extend(other.groups);
        self.named.extend(other.named);
        self.managed.extend(other.managed);
        self.resources.extend(other.resources);
        self.endpoints.extend(other.endpoints);
    }
}

impl IamKind {
    /// How the ARNs of such begin behind the account.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::User => "user/",
            Self::Role => "role/",
            Self::Group => "group/",
        }
    }
}
