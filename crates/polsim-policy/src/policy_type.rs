//! The types of policy and what each permits (S1.11).

use std::fmt;
use std::str::FromStr;

/// Which kind of policy a document is; it decides the grammar and where the policy can hang.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyType {
    /// Attached to a user, group or role.
    Identity,
    /// A permissions boundary.
    Boundary,
    /// Passed when a session is made.
    Session,
    /// Attached to a resource: a bucket, queue, topic, …
    Resource,
    /// Who may assume a role.
    Trust,
    /// A KMS key policy.
    Kms,
    /// An S3 access point policy.
    AccessPoint,
    /// A VPC endpoint policy.
    Endpoint,
    /// A service control policy.
    Scp,
    /// A resource control policy written by a customer.
    Rcp,
}

impl PolicyType {
    /// All types.
    pub const ALL: [Self; 10] = [
        Self::Identity,
        Self::Boundary,
        Self::Session,
        Self::Resource,
        Self::Trust,
        Self::Kms,
        Self::AccessPoint,
        Self::Endpoint,
        Self::Scp,
        Self::Rcp,
    ];

    /// The name on the command line and in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::Resource => "resource",
            Self::Trust => "trust",
            Self::Kms => "kms",
            Self::AccessPoint => "accesspoint",
            Self::Endpoint => "endpoint",
            Self::Scp => "scp",
            Self::Rcp => "rcp",
        }
    }

    /// Whether its statements name a principal.
    #[must_use]
    pub fn has_principal(self) -> bool {
        matches!(
            self,
            Self::Resource | Self::Trust | Self::Kms | Self::AccessPoint | Self::Endpoint | Self::Rcp
        )
    }

    /// Whether IAM stores it, which limits its characters (S1.1.2).
    #[must_use]
    pub fn is_stored_by_iam(self) -> bool {
        matches!(self, Self::Identity | Self::Boundary | Self::Session | Self::Trust)
    }
}

impl fmt::Display for PolicyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no type of authorization policy (S1.11.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a type of authorization policy")]
pub struct UnknownPolicyType;

impl FromStr for PolicyType {
    type Err = UnknownPolicyType;

    fn from_str(text: &str) -> Result<Self, UnknownPolicyType> {
        Self::ALL.into_iter().find(|policy_type| policy_type.as_str() == text).ok_or(UnknownPolicyType)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s1_11_5_other_kinds_of_policy_are_unknown() {
        assert_eq!("declarative".parse::<PolicyType>(), Err(UnknownPolicyType));
        for policy_type in PolicyType::ALL {
            assert_eq!(policy_type.as_str().parse(), Ok(policy_type));
        }
    }
}
