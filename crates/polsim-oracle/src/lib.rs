//! The oracle: a slow, literal reading of the clauses S2, S3, S4 and S5.2, for tests only.
//!
//! It shares nothing with the engine but the parsed policy. Every function names the clause that it spells out and is
//! meant to be checked against it by eye; nothing is indexed, cached or compiled.
//!
//! ```
//! use polsim_oracle::vectors;
//! let text = r#"{"id": "V1", "clause": ["S4.2.2"], "title": "default deny", "policies": {"identity": []},
//!   "request": {"principal": {"kind": "user", "arn": "arn:aws:iam::111111111111:user/bob", "account": "111111111111"},
//!     "action": "s3:GetObject", "resource": "arn:aws:s3:::data/k", "resource_account": "111111111111", "context": {}},
//!   "expect": "ImplicitlyDenied"}"#.replace('\n', "");
//! let vector = vectors::read(&text)?.remove(0);
//! let decision = polsim_oracle::decide(&vector.subject.unwrap()).unwrap();
//! assert_eq!(decision.verdict.as_str(), vector.expect);
//! # Ok::<(), vectors::VectorError>(())
//! ```

mod action;
mod address;
mod arn;
mod attribution;
mod bpa;
mod case;
mod chain;
mod condition;
mod context;
mod core_grant;
mod date;
mod derive;
mod glob;
mod guardrails;
mod input;
mod number;
mod operator;
mod principal;
mod readings;
mod resource;
mod s3;
mod settings;
mod statement;
mod template;
pub mod vectors;

pub use case::{
    Case, Decision, EndpointKind, Policies, Principal, PrincipalKind, Request, ResourceKind, Verdict,
};
pub use chain::decide;
pub use context::{Context, Value};
pub use derive::derive;
pub use input::InputError;
pub use readings::{
    AbsentAnyValue, AccountGrant, AwsStar, BoolCase, BoolVariables, DuplicateKeys, EmptyCondition, EmptyList,
    EmptyString, EmptyStrings, EmptyValues, FourDigits, InterfacePrincipals, ManyValues, MissingZone,
    OddArnOperand, PseudoResource, Readings, ResourceMatch, ShortArn, SparedPrincipal, StarGrant,
    SubstitutedWildcards, TypeWildcards, Unreadable, UnresolvedNotResource,
};
pub use settings::{RcpServices, Settings};
