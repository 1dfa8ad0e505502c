//! How long a policy may be (S1.12).
//!
//! A quota counts the stored text, not what it means. Only who attaches the policy knows which quota applies, so a
//! text that is too long makes a policy unlawful only when the caller names the quota (S1.12.5).

use crate::{PolicyType, Problem, ProblemKind};
use polsim_text::Span;
use std::fmt;
use std::str::FromStr;

/// A quota of AWS on the length of policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quota {
    /// A managed policy, also when it serves as a boundary.
    Managed,
    /// All inline policies of a user together.
    InlineUser,
    /// All inline policies of a group together.
    InlineGroup,
    /// All inline policies of a role together.
    InlineRole,
    /// The trust policy of a role; AWS raises it to 4,096 on request.
    Trust,
    /// The session policies of one call, with the ARNs of managed ones.
    Session,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
    /// A VPC endpoint policy.
    Endpoint,
    /// A bucket policy.
    Bucket,
    /// A policy of an S3 access point.
    AccessPoint,
    /// A KMS key policy.
    Kms,
}

impl Quota {
    /// All quotas.
    pub const ALL: [Self; 12] = [
        Self::Managed,
        Self::InlineUser,
        Self::InlineGroup,
        Self::InlineRole,
        Self::Trust,
        Self::Session,
        Self::Scp,
        Self::Rcp,
        Self::Endpoint,
        Self::Bucket,
        Self::AccessPoint,
        Self::Kms,
    ];

    /// The name on the command line and in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Managed => "managed",
            Self::InlineUser => "inline-user",
            Self::InlineGroup => "inline-group",
            Self::InlineRole => "inline-role",
            Self::Trust => "trust",
            Self::Session => "session",
            Self::Scp => "scp",
            Self::Rcp => "rcp",
            Self::Endpoint => "endpoint",
            Self::Bucket => "bucket",
            Self::AccessPoint => "accesspoint",
            Self::Kms => "kms",
        }
    }

    /// The quota that a policy of this type probably has to keep. A resource policy could hang on anything.
    #[must_use]
    pub fn probable(policy_type: PolicyType) -> Option<Self> {
        match policy_type {
            PolicyType::Identity | PolicyType::Boundary => Some(Self::Managed),
            PolicyType::Session => Some(Self::Session),
            PolicyType::Resource => None,
            PolicyType::Trust => Some(Self::Trust),
            PolicyType::Kms => Some(Self::Kms),
            PolicyType::AccessPoint => Some(Self::AccessPoint),
            PolicyType::Endpoint => Some(Self::Endpoint),
            PolicyType::Scp => Some(Self::Scp),
            PolicyType::Rcp => Some(Self::Rcp),
        }
    }

    /// The most that the text may measure.
    #[must_use]
    pub fn limit(self) -> usize {
        match self {
            Self::Managed => 6_144,
            Self::InlineUser | Self::Trust | Self::Session => 2_048,
            Self::InlineGroup | Self::Scp | Self::Rcp => 5_120,
            Self::InlineRole => 10_240,
            Self::Endpoint | Self::Bucket | Self::AccessPoint => 20_480,
            Self::Kms => 32_768,
        }
    }

    /// What is counted.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Managed | Self::InlineUser | Self::InlineGroup | Self::InlineRole | Self::Trust => {
                "characters without white space"
            }
            Self::Session | Self::Scp | Self::Rcp | Self::Endpoint => "characters with white space",
            Self::Bucket | Self::AccessPoint | Self::Kms => "bytes",
        }
    }

    /// What the text counts towards the quota. The quotas on several policies together take the sum.
    #[must_use]
    pub fn measure(self, text: &str) -> usize {
        match self {
            Self::Managed | Self::InlineUser | Self::InlineGroup | Self::InlineRole | Self::Trust => {
                text.chars().filter(|character| !matches!(character, ' ' | '\t' | '\r' | '\n')).count()
            }
            Self::Session | Self::Scp | Self::Rcp | Self::Endpoint => text.chars().count(),
            Self::Bucket | Self::AccessPoint | Self::Kms => text.len(),
        }
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Managed => "a managed policy",
            Self::InlineUser => "the inline policies of a user",
            Self::InlineGroup => "the inline policies of a group",
            Self::InlineRole => "the inline policies of a role",
            Self::Trust => "a trust policy",
            Self::Session => "the session policies of a call",
            Self::Scp => "a service control policy",
            Self::Rcp => "a resource control policy",
            Self::Endpoint => "an endpoint policy",
            Self::Bucket => "a bucket policy",
            Self::AccessPoint => "an access point policy",
            Self::Kms => "a key policy",
        })
    }
}

/// The text names no quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a quota on the length of policies")]
pub struct UnknownQuota;

impl FromStr for Quota {
    type Err = UnknownQuota;

    fn from_str(text: &str) -> Result<Self, UnknownQuota> {
        Self::ALL.into_iter().find(|quota| quota.as_str() == text).ok_or(UnknownQuota)
    }
}

/// Holds a stored text against the quota that applies to it; the problem is [`Invalid`](crate::Severity::Invalid).
#[must_use]
pub fn check_size(text: &str, quota: Quota) -> Option<Problem> {
    let size = quota.measure(text);
    (size > quota.limit())
        .then(|| Problem::new(ProblemKind::TooLong { quota, size }, Span::new(0, text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    #[test]
    fn s1_12_1_white_space_is_blank_tab_return_and_line_feed() {
        assert_eq!(Quota::Managed.measure("a b\tc\r\nd\u{a0}ł"), 6);
        assert_eq!(Quota::Scp.measure("a b\tł"), 5);
        assert_eq!(Quota::Bucket.measure("a ł"), 4);
    }

    fn is_too_long(quota: Quota, size: usize) -> bool {
        let blanks = if quota.measure(" ") == 0 { "   " } else { "" };
        check_size(&format!("{}{blanks}", "a".repeat(size)), quota).is_some()
    }

    #[test]
    fn s1_12_2_to_4_each_quota_holds_to_the_character() {
        for (quota, limit) in [
            (Quota::Managed, 6_144),
            (Quota::InlineUser, 2_048),
            (Quota::InlineGroup, 5_120),
            (Quota::InlineRole, 10_240),
            (Quota::Trust, 2_048),
            (Quota::Session, 2_048),
            (Quota::Scp, 5_120),
            (Quota::Rcp, 5_120),
            (Quota::Endpoint, 20_480),
            (Quota::Bucket, 20_480),
            (Quota::AccessPoint, 20_480),
            (Quota::Kms, 32_768),
        ] {
            assert!(!is_too_long(quota, limit), "{quota}");
            assert!(is_too_long(quota, limit + 1), "{quota}");
        }
    }

    #[test]
    fn s1_12_5_a_named_quota_makes_the_policy_unlawful() {
        let problem = check_size(&"a".repeat(5_121), Quota::Scp).unwrap();
        assert_eq!(
            (problem.severity(), problem.code(), problem.clause()),
            (Severity::Invalid, "SIZ001", "S1.12.3")
        );
        let message =
            "the policy has 5121 characters with white space, and a service control policy may have 5120";
        assert_eq!(problem.to_string(), message);
    }

    #[test]
    fn names_read_back() {
        for quota in Quota::ALL {
            assert_eq!(quota.as_str().parse(), Ok(quota));
        }
        assert_eq!("queue".parse::<Quota>(), Err(UnknownQuota));
    }
}
