//! RED020: an action that another one of the same list covers.

use polsim_arn::{ActionPattern, Budget, TextSet};
use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject, aws_suggestion, remove_item};
use polsim_policy::{ElementName, PolicyType, Statement};

/// More than enough for two names of actions.
const STEPS: u64 = 10_000;

pub(crate) const RULE: Rule = Rule {
    code: "RED020",
    name: "redundant-action",
    severity: Severity::Low,
    aliases: &[aws_suggestion("REDUNDANT_ACTION")],
    check: Check::Statement(check),
    doc: Doc {
        what: "An action of a list is covered by another one of the same list.",
        why: "It changes nothing, costs part of the quota, and whoever removes it later to take access away is wrong.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["iam:Get*", "iam:GetRole"], "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": ["iam:Get*", "iam:ListRoles"], "Resource": "*"}"#,
        )],
        fix: "Remove it. `--fix` does.",
        source: "S1.8.2, S2.2",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let element = if statement.action.is_negated() { ElementName::NotAction } else { ElementName::Action };
    let Some(member) = subject.member(statement, element) else { return };
    let actions = statement.action.listed();
    for (at, action) in actions.iter().enumerate() {
        // Of two that say the same, the second goes.
        let by = actions.iter().enumerate().find(|(other, wider)| {
            *other != at
                && covers(&wider.value, &action.value)
                && (*other < at || !covers(&action.value, &wider.value))
        });
        let Some((_, by)) = by else { continue };
        let sentence = format!("`{}` is part of `{}`", action.value.as_str(), by.value.as_str());
        let finding = findings.add(action.span, sentence);
        finding.also(by.span, "covers it");
        if let Some(edit) = remove_item(subject.source(), &member.value, at) {
            finding.fix(Fix::safe("remove it", [edit]));
        }
    }
}

fn covers(wider: &ActionPattern, narrower: &ActionPattern) -> bool {
    let set = |action: &ActionPattern| TextSet::union([action.pattern()]);
    set(narrower).is_subset(&set(wider), &mut Budget::new(STEPS)).unwrap_or(false)
}
