//! Facts about real requests that no policy states (S5.5). A proof uses them only where it needs them, and lists them.
//!
//! Each fact has two faces that know nothing of one another: `holds` looks at one request, and `clauses` says the same to
//! a search. A search begins without them; when its counterexample is no real request, it learns the clauses of the fact
//! that the counterexample breaks, and goes on. Tests hold the two faces against each other.

mod clock;
mod endpoint;
mod fact;
mod forms;
mod ground;
mod organization;
mod presence;
mod principal;
mod reference;
mod resource;
mod seen;
mod service;
mod table;
mod tags;
#[cfg(test)]
mod tests;

pub use fact::Standing;
pub use ground::Ground;
pub use reference::Reference;
pub use table::{Assumption, Assumptions};
