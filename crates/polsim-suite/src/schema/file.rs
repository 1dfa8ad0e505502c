//! The whole file.

use super::{CaseSpec, ContextSpec, EnvironmentSpec, WhereSpec, Words};
use polsim_env::Problem;
use polsim_env::read::{Found, FromNode};
use polsim_env::record;
use polsim_env::schema::{Named, Placed};
use polsim_env::yaml;
use polsim_text::{Limits, Source};

record! {
    /// A suite of policy tests. Paths are relative to this file.
    pub struct SuiteFile {
        /// The schema that editors check the file with; polsim does not look at it
        "$schema" => schema: Option<String>,
        /// Files whose environment, defaults and variables count here where this file says nothing
        "include" => include: Option<Words>,
        /// The environment that the cases are about
        "environment" => environment: Option<Placed<EnvironmentSpec>>,
        /// What holds of cases that say nothing else
        "defaults" => defaults: Option<Defaults>,
        /// Variables: texts and lists of texts by name, used as `$name`
        "let" => variables: Option<Named<Words>>,
        /// The cases
        "cases" => cases: Option<Vec<Placed<CaseSpec>>>,
    }
}

record! {
    /// What holds of cases that say nothing else.
    pub struct Defaults {
        /// Who asks
        "principal" => principal: Option<Words>,
        /// What is to be done
        "action" => action: Option<Words>,
        /// To what
        "resource" => resource: Option<Words>,
        /// On which way
        "via" => via: Option<Words>,
        /// The account that owns resources of which nothing else tells
        "resource-account" => resource_account: Option<Placed<Words>>,
        /// The condition keys that requests carry
        "context" => context: Option<ContextSpec>,
        /// What holds of condition keys
        "where" => limits: Option<WhereSpec>,
        /// Whether requests carry no other condition keys
        "closed" => closed: Option<bool>,
        /// The most steps of each search
        "budget" => budget: Option<Placed<Words>>,
    }
}

impl SuiteFile {
    /// Reads a file. It is there exactly when no problem is.
    #[must_use]
    pub fn parse(source: &Source, limits: &Limits) -> (Option<Self>, Vec<Problem>) {
        let node = match yaml::parse(source, limits) {
            Ok(node) => node,
            Err(problem) => return (None, vec![problem]),
        };
        let mut found = Found::new(source);
        let file = Self::read(&node, &mut found);
        let mut problems = found.problems;
        problems.sort_by_key(|problem| problem.span);
        problems.truncate(limits.max_problems.max(1));
        (file.filter(|_| problems.is_empty()), problems)
    }
}
