//! ORG012: an RCP that tests a source without looking whether there is one.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_warning};
use polsim_policy::{OperatorName, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "ORG012",
    name: "rcp-source-key-may-be-absent",
    severity: Severity::Medium,
    aliases: &[aws_warning("RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK")],
    applies: Types::RCP,
    check: Check::Statement(check),
    doc: Doc {
        what: "A resource control policy tests `aws:SourceOrgID` or `aws:SourceOrgPaths` without `Null aws:SourceAccount false`.",
        why: "Not every service says for whose resource it calls; those that do not are denied.",
        bad: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
               "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
                             "BoolIfExists": {"aws:PrincipalIsAWSService": "true"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
               "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
                             "Null": {"aws:SourceAccount": "false"},
                             "BoolIfExists": {"aws:PrincipalIsAWSService": "true"}}}"#,
        )],
        fix: "Add `\"Null\": {\"aws:SourceAccount\": \"false\"}`.",
        source: "S5.3; AWS's page on RCPs",
    },
    ..Rule::DEFAULT
};

/// Keys that a service sends only when it knows for whose resource it calls.
const ORGANIZATION_KEYS: [&str; 2] = ["aws:sourceorgid", "aws:sourceorgpaths"];
/// Keys that are there whenever those can be.
const PRESENCE_KEYS: [&str; 2] = ["aws:sourceaccount", "aws:sourcearn"];

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let blocks = statement.condition.blocks.iter();
    let nulls = blocks.clone().filter(|block| block.operator.value.name == OperatorName::Null);
    let looks = nulls
        .flat_map(|block| &block.keys)
        .any(|key| PRESENCE_KEYS.contains(&key.key.value.folded().as_str()));
    let mut keys = blocks.flat_map(|block| &block.keys);
    let tested = keys.find(|key| ORGANIZATION_KEYS.contains(&key.key.value.folded().as_str()));
    if let Some(key) = tested.filter(|_| !looks) {
        let sentence = format!("a service that sends no `{}` is denied too", key.key.value);
        findings.add(key.key.span, sentence).help("add \"Null\": {\"aws:SourceAccount\": \"false\"}");
    }
}
