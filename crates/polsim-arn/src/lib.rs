//! Wildcard patterns, actions, ARNs, and exact sets of strings.
//!
//! This crate does not know JSON, spans or policies.

mod action;
mod arn;
mod inclusion;
mod overlap;
mod pair;
mod pattern;
mod pattern_set;
mod text_set;
mod token;

pub use action::{ActionError, ActionName, ActionPattern};
pub use arn::{Arn, ArnPattern};
pub use pattern::Pattern;
pub use pattern_set::PatternSet;
pub use text_set::{Budget, Joined, Joint, OutOfSteps, Piece, Shape, TextSet, Words};
pub use token::{Class, Token, fold, unfold};
