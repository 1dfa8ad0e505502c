//! VPE005: an account half written out.

use crate::keys::tests;
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};
use polsim_text::Span;

pub(crate) const RULE: Rule = Rule {
    code: "VPE005",
    name: "endpoint-account-mixed-wildcard",
    severity: Severity::High,
    applies: Types::ENDPOINT,
    check: Check::Statement(check),
    doc: Doc {
        what: "An ARN in the policy of a VPC endpoint has an account made of digits and wildcards.",
        why: "Endpoints take an account or a wildcard there, never both. And accounts that begin alike have nothing in common: anybody can come by one.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::1111*:role/app-readers"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app-*"}}}"#,
        )],
        fix: "Write all twelve digits, or `*` with a test of `aws:PrincipalOrgID`.",
        source: "S4.11.7",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let resources = statement.resource.iter().flat_map(|resource| resource.listed());
    let resources = resources.map(|entry| (entry.value.as_str(), entry.span));
    let values = tests(statement).flat_map(|test| &test.block.values);
    let values = values.map(|value| (value.value.text.as_str(), value.span));
    for (arn, span) in resources.chain(values) {
        check_arn(arn, span, findings);
    }
}

fn check_arn(arn: &str, span: Span, findings: &mut Findings<'_>) {
    let account = arn.starts_with("arn:").then(|| arn.split(':').nth(4)).flatten().unwrap_or_default();
    if account.contains(['*', '?']) && account.bytes().any(|byte| byte.is_ascii_digit()) {
        findings
            .add(span, format!("the account `{account}` is neither an account nor a wildcard"))
            .help("endpoint policies take twelve digits or `*` here");
    }
}
