//! Principals and groups of users.

use super::record::record;
use super::{Named, Placed, PolicyRef};

record! {
    /// Somebody who makes requests: a user, a role, one session of a role, a federated user, a root user.
    pub struct Principal {
        /// The ARN; it tells the kind of the principal and its account
        "arn" => arn: Placed<String>,
        /// The identity policies of a user or a role
        "identity" => identity: Option<Placed<Vec<PolicyRef>>>,
        /// The groups that a user is in
        "groups" => groups: Option<Placed<Vec<Placed<String>>>>,
        /// The permissions boundary of a user or a role
        "boundary" => boundary: Option<Placed<PolicyRef>>,
        /// The session policies that are passed for its sessions; an empty list allows nothing
        "session" => session: Option<Placed<Vec<PolicyRef>>>,
        /// The trust policy of a role: who may assume it
        "trust" => trust: Option<Placed<PolicyRef>>,
        /// The principal whose permissions a federated user has
        "issuer" => issuer: Option<Placed<String>>,
        /// The unique id (`AIDA…`, `AROA…`)
        "unique-id" => unique_id: Option<Placed<String>>,
        /// The tags; they become `aws:PrincipalTag/…`
        "tags" => tags: Option<Named<Placed<String>>>,
    }
}

record! {
    /// A group of users.
    pub struct Group {
        /// The identity policies of the group
        "identity" => identity: Vec<PolicyRef>,
    }
}
