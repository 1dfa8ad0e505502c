//! PRN021: a service may act for anybody.

use super::deputy;
use crate::stranger;
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types, aws_security,
};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "PRN021",
    name: "restrict-access-to-service-principal",
    severity: Severity::High,
    confidence: Confidence::Medium,
    aliases: &[aws_security("RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL")],
    applies: Types::RESOURCE.and(Types::TRUST),
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "An Allow for a service principal says nothing of the account or resource that the service acts for.",
        why: "The service acts for every customer. Another customer who points it at this resource has it do there \
              what the statement allows: the service is a confused deputy.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sns:Publish",
                "Resource": "arn:aws:sns:us-east-1:111122223333:uploads"}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sns:Publish",
                    "Resource": "arn:aws:sns:us-east-1:111122223333:uploads",
                    "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}"#,
            ),
            Example::statements(
                PolicyType::Trust,
                r#"{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}"#,
            ),
        ],
        fix: "Test aws:SourceAccount, aws:SourceArn, aws:SourceOrgID or aws:SourceOrgPaths. Which services send them \
              when they assume a role is a table in the rule, and incomplete.",
        source: "S4.13, S5.3, Access Analyzer policy checks",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if deputy::tests_source(statement) {
        return;
    }
    for (service, span) in deputy::services(subject.policy_type(), statement) {
        let judge = crate::scene::after_denies(subject, statement);
        let Some(witness) = stranger::uses_service(&judge, service, statement) else { continue };
        let sentence = format!("`{service}` is let in for whatever account it acts for");
        findings
            .add(span, sentence)
            .help("test aws:SourceAccount, aws:SourceArn or aws:SourceOrgID")
            .witness(&witness.request);
    }
}
