//! Strategies for proptest: policies that AWS would take, environments, and requests that tend to meet a policy.
//!
//! A request made at random meets no statement of a policy, and a law tested with it says little. [`requests_for`] takes
//! actions, resources, principals and the values of keys from the patterns of the policies, so that most requests are
//! decided by a statement, and some miss it by little.
//!
//! ```
//! use polsim::PolicyType;
//! use polsim::law::{Decision, Subject};
//! use polsim::strategies::requests_for;
//! use proptest::prelude::*;
//! use proptest::test_runner::TestRunner;
//!
//! let text = r#"{ "Version": "2012-10-17", "Statement": {
//!     "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::models/*" } }"#;
//! let policy = Subject::policy(PolicyType::Identity, "read.json", text)?;
//! TestRunner::default().run(&requests_for(&policy), |request| {
//!     let decision = policy.decide(&request).expect("a request that a strategy makes can be asked");
//!     prop_assert!(decision != Decision::Allowed || request.action.starts_with("s3:Get"));
//!     Ok(())
//! })
//! .unwrap();
//! # Ok::<(), polsim::law::Refused>(())
//! ```

mod environment;
mod filled;
mod policy;
mod request;

pub use environment::environments;
pub use policy::policies;
pub use request::{requests, requests_for};
