//! Environments: who exists (accounts, organization, principals, resources, endpoints), and where each policy hangs.
//!
//! A text becomes an [`EnvironmentFile`](schema::EnvironmentFile), that and the texts of its policies an
//! [`Environment`], and a question to it the layers and the request that `polsim-eval` judges. Files are read by
//! whoever calls; this crate knows texts.
//!
//! ```
//! use polsim_arn::ActionName;
//! use polsim_env::question::Ask;
//! use polsim_env::schema::EnvironmentFile;
//! use polsim_env::{Environment, Unavailable};
//! use polsim_eval::{Context, Verdict, decide};
//! use polsim_text::{Limits, Source};
//!
//! let text = "
//! principals:
//!   alice: { arn: arn:aws:iam::111122223333:user/alice, identity: [alice.json] }
//! ";
//! let policy = r#"{
//!     "Version": "2012-10-17",
//!     "Statement": { "Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*" }
//! }"#;
//! let load = |path: &str| match path {
//!     "alice.json" => Ok(Source::new(path, policy)),
//!     _ => Err(Unavailable::NotFound),
//! };
//! let source = Source::new("team.env.yaml", text);
//! let limits = Limits::default();
//! let (file, problems) = EnvironmentFile::parse(&source, &limits);
//! assert!(problems.is_empty());
//! let environment = Environment::build(&source, &file.unwrap(), &limits, &load).unwrap();
//! let ask = Ask {
//!     principal: "alice",
//!     action: ActionName::parse("ec2:DescribeVpcs").unwrap(),
//!     resource: "*",
//!     resource_account: None,
//!     via: None,
//!     context: Context::default(),
//! };
//! let bound = environment.bind(&ask).unwrap();
//! let decision = decide(environment.model(), &bound.layers, &bound.request, environment.readings());
//! assert_eq!(decision.unwrap().verdict, Verdict::Allowed);
//! ```

mod atlas;
mod build;
pub mod environment;
mod hang;
mod inline;
mod json_schema;
pub mod load;
mod problem;
pub mod question;
pub mod read;
pub mod schema;
pub mod yaml;

pub use environment::Environment;
pub use hang::{Hang, HungPolicy, Place};
pub use json_schema::{json_schema, schema_of};
pub use problem::{Misfit, Problem, ProblemKind, Referent, Unavailable};
