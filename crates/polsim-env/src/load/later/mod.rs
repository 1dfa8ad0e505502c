//! Values of which something is known only later, and policies that are made of them.
//!
//! Templates and plans have holes: a bucket has no ARN yet, nobody gave a parameter. What is read of them is a [`Value`],
//! a tree as of JSON whose texts may have holes in them. [`settle`](settle()) makes a policy of such a tree that says no
//! less than the true one may say: a name that is not known becomes a policy variable over a key of its own, and a statement
//! of which more is not known applies *perhaps*: it is written as widely as it may be and bound to a key of its own, which
//! nobody knows. A proof about that policy holds whatever the values are, and a counterexample shows those that it needs.

mod found;
mod settle;
mod value;
mod widen;

pub(super) use found::{found, hung};
pub(super) use value::{Hole, Kind, Nature, Piece, Value, joined};
