//! Questions to an environment: who asks for what on which way, and which policies bind that (S4.1–S4.3).
//!
//! Names of the file and ARNs are understood alike. What the file should know and does not is an error with the
//! likeliest name; what it cannot know (who is allowed what in somebody else's account) is told with the answer, as an
//! [`Unknown`].

mod bind;
mod derive;
mod error;
mod layers;
mod target;
mod way;
mod who;

pub use bind::{Ask, Bound};
pub use error::AskError;
pub use target::Target;
pub use way::Way;
pub use who::Who;

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
