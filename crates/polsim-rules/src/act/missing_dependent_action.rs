//! ACT101: an action whose caller needs another one as well.

use crate::actions::{listed, named};
use polsim_arn::ActionName;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "ACT101",
    name: "missing-dependent-action",
    severity: Severity::Low,
    confidence: Confidence::Low,
    opt_in: true,
    applies: Types::of(&[PolicyType::Identity]),
    phase: Phase::Reference,
    check: Check::Statement(check),
    doc: Doc {
        what: "An action is allowed whose caller needs other actions that the policy does not allow.",
        why: "The call may fail halfway. Selected by name only: other policies may allow the rest, and not every call needs it.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "lambda:CreateFunction", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["lambda:CreateFunction", "iam:PassRole"], "Resource": "*"}"#,
        )],
        fix: "Allow the other actions too, on the resources that the call hands on.",
        source: "AWS service authorization reference, dependent actions",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(reference) = subject.reference() else { return };
    if statement.effect.value != Effect::Allow || !subject.is_whole() {
        return;
    }
    let is_allowed = |name: &str| {
        let name = ActionName::parse(name);
        name.is_ok_and(|name| {
            subject.of(Effect::Allow).any(|other| {
                let matches = other.action.listed().iter().any(|entry| entry.value.matches(&name));
                matches != other.action.is_negated()
            })
        })
    };
    for entry in listed(statement) {
        let Some(action) = named(reference, &entry.value) else { continue };
        let missing: Vec<&str> = action.dependents().filter(|name| !is_allowed(name)).collect();
        if !missing.is_empty() {
            let sentence = format!("`{}` needs `{}` as well", entry.value.as_str(), missing.join("`, `"));
            findings.add(entry.span, sentence);
        }
    }
}
