//! JSON with places.
mod node;
pub use node::{Member, Node, NodeKind};
