//! An account, with the levels of its organization.

use polsim_eval::PolicyId;

/// An account.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Whether it is in the organization of the environment.
    pub in_organization: bool,
    /// Whether the file says that it is outside of the organization: who lives there is not described.
    pub is_outside: bool,
    /// Whether it is the management account (S4.9.6, S4.10.4).
    pub is_management: bool,
    /// The service control policies by level, root first; `None` when no level names any (S4.9.10).
    pub scps: Option<Vec<Vec<PolicyId>>>,
    /// What the levels of `scps` are called.
    pub scp_levels: Vec<String>,
    /// The resource control policies by level; `None` when no level names any.
    pub rcps: Option<Vec<Vec<PolicyId>>>,
    /// What the levels of `rcps` are called.
    pub rcp_levels: Vec<String>,
    /// What `aws:PrincipalOrgPaths` holds, when the ids of all levels are known.
    pub organization_path: Option<String>,
    /// The canonical id that S3 knows it by.
    pub canonical_id: Option<String>,
    /// Whether RestrictPublicBuckets is on for the whole account (S4.17.1).
    pub restrict_public_buckets: bool,
}
