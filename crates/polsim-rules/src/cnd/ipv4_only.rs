//! CND115: a network that is known by its IPv4 addresses only.

use crate::keys::{Family, tests};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{Effect, PolicyType, Statement};
use polsim_value::{AddressRange, AddressSet};

pub(crate) const RULE: Rule = Rule {
    code: "CND115",
    name: "ipv4-only",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    opt_in: true,
    check: Check::Statement(check),
    doc: Doc {
        what: "A Deny spares IPv4 ranges of `aws:SourceIp` and no IPv6 range.",
        why: "Many endpoints of AWS have IPv6 addresses, and clients with both families prefer them: they are cut off. Selected by name only, because many networks have no IPv6.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                "Condition": {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}}}"#,
        )],
        fix: "Add the IPv6 ranges of the network.",
        source: "S3.9.5",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Deny {
        return;
    }
    let Some((v4, _)) = AddressRange::read("0.0.0.0/0") else { return };
    let v6 = AddressSet::in_range(v4).not();
    let tests = tests(statement).filter(|test| {
        test.family() == Family::Ip && test.operator.value.name.is_negated() && test.is("aws:SourceIp")
    });
    for test in tests {
        let ranges: Vec<_> = test.texts().filter_map(AddressRange::read).collect();
        let has_v6 = ranges.iter().any(|(range, _)| !AddressSet::in_range(*range).and(&v6).is_empty());
        if !ranges.is_empty() && !has_v6 {
            findings.add(test.block.key.span, "every client that comes over IPv6 is denied");
        }
    }
}
