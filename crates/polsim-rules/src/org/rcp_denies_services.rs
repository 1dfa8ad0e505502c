//! ORG010: an RCP that tests the caller and so denies services of AWS.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_warning};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "ORG010",
    name: "rcp-denies-services",
    severity: Severity::Medium,
    aliases: &[aws_warning("RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY")],
    applies: Types::RCP,
    check: Check::Statement(check),
    doc: Doc {
        what: "A resource control policy tests a key of the principal without `BoolIfExists aws:PrincipalIsAWSService false`.",
        why: "Services of AWS that call for themselves have no such key, so log delivery, replication and the like are denied as well.",
        bad: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
               "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
               "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                             "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}"#,
        )],
        fix: "Add `\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"}`.",
        source: "S5.3; AWS's page on RCPs",
    },
    ..Rule::DEFAULT
};

/// Keys that say something of the caller, which a service of AWS does not have.
const PRINCIPAL_KEYS: [&str; 3] = ["aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount"];

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let keys = || statement.condition.blocks.iter().flat_map(|block| &block.keys);
    let folded = |name: &str| keys().find(|key| key.key.value.folded() == name);
    let tested = keys().find(|key| PRINCIPAL_KEYS.contains(&key.key.value.folded().as_str()));
    if let Some(key) = tested.filter(|_| folded("aws:principalisawsservice").is_none()) {
        let sentence = format!("services of AWS have no `{}` and are denied too", key.key.value);
        findings
            .add(key.key.span, sentence)
            .help("add \"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"}");
    }
}
