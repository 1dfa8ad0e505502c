//! RED023: a statement that says the same as another.

use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject, aws_suggestion, remove_item};
use polsim_policy::{PolicyType, Statement};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "RED023",
    name: "redundant-statement",
    severity: Severity::Low,
    aliases: &[aws_suggestion("REDUNDANT_STATEMENT")],
    check: Check::Document(check),
    doc: Doc {
        what: "Two statements are equal but for their `Sid`.",
        why: "The second changes nothing and costs part of the quota.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
               {"Sid": "B", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["*"]}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
               {"Sid": "B", "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Remove one. `--fix` removes the second if it has no `Sid`, `--unsafe-fixes` in any case.",
        source: "S1.4.5",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let statements = subject.statements();
    for (at, statement) in statements.iter().enumerate() {
        let Some(first) = statements.iter().take(at).find(|first| say_the_same(first, statement)) else {
            continue;
        };
        let sentence = format!("{} says the same as {}", subject.name(statement), subject.name(first));
        let finding = findings.add(subject.opening(statement), sentence);
        finding.also(subject.opening(first), "said here already");
        if let Some(edit) = removal(subject, statement) {
            // Someone may refer to a statement by its name.
            let is_named = statement.sid.as_ref().is_some_and(|sid| !sid.value.0.is_empty());
            let fix = if is_named { Fix::offered } else { Fix::safe };
            finding.fix(fix("remove it", [edit]));
        }
    }
}

/// The edit that takes a statement out of its list.
pub(crate) fn removal(subject: &Subject<'_>, statement: &Statement) -> Option<Edit> {
    let list = subject.node().get("Statement")?;
    let at = list.items()?.iter().position(|item| item.span == statement.span)?;
    remove_item(subject.source(), list, at)
}

fn say_the_same(one: &Statement, other: &Statement) -> bool {
    one.effect == other.effect
        && one.principal == other.principal
        && one.action == other.action
        && one.resource == other.resource
        && one.condition == other.condition
}
