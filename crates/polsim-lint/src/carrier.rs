//! The kinds of resource that carry a resource policy, where a rule needs to know.

use polsim_policy::Quota;
use std::fmt;
use std::str::FromStr;

/// What a resource policy hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Carrier {
    /// An S3 bucket.
    Bucket,
    /// An S3 access point.
    AccessPoint,
    /// An S3 multi-Region access point.
    MultiRegionAccessPoint,
    /// An SQS queue.
    Queue,
    /// An SNS topic.
    Topic,
    /// A KMS key.
    Key,
    /// A secret of Secrets Manager.
    Secret,
    /// A Lambda function.
    Function,
    /// A repository of ECR.
    Repository,
    /// A table of DynamoDB.
    Table,
}

impl Carrier {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Bucket,
        Self::AccessPoint,
        Self::MultiRegionAccessPoint,
        Self::Queue,
        Self::Topic,
        Self::Key,
        Self::Secret,
        Self::Function,
        Self::Repository,
        Self::Table,
    ];

    /// The word on the command line and in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bucket => "s3-bucket",
            Self::AccessPoint => "s3-access-point",
            Self::MultiRegionAccessPoint => "s3-mrap",
            Self::Queue => "sqs-queue",
            Self::Topic => "sns-topic",
            Self::Key => "kms-key",
            Self::Secret => "secretsmanager-secret",
            Self::Function => "lambda-function",
            Self::Repository => "ecr-repository",
            Self::Table => "dynamodb-table",
        }
    }

    /// The quota on the length of its policy, as far as it is known.
    #[must_use]
    pub fn quota(self) -> Option<Quota> {
        match self {
            Self::Bucket => Some(Quota::Bucket),
            Self::AccessPoint => Some(Quota::AccessPoint),
            Self::Key => Some(Quota::Kms),
            _ => None,
        }
    }

    /// The service that it is a resource of.
    #[must_use]
    pub fn service(self) -> &'static str {
        match self {
            Self::Bucket | Self::AccessPoint | Self::MultiRegionAccessPoint => "s3",
            Self::Queue => "sqs",
            Self::Topic => "sns",
            Self::Key => "kms",
            Self::Secret => "secretsmanager",
            Self::Function => "lambda",
            Self::Repository => "ecr",
            Self::Table => "dynamodb",
        }
    }
}

impl fmt::Display for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no kind of resource that carries policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of resource that carries a policy")]
pub struct UnknownCarrier;

impl FromStr for Carrier {
    type Err = UnknownCarrier;

    fn from_str(text: &str) -> Result<Self, UnknownCarrier> {
        Self::ALL.into_iter().find(|carrier| carrier.as_str() == text).ok_or(UnknownCarrier)
    }
}
