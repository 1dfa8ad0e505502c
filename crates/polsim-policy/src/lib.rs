//! The policy language: syntax tree, parser and printer (`semantics.md` S1).
//!
//! This crate knows what a policy may say, not what it means for a request.

mod condition;
mod operator;
mod policy;
mod policy_type;
mod principal;
mod statement;

pub use condition::{Condition, ConditionKey, ConditionValue, KeyBlock, OperatorBlock, ScalarKind};
pub use operator::{Operator, OperatorName, SetQuantifier};
pub use policy::{Policy, Version};
pub use policy_type::{PolicyType, UnknownPolicyType};
pub use principal::{Principal, PrincipalEntry, PrincipalType};
pub use statement::{Effect, Element, Sid, Statement};
