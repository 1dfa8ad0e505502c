//! TRU101: session tags without bounds.

use polsim_arn::ActionName;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, Element, PolicyType, Principal, PrincipalType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "TRU101",
    name: "tag-session-unbounded",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    applies: Types::TRUST,
    check: Check::Statement(check),
    doc: Doc {
        what: "A trust policy allows `sts:TagSession` without a test of the tags.",
        why: "Whoever assumes the role chooses the tags that policies by `aws:PrincipalTag` rely on.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deploy"}, "Action": ["sts:AssumeRole", "sts:TagSession"],
               "Condition": {"StringEquals": {"aws:RequestTag/team": "blue"}, "ForAllValues:StringEquals": {"aws:TagKeys": "team"}}}"#,
        )],
        fix: "Test `aws:TagKeys` and `aws:RequestTag/…`.",
        source: "S5.3; AWS's page on session tags",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Ok(tag) = ActionName::parse("sts:TagSession") else { return };
    let mut keys = statement.condition.blocks.iter().flat_map(|block| &block.keys);
    let is_bounded = keys.any(|key| {
        let name = key.key.value.folded();
        name == "aws:tagkeys" || name.starts_with("aws:requesttag/")
    });
    // What services and Roles Anywhere send as tags is in their hands, not in those of a caller.
    let is_of_people =
        matches!(&statement.principal, Some(Element::Is(principal)) if names_people(&principal.value));
    if statement.effect.value == Effect::Deny || is_bounded || !is_of_people {
        return;
    }
    let named =
        statement.action.listed().iter().find(|action| !action.value.is_any() && action.value.matches(&tag));
    if let Some(action) = named.filter(|_| !statement.action.is_negated()) {
        let sentence = "whoever assumes the role chooses the tags of its session";
        findings.add(action.span, sentence).help("test `aws:TagKeys` and `aws:RequestTag/…`");
    }
}

fn names_people(principal: &Principal) -> bool {
    match principal {
        Principal::Everyone => true,
        Principal::Entries(entries) => entries.iter().any(|entry| entry.principal_type == PrincipalType::Aws),
    }
}
