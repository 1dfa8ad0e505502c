//! RCH010: two statements that could be one.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RCH010",
    name: "mergeable-statements",
    severity: Severity::Info,
    opt_in: true,
    check: Check::Document(check),
    doc: Doc {
        what: "Two statements are equal but for their `Sid` and one list, of actions or of resources.",
        why: "One statement with the lists joined says the same in fewer characters. It is a matter of taste: two names may be worth the space.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"},
               {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"},
               {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-logs/*"}"#,
        )],
        fix: "Join the lists into one statement.",
        source: "S1.4, S2.2, S2.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let statements = subject.statements();
    for (at, statement) in statements.iter().enumerate() {
        let first = statements.iter().take(at).find_map(|first| Some((first, differs_in(first, statement)?)));
        let Some((first, list)) = first else { continue };
        let sentence =
            format!("{} differs from {} in its {list} only", subject.name(statement), subject.name(first));
        findings.add(subject.opening(statement), sentence).also(subject.opening(first), "could take both");
    }
}

/// The one list in which two statements of the same effect differ.
fn differs_in(one: &Statement, other: &Statement) -> Option<&'static str> {
    let same =
        one.effect == other.effect && one.principal == other.principal && one.condition == other.condition;
    let is_plain = |statement: &Statement| {
        !statement.action.is_negated()
            && statement.resource.as_ref().is_none_or(|resource| !resource.is_negated())
    };
    if !same || !is_plain(one) || !is_plain(other) {
        return None;
    }
    match (one.action == other.action, one.resource == other.resource) {
        (true, false) => Some("resources"),
        (false, true) => Some("actions"),
        _ => None,
    }
}
