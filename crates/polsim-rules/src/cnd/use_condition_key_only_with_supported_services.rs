//! CND038: the owner of a VPC endpoint, tested for services that do not tell it.

use crate::actions::{listed, some_of};
use crate::keys::{Family, tests};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, aws_warning};
use polsim_policy::{Effect, PolicyType, Statement};

/// The keys.
const KEYS: [&str; 3] = ["aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"];

/// The services whose requests have them, by the examples of aws-samples/data-perimeter-policy-examples (2026-09).
/// The list grows.
const SERVICES: [&str; 48] = [
    "acm-pca",
    "applicationinsights",
    "apprunner",
    "athena",
    "b2bi",
    "cassandra",
    "cloudformation",
    "cognito-identity",
    "comprehendmedical",
    "compute-optimizer",
    "datasync",
    "discovery",
    "dms",
    "ds-data",
    "ebs",
    "ecr",
    "ecs",
    "firehose",
    "healthlake",
    "identitystore",
    "iotfleetwise",
    "iottwinmaker",
    "iotwireless",
    "kinesisanalytics",
    "kms",
    "lambda",
    "medical-imaging",
    "network-firewall",
    "omics",
    "payment-cryptography",
    "polly",
    "pricing",
    "rbin",
    "rekognition",
    "route53",
    "s3",
    "scheduler",
    "servicediscovery",
    "servicequotas",
    "ses",
    "sms-voice",
    "sqs",
    "ssm-contacts",
    "storagegateway",
    "textract",
    "transcribe",
    "transfer",
    "workmail",
];

pub(crate) const RULE: Rule = Rule {
    code: "CND038",
    name: "use-condition-key-only-with-supported-services",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    aliases: &[aws_warning("USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES")],
    check: Check::Statement(check),
    doc: Doc {
        what: "The owner of a VPC endpoint is tested for services that do not tell it.",
        why: "Their requests never have the key: a Deny unless it matches denies them all, an Allow if it matches allows none.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "*", "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:VpceOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": ["s3:*", "sqs:*"], "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:VpceOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "List the actions of services that support the key.",
        source: "S5.3, AWS data perimeter examples",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let is_deny = statement.effect.value == Effect::Deny;
    for test in tests(statement).filter(|test| test.is_of(&KEYS) && test.family() != Family::Null) {
        // A Deny that the missing key keeps from applying, and an Allow that it does not, hurt nobody.
        if test.holds_without_key() != is_deny {
            continue;
        }
        let mut others: Vec<String> = listed(statement)
            .iter()
            .filter(|entry| !entry.value.service().is_some_and(|service| SERVICES.contains(&service)))
            .map(|entry| entry.value.as_str().to_owned())
            .collect();
        if statement.action.is_negated() {
            others.push("NotAction".to_owned());
        }
        if !others.is_empty() {
            let sentence =
                format!("`{}` is not known to be in requests with {}", test.key(), some_of(&others));
            findings
                .add(test.block.key.span, sentence)
                .also(statement.action.span(), "covers other services")
                .help("list the actions of services that support the key");
        }
    }
}
