//! ORG011: an RCP that tests what only services send, of everyone.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_warning};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "ORG011",
    name: "rcp-source-key-for-everyone",
    severity: Severity::Medium,
    aliases: &[aws_warning("RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY")],
    applies: Types::RCP,
    check: Check::Statement(check),
    doc: Doc {
        what: "A resource control policy tests a key of a service's source without `BoolIfExists aws:PrincipalIsAWSService true`.",
        why: "Calls of people and roles have no such key, so they are denied as well.",
        bad: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
               "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
               "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
                             "Null": {"aws:SourceAccount": "false"},
                             "BoolIfExists": {"aws:PrincipalIsAWSService": "true"}}}"#,
        )],
        fix: "Add `\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"true\"}`.",
        source: "S5.3; AWS's page on RCPs",
    },
    ..Rule::DEFAULT
};

/// Keys that a service sends when it calls for a resource.
const SOURCE_KEYS: [&str; 4] =
    ["aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceaccount", "aws:sourcearn"];

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let keys = || statement.condition.blocks.iter().flat_map(|block| &block.keys);
    let folded = |name: &str| keys().find(|key| key.key.value.folded() == name);
    let tested = keys().find(|key| SOURCE_KEYS.contains(&key.key.value.folded().as_str()));
    if let Some(key) = tested.filter(|_| folded("aws:principalisawsservice").is_none()) {
        let sentence = format!("only services of AWS send `{}`, and this is about everyone", key.key.value);
        findings
            .add(key.key.span, sentence)
            .help("add \"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"true\"}");
    }
}
