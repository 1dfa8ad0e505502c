//! What is wrong with a request before any policy is looked at.

use super::{Contradiction, DuplicateKey};

/// A request that cannot be decided as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// The resource is neither `*` nor an ARN of six parts (S2.3.9).
    #[error("the resource `{0}` is neither `*` nor an ARN: `arn:partition:service:region:account:resource`")]
    Resource(String),
    /// A key is stated against what follows from the rest of the request (S5.1.2).
    #[error(transparent)]
    Contradiction(#[from] Contradiction),
    /// A key is stated twice (S3.2.3).
    #[error(transparent)]
    DuplicateKey(#[from] DuplicateKey),
}
