//! What no environment can know.

/// Something that decides and that the environment does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unknown {
    /// The principal is of an account that the environment does not describe: its own policies are taken for none,
    /// which can only deny.
    PoliciesOfPrincipal,
    /// The owner of the resource; it is taken for the principal's account.
    OwnerOfResource,
    /// Whether the resource has a policy; it is taken for having none.
    PolicyOfResource,
    /// Who may assume the role; it is taken for nobody.
    TrustOfRole,
    /// The policy of the endpoint that the request names; it is taken for AWS's own, which allows everything.
    PolicyOfEndpoint,
}
