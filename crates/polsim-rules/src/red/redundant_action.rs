//! RED020: an action that another one of the same list covers.

use polsim_arn::{ActionPattern, Pattern};
use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject, aws_suggestion, remove_item};
use polsim_policy::{ElementName, PolicyType, Statement};
use std::collections::HashMap;

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
    if actions.len() < 2 {
        return;
    }
    let mut first = HashMap::with_capacity(actions.len());
    for (at, action) in actions.iter().enumerate() {
        first.entry(action.value.folded()).or_insert(at);
    }
    let is_wild = |action: &ActionPattern| action.folded().contains(['*', '?']);
    let wild: Vec<(usize, Pattern)> = actions
        .iter()
        .enumerate()
        .filter(|(at, action)| is_wild(&action.value) && first.get(action.value.folded()) == Some(at))
        .map(|(at, action)| (at, action.value.pattern()))
        .collect();
    // Most lists name every action once.
    if wild.is_empty() && first.len() == actions.len() {
        return;
    }
    for (at, action) in actions.iter().enumerate() {
        let this = is_wild(&action.value).then(|| action.value.pattern());
        let is_covered_by = |wider: &Pattern| match &this {
            Some(this) => wider.covers(this),
            None => wider.matches(action.value.folded()),
        };
        let covers = |other: &Pattern| this.as_ref().is_some_and(|this| this.covers(other));
        let twin = first.get(action.value.folded()).copied().filter(|first| *first != at);
        // Of two that say the same in different words, the second goes.
        let wider = || {
            let mut others = wild.iter().filter(|(other, _)| *other != at);
            let covering =
                others.find(|(other, wider)| is_covered_by(wider) && (*other < at || !covers(wider)));
            covering.map(|(other, _)| *other)
        };
        let Some(by) = twin.or_else(wider).and_then(|by| actions.get(by)) else { continue };
        let sentence = format!("`{}` is part of `{}`", action.value.as_str(), by.value.as_str());
        let finding = findings.add(action.span, sentence);
        finding.also(by.span, "covers it");
        if let Some(edit) = remove_item(subject.source(), &member.value, at) {
            finding.fix(Fix::safe("remove it", [edit]));
        }
    }
}
