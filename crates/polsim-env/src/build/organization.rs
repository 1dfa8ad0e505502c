//! The levels of an organization: a tree with the first level as its root.

use super::builder::Builder;
use super::policies::Hook;
use crate::environment::OrganizationId;
use crate::hang::Hang;
use crate::problem::{ProblemKind, Referent};
use crate::schema::{Level, Organization, Placed, PolicyRef};
use polsim_eval::PolicyId;
use polsim_policy::PolicyType;
use polsim_text::Span;

/// An organization whose levels know what is above them.
pub(super) struct Tree {
    pub(super) id: OrganizationId,
    pub(super) levels: Vec<ResolvedLevel>,
}

/// A level with its policies.
pub(super) struct ResolvedLevel {
    pub(super) name: String,
    parent: Option<usize>,
    id: Option<String>,
    pub(super) scps: Option<Vec<PolicyId>>,
    pub(super) rcps: Option<Vec<PolicyId>>,
}

pub(super) fn build(builder: &mut Builder<'_>, organization: &Organization) -> Tree {
    if let Some(id) = &organization.id {
        check_id(builder, id, "an organization", &["o-"]);
    }
    let levels = &organization.levels;
    if levels.is_empty() {
        let span = organization.id.as_ref().map_or(Span::at(0), |id| id.span);
        builder.tell(ProblemKind::NoLevels, span);
    }
    builder.tell_repeated(levels.iter().map(|level| (&level.name, &level.name)));
    let mut resolved: Vec<ResolvedLevel> = Vec::with_capacity(levels.len());
    for (at, level) in levels.iter().enumerate() {
        if let Some(id) = &level.id {
            check_id(builder, id, "a level of an organization", &["r-", "ou-"]);
        }
        let owner = format!("organization.levels.{}", level.name.value);
        let hang = Hang::Level(level.name.value.clone());
        resolved.push(ResolvedLevel {
            name: level.name.value.clone(),
            parent: parent(builder, levels, at),
            id: level.id.as_ref().map(|id| id.value.clone()),
            scps: scps(builder, level.scps.as_ref(), &owner, &hang),
            rcps: rcps(builder, level.rcps.as_deref(), &owner, &hang),
        });
    }
    tell_cycles(builder, levels, &mut resolved);
    Tree { id: OrganizationId(organization.id.as_ref().map(|id| id.value.clone())), levels: resolved }
}

fn check_id(builder: &mut Builder<'_>, id: &Placed<String>, what: &'static str, prefixes: &[&str]) {
    let is_valid = prefixes.iter().any(|prefix| {
        id.value.strip_prefix(prefix).is_some_and(|rest| {
            !rest.is_empty()
                && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        })
    });
    if !is_valid {
        let kind = ProblemKind::Id {
            id: id.value.clone(),
            what,
            shape: "`o-…` of the organization, `r-…` of its root, `ou-…` of a unit",
        };
        builder.tell(kind, id.span);
    }
}

/// The service control policies of one level. An empty list would deny everything (S4.9.10), and AWS does not let it be.
pub(super) fn scps(
    builder: &mut Builder<'_>,
    scps: Option<&Placed<Vec<PolicyRef>>>,
    owner: &str,
    hang: &Hang,
) -> Option<Vec<PolicyId>> {
    let scps = scps?;
    if scps.value.is_empty() {
        builder.tell(ProblemKind::NoScps, scps.span);
    }
    let hook = Hook { policy_type: PolicyType::Scp, hang: hang.clone(), owner };
    Some(builder.policies.hang_all(&scps.value, "scps", &hook))
}

pub(super) fn rcps(
    builder: &mut Builder<'_>,
    rcps: Option<&[PolicyRef]>,
    owner: &str,
    hang: &Hang,
) -> Option<Vec<PolicyId>> {
    let hook = Hook { policy_type: PolicyType::Rcp, hang: hang.clone(), owner };
    Some(builder.policies.hang_all(rcps?, "rcps", &hook))
}

fn parent(builder: &mut Builder<'_>, levels: &[Level], at: usize) -> Option<usize> {
    let level = levels.get(at)?;
    let Some(parent) = &level.parent else {
        return (at > 0).then_some(0);
    };
    if at == 0 {
        builder.tell(ProblemKind::RootWithParent, parent.span);
        return None;
    }
    let found = levels.iter().position(|other| other.name.value == parent.value);
    if found.is_none() {
        let names = levels.iter().map(|other| other.name.value.as_str());
        builder.unknown(Referent::Level, parent, names);
    }
    found
}

/// Tells each cycle once, at its first level, and cuts it.
fn tell_cycles(builder: &mut Builder<'_>, levels: &[Level], resolved: &mut [ResolvedLevel]) {
    for start in 0..resolved.len() {
        let mut path = vec![start];
        let mut above = resolved.get(start).and_then(|level| level.parent);
        while let Some(next) = above {
            if next == start {
                let name = |at: &usize| resolved.get(*at).map(|level| level.name.clone());
                let names = path.iter().filter_map(name).collect();
                if let Some(parent) = levels.get(start).and_then(|level| level.parent.as_ref()) {
                    builder.tell(ProblemKind::Cycle(names), parent.span);
                }
                if let Some(level) = resolved.get_mut(start) {
                    level.parent = None;
                }
                break;
            }
            if path.contains(&next) {
                break;
            }
            path.push(next);
            above = resolved.get(next).and_then(|level| level.parent);
        }
    }
}

impl Tree {
    /// The levels from the root down to the one of that name.
    pub(super) fn path_to(&self, name: &str) -> Option<Vec<&ResolvedLevel>> {
        let mut at = self.levels.iter().position(|level| level.name == name);
        at?;
        let mut path = Vec::new();
        while let Some(level) = at.and_then(|at| self.levels.get(at)) {
            path.push(level);
            at = level.parent;
        }
        path.reverse();
        Some(path)
    }

    /// What `aws:PrincipalOrgPaths` holds: `o-…/r-…/ou-…/`. `None` when an id is not known.
    pub(super) fn organization_path(&self, levels: &[&ResolvedLevel]) -> Option<String> {
        let mut path = format!("{}/", self.id.0.as_deref()?);
        for level in levels {
            path.push_str(level.id.as_deref()?);
            path.push('/');
        }
        Some(path)
    }
}
