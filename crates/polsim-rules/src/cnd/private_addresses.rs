//! Private addresses under `aws:SourceIp`, which holds public ones.

use crate::keys::{Family, tests};
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, aws_error, aws_suggestion};
use polsim_policy::{PolicyType, Statement};
use polsim_value::{AddressRange, AddressSet};
use std::sync::OnceLock;

/// Blocks that no request from the internet comes from (RFC 1918, 6598, 3927, 4193, 4291).
const PRIVATE: [&str; 8] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "fc00::/7",
    "fe80::/10",
];

const FIX: &str = "Test the private address of a caller behind a VPC endpoint with `aws:VpcSourceIp` and `aws:SourceVpc`, or list the public addresses of the network.";

const SOURCE: &str = "S5.5 I2, Access Analyzer policy check reference";

pub(crate) const ONLY: Rule = Rule {
    code: "CND020",
    name: "private-ip-address",
    severity: Severity::Error,
    aliases: &[aws_error("PRIVATE_IP_ADDRESS")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND020")),
    doc: Doc {
        what: "`IpAddress` lists only private addresses for `aws:SourceIp`.",
        why: "The key holds the public address, so the test never holds.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        )],
        fix: FIX,
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const ONLY_NOT: Rule = Rule {
    code: "CND021",
    name: "private-not-ip-address",
    severity: Severity::Error,
    aliases: &[aws_error("PRIVATE_NOT_IP_ADDRESS")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND021")),
    doc: Doc {
        what: "`NotIpAddress` lists only private addresses for `aws:SourceIp`.",
        why: "The key holds the public address, so the test always holds: a Deny denies every request.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        )],
        fix: FIX,
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const AMONG: Rule = Rule {
    code: "CND050",
    name: "private-ip-address-subset",
    severity: Severity::Low,
    aliases: &[aws_suggestion("PRIVATE_IP_ADDRESS_SUBSET")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND050")),
    doc: Doc {
        what: "`IpAddress` lists private addresses for `aws:SourceIp` among public ones.",
        why: "The key holds the public address, so the private ones match nothing.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        )],
        fix: FIX,
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const AMONG_NOT: Rule = Rule {
    code: "CND051",
    name: "private-not-ip-address-subset",
    severity: Severity::Low,
    aliases: &[aws_suggestion("PRIVATE_NOT_IP_ADDRESS_SUBSET")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND051")),
    doc: Doc {
        what: "`NotIpAddress` lists private addresses for `aws:SourceIp` among public ones.",
        why: "The key holds the public address, so the private ones spare nobody.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                "Condition": {"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        )],
        fix: FIX,
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

fn check(statement: &Statement, findings: &mut Findings<'_>, code: &str) {
    let tests = tests(statement).filter(|test| test.family() == Family::Ip && test.is("aws:SourceIp"));
    for test in tests {
        let (private, others): (Vec<_>, Vec<_>) =
            test.block.values.iter().partition(|value| is_private(&value.value.text));
        let is_negated = test.operator.value.name.is_negated();
        let (by, sentence) = match (others.is_empty(), is_negated) {
            (true, false) => (ONLY.code, "`aws:SourceIp` is no private address: this never holds"),
            (true, true) => (ONLY_NOT.code, "`aws:SourceIp` is no private address: this always holds"),
            (false, false) => {
                (AMONG.code, "`aws:SourceIp` is no private address: this value matches nothing")
            }
            (false, true) => {
                (AMONG_NOT.code, "`aws:SourceIp` is no private address: this value spares nobody")
            }
        };
        if let Some(first) = private.first().filter(|_| by == code) {
            findings
                .add(first.span, sentence)
                .help("behind a VPC endpoint the private address is `aws:VpcSourceIp`");
        }
    }
}

fn is_private(text: &str) -> bool {
    static BLOCKS: OnceLock<AddressSet> = OnceLock::new();
    let public = BLOCKS.get_or_init(|| {
        let blocks = PRIVATE.iter().filter_map(|block| AddressRange::read(block));
        blocks.fold(AddressSet::none(), |all, (block, _)| all.or(&AddressSet::in_range(block))).not()
    });
    AddressRange::read(text).is_some_and(|(range, _)| AddressSet::in_range(range).and(public).is_empty())
}
