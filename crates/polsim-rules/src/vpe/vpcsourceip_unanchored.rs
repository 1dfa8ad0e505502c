//! VPE017: private addresses without the network that they are of.

use crate::keys::{has_test_of, tests};
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "VPE017",
    name: "vpcsourceip-unanchored",
    severity: Severity::Medium,
    applies: Types::IDENTITY.and(Types::RESOURCE).and(Types::SCP).and(Types::RCP),
    check: Check::Statement(check),
    doc: Doc {
        what: "A statement tests `aws:VpcSourceIp` and not the VPC or endpoint that the address is of.",
        why: "Private addresses are not unique: everybody has a 10.0.0.0/8, and a request through anybody's endpoint carries its address.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/16"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/16"},
                              "StringEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"}}}"#,
        )],
        fix: "Test `aws:SourceVpc` or `aws:SourceVpce` in the same statement.",
        source: "S5.3, S6.4.5",
    },
    ..Rule::DEFAULT
};

const ANCHORS: [&str; 5] =
    ["aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn", "aws:VpceAccount", "aws:VpceOrgID"];

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if has_test_of(statement, &ANCHORS) {
        return;
    }
    for test in tests(statement).filter(|test| test.is_of(&["aws:VpcSourceIp"]) && !test.is_null()) {
        findings
            .add(test.block.key.span, "private addresses say nothing without the VPC that they are of")
            .help("test aws:SourceVpc or aws:SourceVpce in the same statement");
    }
}
