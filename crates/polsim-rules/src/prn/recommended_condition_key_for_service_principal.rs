//! PRN030: a service is told by a key that was not made for it.

use super::deputy;
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_suggestion,
};
use polsim_policy::{PolicyType, Statement};

/// Keys that people test instead, in lower case.
const WEAK: [&str; 4] = ["aws:referer", "aws:useragent", "aws:sourceowner", "aws:principalservicename"];

pub(crate) const RULE: Rule = Rule {
    code: "PRN030",
    name: "recommended-condition-key-for-service-principal",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    aliases: &[aws_suggestion("RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL")],
    applies: Types::RESOURCE.and(Types::TRUST),
    check: Check::Statement(check),
    doc: Doc {
        what: "An Allow for a service principal tests a key that does not tell for whom the service acts.",
        why: "aws:Referer and aws:UserAgent are free text, aws:SourceOwner is withdrawn, and \
              aws:PrincipalServiceName repeats the principal.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"Service": "ses.amazonaws.com"}, "Action": "s3:PutObject",
                "Resource": "arn:aws:s3:::acme-mail/*",
                "Condition": {"StringEquals": {"aws:Referer": "111122223333"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"Service": "ses.amazonaws.com"}, "Action": "s3:PutObject",
                "Resource": "arn:aws:s3:::acme-mail/*",
                "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}"#,
        )],
        fix: "Test aws:SourceAccount or aws:SourceArn.",
        source: "S5.3, Access Analyzer policy checks",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if deputy::tests_source(statement) || deputy::services(subject.policy_type(), statement).is_empty() {
        return;
    }
    for key in statement.condition.blocks.iter().flat_map(|block| &block.keys) {
        if WEAK.contains(&key.key.value.folded().as_str()) {
            let sentence = format!("`{}` does not tell for whom the service acts", key.key.value);
            findings.add(key.key.span, sentence).help("test aws:SourceAccount or aws:SourceArn");
        }
    }
}
