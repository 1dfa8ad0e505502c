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
mod unknown;
mod way;
mod who;

pub use bind::{Ask, Bound};
pub use error::AskError;
pub use target::Target;
pub use unknown::Unknown;
pub use way::Way;
pub use who::Who;
