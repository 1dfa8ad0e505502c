//! What is wrong with an input: kinds with stable codes and places.

use polsim_env::Place;
use polsim_text::json::JsonErrorKind;

/// Something wrong with an input.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{kind}")]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// Where.
    pub place: Place,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The text is not JSON.
    #[error("this is not JSON: {0}")]
    Json(JsonErrorKind),
    /// A member is of the wrong kind.
    #[error("`{member}` should be {expected}, and is {found}")]
    WrongKind {
        /// The member.
        member: String,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A member is missing.
    #[error("{what} lacks `{member}`")]
    Missing {
        /// What lacks it.
        what: &'static str,
        /// The member.
        member: &'static str,
    },
    /// An address or a range of addresses cannot be read.
    #[error("`{0}` is no range of addresses")]
    NoNetwork(String),
    /// A number is out of range.
    #[error("`{0}` is not a number that can stand here")]
    NoNumber(String),
    /// One thing is described twice, in different ways.
    #[error("`{0}` is described twice, and not in the same way")]
    Twice(String),
    /// Entries of a prefix list that is not named.
    #[error("these are entries of a prefix list, and nothing says of which one")]
    WhichPrefixList,
    /// A model that is in no VPC.
    #[error("there is no `VpcConfig`: what is described here is not in a VPC")]
    NoVpcConfig,
    /// A request or description of a model was expected, and there is something else.
    #[error("this is neither a request that creates a model or a job of SageMaker, nor a description of one")]
    NoModel,
}

impl ProblemKind {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Json(_) => "NWK001",
            Self::WrongKind { .. } => "NWK002",
            Self::Missing { .. } => "NWK003",
            Self::NoNetwork(_) => "NWK004",
            Self::NoNumber(_) => "NWK005",
            Self::Twice(_) => "NWK006",
            Self::WhichPrefixList => "NWK007",
            Self::NoVpcConfig => "NWK008",
            Self::NoModel => "NWK009",
        }
    }

    /// How to mend it.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Json(_) => Some("the files are what the AWS CLI prints with `--output json`"),
            Self::WrongKind { .. } | Self::Missing { .. } => {
                Some("the files are what the AWS CLI prints, without `--query`")
            }
            Self::Twice(_) => Some("keep the outputs of one moment in the folder"),
            Self::WhichPrefixList => Some(
                "call the file like the list, such as `pl-1a2b3c4d.json`, or put `PrefixListId` beside `Entries`",
            ),
            Self::NoVpcConfig => Some("give the request or description of a model with `VpcConfig`"),
            Self::NoModel => {
                Some("give the JSON of `aws sagemaker describe-model`, or the request of `create-model`")
            }
            Self::NoNetwork(_) | Self::NoNumber(_) => None,
        }
    }
}
