//! The policy language: syntax tree, parser and printer (S1).
//!
//! This crate knows what a policy may say, not what it means for a request.

mod condition;
mod element_name;
mod error;
mod guess;
mod operator;
mod parse;
mod policy;
mod policy_type;
mod principal;
mod print;
mod quota;
mod statement;
mod unknown;
mod variable;

pub use condition::{Condition, ConditionKey, ConditionValue, KeyBlock, OperatorBlock, ScalarKind};
pub use element_name::ElementName;
pub use error::{Problem, ProblemKind, Severity};
pub use guess::{Guess, guess_type};
pub use operator::{Operator, OperatorName, SetQuantifier};
pub use parse::{Document, Parsed, RCP_SERVICES, parse};
pub use policy::{Policy, Version};
pub use policy_type::{PolicyType, UnknownPolicyType};
pub use principal::{Principal, PrincipalEntry, PrincipalType};
pub use print::print;
pub use quota::{Quota, UnknownQuota, check_size};
pub use statement::{Effect, Element, Sid, Statement};
pub use unknown::Later;
pub use variable::{
    Part, Template, Variable, VariableProblem, VariableProblemKind, read_resource_template, read_template,
    sixth_field,
};
