//! What a change of a policy does to the requests that it decides.
//!
//! A newcomer would doubt that two questions are asked: a policy by itself does not show its Denies where it allows
//! nothing, so both sides are also compared with everything allowed besides.

use polsim_arn::Budget;
use polsim_eval::{Layers, Model};
use polsim_policy::{Policy, PolicyType, Statement, parse};
use polsim_prove::{Answer, Claim, Question, Region, Scope, ask};
use polsim_text::{Limits, Source};
use std::fmt;

/// The most steps of one question.
const STEPS: u64 = 1_000_000;

/// What a new policy does that an old one does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing: the same requests are allowed and the same are denied, which is proved.
    Same,
    /// It allows more, or denies less.
    More,
    /// It allows less, or denies more.
    Less,
    /// Both.
    Both,
    /// It is not decided.
    Unknown,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Same => "grants the same",
            Self::More => "grants more",
            Self::Less => "grants less",
            Self::Both => "grants more here and less there",
            Self::Unknown => "may grant more or less, which is not decided",
        })
    }
}

/// Compares two lawful policies of one type.
#[must_use]
pub fn change(old: &Policy, new: &Policy) -> Change {
    // Statements that are equal on both sides in the same order decide nothing: most fixes touch names alone.
    if means_the_same(old, new) {
        return Change::Same;
    }
    let mut sides = vec![(old.clone(), new.clone())];
    if let Some(everything) = everything(old.policy_type) {
        let with = |policy: &Policy| {
            let statements = policy.statements.iter().cloned().chain([everything.clone()]).collect();
            Policy { statements, ..policy.clone() }
        };
        sides.push((with(old), with(new)));
    }
    let (mut more, mut less) = (Some(false), Some(false));
    for (old, new) in &sides {
        more = either(more, grants_more(old, new));
        less = either(less, grants_more(new, old));
    }
    match (more, less) {
        (Some(false), Some(false)) => Change::Same,
        (Some(true), Some(false)) => Change::More,
        (Some(false), Some(true)) => Change::Less,
        (Some(true), Some(true)) => Change::Both,
        _ => Change::Unknown,
    }
}

fn means_the_same(old: &Policy, new: &Policy) -> bool {
    let bare = |policy: &Policy| -> Vec<Statement> {
        policy.statements.iter().map(|statement| Statement { sid: None, ..statement.clone() }).collect()
    };
    old.effective_version() == new.effective_version() && bare(old) == bare(new)
}

/// Whether something is so, of which two questions each know a part.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// Whether the new policy allows a request that the old one does not.
fn grants_more(old: &Policy, new: &Policy) -> Option<bool> {
    let mut model = Model::new();
    let (mut before, mut after) = (Layers::default(), Layers::default());
    let layer = before.hang(old.policy_type, model.add(old));
    after.hang(new.policy_type, model.add(new));
    let question = Question {
        model: &model,
        layers: &after,
        scope: &Scope::Alone(vec![layer]),
        region: &Region::default(),
        claim: Claim::NoMoreThan(&before),
    };
    match ask(&question, &mut Budget::new(STEPS)) {
        Answer::Proved(_) => Some(false),
        Answer::Refuted(_) => Some(true),
        Answer::Unknown(_) => None,
    }
}

/// A statement that allows everything; `None` where the type allows by itself.
fn everything(policy_type: PolicyType) -> Option<Statement> {
    let (principal, resource) = match policy_type {
        PolicyType::Rcp => return None,
        PolicyType::Trust => (r#""Principal": "*", "#, ""),
        PolicyType::AccessPoint => {
            (r#""Principal": "*", "#, r#", "Resource": "arn:aws:s3:*:*:accesspoint/*""#)
        }
        policy_type if policy_type.has_principal() => (r#""Principal": "*", "#, r#", "Resource": "*""#),
        _ => ("", r#", "Resource": "*""#),
    };
    let statement = format!(r#"{{{principal}"Effect": "Allow", "Action": "*"{resource}}}"#);
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#);
    let parsed = parse(&Source::new("everything", text), policy_type, &Limits::default());
    parsed.documents.into_iter().next()?.policy.statements.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(policy_type: PolicyType, statements: &str) -> Policy {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
        let parsed = parse(&Source::new("a", text), policy_type, &Limits::default());
        parsed.single().unwrap().clone()
    }

    fn of(old: &str, new: &str) -> Change {
        change(&policy(PolicyType::Identity, old), &policy(PolicyType::Identity, new))
    }

    const GET: &str = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#;
    const ALL: &str = r#"{"Sid": "All", "Effect": "Allow", "Action": ["s3:*"], "Resource": "*"}"#;
    const DENY: &str = r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}"#;

    #[test]
    fn more_and_less_are_told_apart() {
        assert_eq!(of(GET, GET), Change::Same);
        assert_eq!(of(&format!("{GET}, {ALL}"), ALL), Change::Same);
        assert_eq!(of(GET, ALL), Change::More);
        assert_eq!(of(ALL, GET), Change::Less);
        assert_eq!(
            of(GET, r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}"#),
            Change::Both
        );
    }

    #[test]
    fn a_deny_counts_where_nothing_is_allowed() {
        let put = r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}"#;
        assert_eq!(of(&format!("{put}, {DENY}"), put), Change::More);
        assert_eq!(of(put, &format!("{put}, {DENY}")), Change::Less);
    }

    #[test]
    fn every_type_has_a_statement_that_allows_everything() {
        for policy_type in PolicyType::ALL.into_iter().filter(|policy_type| *policy_type != PolicyType::Rcp) {
            assert!(everything(policy_type).is_some(), "{policy_type}");
        }
    }
}
