//! An environment from its file: one part after the other, because later ones refer to earlier ones.

use super::builder::Builder;
use super::policies::Policies;
use super::{accounts, endpoints, organization, principals, resources};
use crate::atlas::Atlas;
use crate::environment::Environment;
use crate::problem::{Problem, Unavailable};
use crate::schema::EnvironmentFile;
use polsim_text::{Limits, Source};

impl Environment {
    /// Resolves a file that was read from `source`. `load` gives the text behind each path of
    /// [`EnvironmentFile::policy_paths`].
    ///
    /// # Errors
    /// Everything that is wrong, in the environment file or in a policy.
    pub fn build(
        source: &Source,
        file: &EnvironmentFile,
        limits: &Limits,
        load: &dyn Fn(&str) -> Result<Source, Unavailable>,
    ) -> Result<Self, Vec<Problem>> {
        Self::build_beside(source, file, limits, load, None)
    }

    /// The same, in the model of another environment: its policies come first, so that requests can be held against
    /// both.
    ///
    /// # Errors
    /// Everything that is wrong, in the environment file or in a policy.
    pub fn build_beside(
        source: &Source,
        file: &EnvironmentFile,
        limits: &Limits,
        load: &dyn Fn(&str) -> Result<Source, Unavailable>,
        beside: Option<&Self>,
    ) -> Result<Self, Vec<Problem>> {
        Self::build_merged(&Atlas::of(source.clone()), file, limits, load, beside)
    }

    /// The same for what was merged from dumps.
    ///
    /// # Errors
    /// Everything that is wrong, in the environment file, in a dump or in a policy.
    pub fn build_merged(
        atlas: &Atlas,
        file: &EnvironmentFile,
        limits: &Limits,
        load: &dyn Fn(&str) -> Result<Source, Unavailable>,
        beside: Option<&Self>,
    ) -> Result<Self, Vec<Problem>> {
        let mut builder =
            Builder { atlas, policies: Policies::new(atlas, limits, load, beside), problems: Vec::new() };
        let tree =
            file.organization.as_ref().map(|organization| organization::build(&mut builder, organization));
        let mut accounts = accounts::build(&mut builder, file, tree.as_ref());
        let principals = principals::build(&mut builder, file, &mut accounts);
        let resources = resources::build(&mut builder, file, &mut accounts);
        let endpoints = endpoints::build(&mut builder, file);
        let readings = builder.readings(file.readings.as_ref());
        let root_escape = file.settings.as_ref().and_then(|settings| settings.root_bucket_policy_escape);
        let Policies { model, hung, problems: of_policies, left_out, .. } = builder.policies;
        let mut problems = builder.problems;
        problems.extend(of_policies);
        if !problems.is_empty() {
            // The environment file first, then the policies in the order in which they hang.
            let is_main = |file: &Source| atlas.main().is_some_and(|main| main.is(file));
            problems.sort_by_key(|problem| (!is_main(&problem.file), problem.span));
            problems.truncate(limits.max_problems.max(1));
            return Err(problems);
        }
        Ok(Self {
            model,
            policies: hung,
            left_out,
            organization: tree.map(|tree| tree.id),
            accounts: accounts.table,
            principals,
            resources,
            endpoints,
            readings,
            root_bucket_policy_escape: root_escape.unwrap_or(false),
        })
    }
}
