//! RED013: an address range with bits behind its mask.

use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject, aws_suggestion};
use polsim_policy::{OperatorName, PolicyType, Statement};
use polsim_text::Edit;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(crate) const RULE: Rule = Rule {
    code: "RED013",
    name: "host-bits-in-range",
    severity: Severity::Low,
    aliases: &[aws_suggestion("IMPROVE_IP_RANGE")],
    check: Check::Statement(check),
    doc: Doc {
        what: "An address range has bits set behind its mask.",
        why: "The bits count for nothing: `203.0.113.7/24` is all of `203.0.113.0/24`, which may be more than was meant.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.7/24"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}"#,
        )],
        fix: "Write the first address of the range. `--fix` does.",
        source: "S3.9",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let blocks = statement.condition.blocks.iter();
    let of_addresses = |name| matches!(name, OperatorName::IpAddress | OperatorName::NotIpAddress);
    for block in blocks.filter(|block| of_addresses(block.operator.value.name)) {
        for value in block.keys.iter().flat_map(|key| &key.values) {
            if let Some(range) = tidied(&value.value.text) {
                let fix = Fix::safe(
                    format!("write `{range}`"),
                    [Edit::replace(value.span, format!("\"{range}\""))],
                );
                findings.add(value.span, format!("this is all of `{range}`")).fix(fix);
            }
        }
    }
}

/// The range with the bits behind its mask cleared, when some are set.
fn tidied(text: &str) -> Option<String> {
    let (address, length) = text.split_once('/')?;
    let length: u32 = length.parse().ok()?;
    let first = match address.parse().ok()? {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32_u32.checked_sub(length)?).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits() & mask))
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128_u32.checked_sub(length)?).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & mask))
        }
    };
    (first != address.parse::<IpAddr>().ok()?).then(|| format!("{first}/{length}"))
}
