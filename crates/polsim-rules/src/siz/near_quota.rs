//! SIZ100: a policy that has used up nine tenths of its quota.

use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Text};
use polsim_policy::{PolicyType, Quota};

pub(crate) const RULE: Rule = Rule {
    code: "SIZ100",
    name: "near-quota",
    severity: Severity::Info,
    phase: Phase::Text,
    check: Check::Text(check),
    doc: Doc {
        what: "The policy has used up nine tenths of the quota that probably applies.",
        why: "The next statement may not fit any more, and then there is no time to think about a better form.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "x…", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )
        .long(5600)],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "Short", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Join statements, remove what is redundant (RED, RCH), or split the policy in time.",
        source: "S1.12",
    },
    ..Rule::DEFAULT
};

fn check(text: &Text, findings: &mut Findings<'_>) {
    let Some(quota) = text.quota().or(Quota::probable(text.policy_type)) else { return };
    for document in &text.documents {
        let (written, limit) = (text.source.slice(document.span), quota.limit());
        // Nothing counts more than once, so what is short as it is written need not be measured.
        if written.len() * 10 <= limit * 9 {
            continue;
        }
        let size = quota.measure(written);
        if size <= limit && size * 10 > limit * 9 {
            let sentence =
                format!("the policy has {size} {}, of which {quota} may have {limit}", quota.unit());
            findings.add(document.span, sentence);
        }
    }
}
