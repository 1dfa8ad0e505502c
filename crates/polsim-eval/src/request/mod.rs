//! A request: who asks for what, on which way, with which context (S4.1.1).

mod bind;
mod check;
mod context;
mod derive;
mod principal;

pub use bind::{BoundRequest, Resource};
pub use check::InputError;
pub use context::{Context, DuplicateKey, KeyState, Unstated};
pub use derive::{Contradiction, Derived};
pub(crate) use principal::pathless_role;
pub use principal::{Principal, PrincipalKind};

use polsim_arn::ActionName;

/// A request to AWS.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks.
    pub principal: Principal,
    /// What is to be done.
    pub action: ActionName,
    /// To what: an ARN, or `*` for actions without a resource (S2.3.9).
    pub resource: String,
    /// The bucket or object behind an access point (S2.3.10).
    pub underlying_resource: Option<String>,
    /// The VPC that the access point belongs to, when it takes requests from one only (S4.17.6).
    pub access_point_vpc: Option<String>,
    /// The account that owns the resource; `None` when unknown, which counts as the principal's own.
    pub resource_account: Option<String>,
    /// Whether the resource is in the management account of its organization (S4.10.4).
    pub resource_in_management_account: bool,
    /// The way that it takes.
    pub path: NetworkPath,
    /// The condition keys.
    pub context: Context,
}

impl Request {
    /// A request of which nothing but principal and action is said: on `*`, with an open context.
    #[must_use]
    pub fn of(principal: Principal, action: ActionName) -> Self {
        Self {
            principal,
            action,
            resource: "*".to_owned(),
            underlying_resource: None,
            access_point_vpc: None,
            resource_account: None,
            resource_in_management_account: false,
            path: NetworkPath::default(),
            context: Context::new(Unstated::Open),
        }
    }
}

/// The way of a request as far as policies see it (S4.11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NetworkPath {
    /// Not through a VPC endpoint.
    #[default]
    Direct,
    /// Through a gateway endpoint.
    Gateway,
    /// Through an interface endpoint.
    Interface,
}
