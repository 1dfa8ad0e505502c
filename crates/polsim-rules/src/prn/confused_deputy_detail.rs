//! PRN101: the test that should keep other customers of a service out does not.

use super::deputy;
use crate::stranger;
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "PRN101",
    name: "confused-deputy-detail",
    severity: Severity::High,
    applies: Types::RESOURCE.and(Types::TRUST),
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "An Allow for a service principal tests for whom the service acts, and lets another customer's account \
               pass.",
        why: "A wildcard for the account in aws:SourceArn, or a test that is negated, is met by what belongs to others.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
                "Resource": "arn:aws:sqs:us-east-1:111122223333:jobs",
                "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:us-east-1:*:jobs"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
                "Resource": "arn:aws:sqs:us-east-1:111122223333:jobs",
                "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:jobs"}}}"#,
        )],
        fix: "Write the account into aws:SourceArn, or test aws:SourceAccount as well.",
        source: "S3.10, S4.13, S5.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if !deputy::tests_source(statement) {
        return;
    }
    let mut keys = statement.condition.blocks.iter().flat_map(|block| &block.keys);
    let Some(key) = keys.find(|key| stranger::is_of_source(&key.key.value.folded())) else { return };
    for (service, _) in deputy::services(subject.policy_type(), statement) {
        let judge = crate::scene::after_denies(subject, statement);
        if let Some(witness) = stranger::uses_service(&judge, service, statement) {
            let sentence = format!("`{service}` is let in for the account of a stranger all the same");
            findings
                .add(key.key.span, sentence)
                .help("write the account into the ARN, or test aws:SourceAccount as well")
                .witness(&witness.request);
        }
    }
}
