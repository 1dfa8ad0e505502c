//! From text to file, and what files it needs besides.

use super::{EnvironmentFile, Placed, PolicyRef};
use crate::problem::Problem;
use crate::read::{Found, FromNode};
use crate::yaml;
use polsim_text::{Limits, Source};

impl EnvironmentFile {
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

    /// The files that hold its policies, as often as they are named, each with the place that names it.
    #[must_use]
    pub fn policy_paths(&self) -> Vec<&Placed<String>> {
        let paths = self.policies().into_iter().filter_map(|policy| match policy {
            PolicyRef::Path(path) => Some(path),
            PolicyRef::Inline(_) | PolicyRef::Loaded(_) => None,
        });
        let mut paths: Vec<_> = paths.collect();
        paths.sort_by_key(|path| path.span);
        paths
    }

    fn policies(&self) -> Vec<&PolicyRef> {
        let mut all: Vec<&PolicyRef> = Vec::new();
        let levels = self.organization.iter().flat_map(|organization| &organization.levels);
        for level in levels {
            all.extend(listed(level.scps.as_ref()).chain(level.rcps.iter().flatten()));
        }
        for (_, account) in entries(self.accounts.as_ref().map(|table| &table.0)) {
            all.extend(listed(account.scps.as_ref()).chain(account.rcps.iter().flatten()));
        }
        for (_, group) in entries(self.groups.as_ref()) {
            all.extend(&group.identity);
        }
        for (_, principal) in entries(self.principals.as_ref()) {
            all.extend(listed(principal.identity.as_ref()).chain(listed(principal.session.as_ref())));
            let single = principal.boundary.iter().chain(&principal.trust);
            all.extend(single.map(|policy| &policy.value));
        }
        for (_, resource) in entries(self.resources.as_ref()) {
            all.extend(&resource.policy);
            all.extend(
                entries(resource.access_points.as_ref()).filter_map(|(_, point)| point.policy.as_ref()),
            );
        }
        all.extend(entries(self.endpoints.as_ref()).filter_map(|(_, endpoint)| endpoint.policy.as_ref()));
        all
    }
}

fn listed(list: Option<&Placed<Vec<PolicyRef>>>) -> impl Iterator<Item = &PolicyRef> {
    list.into_iter().flat_map(|list| &list.value)
}

pub(crate) fn entries<T>(named: Option<&super::Named<T>>) -> impl Iterator<Item = (&Placed<String>, &T)> {
    named.into_iter().flat_map(super::Named::iter)
}
