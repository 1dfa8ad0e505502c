//! Ids of organizations and paths in them (I8).

use super::fact::{Fact, Standing};
use super::ground::{Ground, beginning};
use super::seen::Seen;
use polsim_arn::{Pattern, TextSet};
use polsim_eval::Formula;

/// The id and the paths of each of the four whose organization a request can tell.
const FAMILIES: [(&str, &str); 4] = [
    ("aws:principalorgid", "aws:principalorgpaths"),
    ("aws:resourceorgid", "aws:resourceorgpaths"),
    ("aws:vpceorgid", "aws:vpceorgpaths"),
    ("aws:sourceorgid", "aws:sourceorgpaths"),
];

pub(super) const I8: Fact = Fact {
    id: "I8",
    clause: "S5.5 I8",
    meaning: "aws:PrincipalOrgID and aws:PrincipalOrgPaths come together, and every path begins with the id and a slash, \
              which no id has; the same holds of the resource's, the endpoint's and the source's organization",
    limits: "in which organization an account is is not known; state the id with `--context`",
    standing: Standing::On,
    holds: |seen| {
        FAMILIES.iter().all(|(id, paths)| {
            let is_within = |path: &&str| {
                let (head, _) = path.split_once('/')?;
                Some(seen.value(id).is_none_or(|id| id == head))
            };
            seen.has_all_or_none(&[id, paths])
                && seen.values(id).iter().all(|id| !id.contains('/'))
                && seen.values(paths).iter().all(|path| is_within(path) == Some(true))
        })
    },
    clauses: |ground, seen| FAMILIES.iter().flat_map(|(id, paths)| family(ground, seen, id, paths)).collect(),
};

fn family(ground: &Ground<'_>, seen: &Seen<'_>, id: &str, paths: &str) -> Vec<Formula> {
    let with_slash = TextSet::from(Pattern::wildcard("*/*"));
    let mut clauses = ground.together(&[id, paths]);
    clauses.extend(ground.each(id, &with_slash.not()));
    clauses.extend(ground.each(paths, &with_slash));
    let heads = seen.values(paths).into_iter().filter_map(|path| Some(path.split_once('/')?.0));
    for head in seen.value(id).into_iter().chain(heads) {
        let (own, within) = (TextSet::only(head), beginning(&format!("{head}/")));
        clauses.extend(ground.apart((id, own.clone()), (paths, within.not())));
        clauses.extend(ground.apart((paths, within), (id, own.not())));
    }
    clauses
}
