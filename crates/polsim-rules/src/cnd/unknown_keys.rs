//! Condition keys that do not exist: global ones, withdrawn ones, those of a service.
//!
//! Keys of OIDC providers, whose prefix is a host, are left alone: nobody lists their claims.

use crate::keys::tests;
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Fix, Phase, Rule, Severity, Subject, aws_error, parliament,
};
use polsim_policy::{PolicyType, Statement};
use polsim_reference::Reference;
use polsim_text::Edit;

/// Keys that were withdrawn, and what took their place (Access Analyzer policy check reference, 2026-09).
const WITHDRAWN: [(&str, &str); 1] = [("aws:ARN", "aws:PrincipalArn")];

/// What people write, and the key that is meant; too far apart to be found by their spelling.
const MEANT: [(&str, &str); 12] = [
    ("aws:SourceVpcEndpoint", "aws:SourceVpce"),
    ("aws:VpcEndpoint", "aws:SourceVpce"),
    ("aws:VpcEndpointId", "aws:SourceVpce"),
    ("aws:VpcId", "aws:SourceVpc"),
    ("aws:OrgId", "aws:PrincipalOrgID"),
    ("aws:OrganizationId", "aws:PrincipalOrgID"),
    ("aws:MultiFactorAuth", "aws:MultiFactorAuthPresent"),
    ("aws:MFAPresent", "aws:MultiFactorAuthPresent"),
    ("aws:IpAddress", "aws:SourceIp"),
    ("aws:Region", "aws:RequestedRegion"),
    ("aws:SecureConnection", "aws:SecureTransport"),
    ("aws:AccountId", "aws:PrincipalAccount"),
];

pub(crate) const GLOBAL: Rule = Rule {
    code: "CND007",
    name: "invalid-global-condition-key",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("INVALID_GLOBAL_CONDITION_KEY")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, "CND007")),
    doc: Doc {
        what: "A condition key with the prefix `aws` does not exist.",
        why: "No request has it: a positive test never holds, a negated one always does.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:SourceVpcEndpoint": "vpce-1a2b3c4d"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
        )],
        fix: "Write the key that is meant. `--unsafe-fixes` takes the one that is spelt alike.",
        source: "S5.3, AWS service authorization reference",
    },
    ..Rule::DEFAULT
};

pub(crate) const WITHDRAWN_KEY: Rule = Rule {
    code: "CND008",
    name: "unsupported-global-condition-key",
    severity: Severity::Error,
    aliases: &[aws_error("UNSUPPORTED_GLOBAL_CONDITION_KEY")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, "CND008")),
    doc: Doc {
        what: "A global condition key was withdrawn.",
        why: "Requests do not have it any more.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"ArnLike": {"aws:ARN": "arn:aws:iam::111122223333:role/app"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app"}}}"#,
        )],
        fix: "Write the key that took its place. `--unsafe-fixes` does.",
        source: "Access Analyzer policy check reference",
    },
    ..Rule::DEFAULT
};

pub(crate) const OF_SERVICE: Rule = Rule {
    code: "CND009",
    name: "invalid-service-condition-key",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("INVALID_SERVICE_CONDITION_KEY"), parliament("UNKNOWN_CONDITION_FOR_ACTION")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| check(subject, statement, findings, "CND009")),
    doc: Doc {
        what: "A service does not define a condition key of this name.",
        why: "No request has it: a positive test never holds, a negated one always does.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
                "Condition": {"StringEquals": {"s3:SourceVpce": "vpce-1a2b3c4d"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
                "Condition": {"StringEquals": {"s3:prefix": "home/"}}}"#,
        )],
        fix: "Write the key that is meant. `--unsafe-fixes` takes the one that is spelt alike.",
        source: "AWS service authorization reference",
    },
    ..Rule::DEFAULT
};

/// The rule that finds something in a key.
fn rule_of(reference: &Reference, key: &str) -> Option<&'static str> {
    let (prefix, _) = key.split_once(':')?;
    if prefix.eq_ignore_ascii_case("aws") {
        if WITHDRAWN.iter().any(|(old, _)| old.eq_ignore_ascii_case(key)) {
            return Some(WITHDRAWN_KEY.code);
        }
        return (reference.key(key).is_none() && !lacks_tag(reference, key)).then_some(GLOBAL.code);
    }
    let is_unknown = reference.service(prefix).is_some() && reference.key(key).is_none();
    (is_unknown && !lacks_tag(reference, key)).then_some(OF_SERVICE.code)
}

/// Whether only the key of a tag is missing, which CND013 says.
fn lacks_tag(reference: &Reference, key: &str) -> bool {
    reference.key(&format!("{}/x", key.trim_end_matches('/'))).is_some_and(polsim_reference::Key::is_family)
}

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>, code: &str) {
    let Some(reference) = subject.reference() else { return };
    for test in tests(statement).filter(|test| rule_of(reference, test.key()) == Some(code)) {
        let key = test.key();
        let meant = WITHDRAWN.iter().chain(&MEANT).find(|(written, _)| written.eq_ignore_ascii_case(key));
        let meant = meant.map(|(_, meant)| *meant);
        let alike: Vec<&str> = match meant {
            Some(meant) => vec![meant],
            None => reference.keys_like(key).iter().map(|key| key.name()).collect(),
        };
        let sentence = if code == WITHDRAWN_KEY.code {
            format!("the condition key `{key}` was withdrawn")
        } else {
            format!("the condition key `{key}` is not known ({})", reference.version().date)
        };
        let finding = findings.add(test.block.key.span, sentence);
        if let Some(right) = alike.first() {
            finding.help(format!("did you mean `{}`?", alike.join("`, `")));
            let edit = Edit::replace(test.block.key.span, format!("\"{right}\""));
            finding.fix(Fix::offered(format!("write `{right}`"), [edit]));
        }
    }
}
