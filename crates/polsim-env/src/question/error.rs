//! What is wrong with a question.

use crate::schema::EndpointKind;
use polsim_eval::InputError;
use std::fmt;

/// A question that cannot be answered as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Neither a name of the file nor an ARN.
    #[error("`{text}` is neither {what} of the environment nor {else_}{}", DidYouMean(near.as_deref()))]
    NoSuch {
        /// What was asked for.
        text: String,
        /// What it should be.
        what: &'static str,
        /// What else it may be.
        else_: &'static str,
        /// The name that is spelt most like it.
        near: Option<String>,
    },
    /// An account of the environment, but a principal that it does not describe.
    #[error(
        "account {account} is of the environment, and `{arn}` is not among its principals{}",
        DidYouMean(near.as_deref())
    )]
    UnknownPrincipal {
        /// The ARN.
        arn: String,
        /// Its account.
        account: String,
        /// The name of the principal that is spelt most like it.
        near: Option<String>,
    },
    /// A role is to be assumed, and nothing says who may.
    #[error("the environment does not say who may assume `{0}`: its `trust` policy is missing")]
    NoTrust(String),
    /// A gateway was asked for and is an interface, or the other way round.
    #[error("the endpoint `{name}` is {}", kind_name(*kind))]
    OtherKind {
        /// The name.
        name: String,
        /// What it is.
        kind: EndpointKind,
    },
    /// A request to one service through a gateway to another.
    #[error("requests to `{asked}` do not pass the endpoint `{endpoint}`, which leads to `{service}`")]
    OtherService {
        /// The endpoint.
        endpoint: String,
        /// Where it leads.
        service: String,
        /// The service that is asked.
        asked: String,
    },
    /// The account is stated otherwise than the environment or the ARN says.
    #[error("`{resource}` belongs to account {known}, and {stated} is stated")]
    OtherOwner {
        /// The resource.
        resource: String,
        /// The account that owns it.
        known: String,
        /// The account that is stated.
        stated: String,
    },
    /// `internet:` without an address.
    #[error("`{0}` is no IP address")]
    NoAddress(String),
    /// The request contradicts itself or what the environment says.
    #[error(transparent)]
    Input(#[from] InputError),
}

struct DidYouMean<'a>(Option<&'a str>);

impl fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(near) => write!(f, " (did you mean `{near}`?)"),
            None => Ok(()),
        }
    }
}

fn kind_name(kind: EndpointKind) -> &'static str {
    match kind {
        EndpointKind::Gateway => "a gateway",
        EndpointKind::Interface => "an interface",
    }
}
