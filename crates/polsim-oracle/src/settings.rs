//! Service settings, switches and readings of one question.

use crate::Readings;

/// Everything that is neither policy nor request.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// S4.17.1: effective RestrictPublicBuckets of account, bucket and access point.
    pub bpa_restrict_public_buckets: bool,
    /// S4.12.3: root may read, write and delete its bucket's policy whatever that policy denies. Off by default.
    pub root_bucket_policy_escape: bool,
    /// A9: `NotPrincipal` with `Allow` is read as "everyone not listed" instead of being invalid. Off by default.
    pub legacy_notprincipal_allow: bool,
    /// A35: the services that RCPs are effective for (S4.10.3).
    pub rcp_services: RcpServices,
    /// The other ambiguities of S8.
    pub readings: Readings,
}

/// The services that RCPs are effective for (S4.10.3, A35).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RcpServices {
    /// Those with these prefixes.
    Listed(Vec<String>),
    /// All.
    Every,
}

impl Default for RcpServices {
    /// Every service that S4.10.3 names.
    fn default() -> Self {
        let names = [
            "s3",
            "sts",
            "kms",
            "sqs",
            "secretsmanager",
            "ecr",
            "aoss",
            "cognito-identity",
            "dynamodb",
            "logs",
        ];
        Self::Listed(names.into_iter().map(String::from).collect())
    }
}

impl RcpServices {
    /// Whether RCPs are effective for a service.
    pub(crate) fn contain(&self, service: &str) -> bool {
        match self {
            Self::Every => true,
            Self::Listed(names) => names.iter().any(|name| name == service),
        }
    }
}
