//! What is to be reviewed.

use crate::environment::EnvironmentOrigin;
use polsim_policy::PolicyType;
use std::path::PathBuf;

/// What is to be reviewed.
#[derive(Clone, Debug)]
pub struct ReportOf {
    /// Suites, policy files, folders and globs.
    pub paths: Vec<PathBuf>,
    /// The environment.
    pub environment: Option<EnvironmentOrigin>,
    /// Whether suites and environments may name files outside of their tree.
    pub allow_outside: bool,
    /// The type of the policies that are given by path; guessed when it is not given.
    pub policy_type: Option<PolicyType>,
    /// Whether it is also claimed of each resource of the environment that it is not public.
    pub not_public: bool,
    /// What the review is about, in words.
    pub title: Option<String>,
    /// The day of the review, which expiries are held against.
    pub date: String,
    /// The mildest severity that fails.
    pub fail_on: Option<polsim_lint::Severity>,
}
