//! CND106: tests about MFA that a request without the key slips past.

use crate::keys::{Family, demands, tests};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, parliament};
use polsim_policy::{Effect, PolicyType, Statement};
use polsim_reference::Presence;
use polsim_value::read_truth;

pub(crate) const RULE: Rule = Rule {
    code: "CND106",
    name: "positive-deny-absent",
    severity: Severity::High,
    confidence: Confidence::Medium,
    aliases: &[parliament("BAD_PATTERN_FOR_MFA")],
    check: Check::Statement(check),
    doc: Doc {
        what: "A Deny tests that a key is false, or an Allow that there was no MFA.",
        why: "`Bool` is false of a missing key: `aws:MultiFactorAuthPresent` is absent with long-term access keys, so the Deny does not reach them. An Allow that demands its absence opens to those who should be kept out.",
        bad: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Deny", "Action": "*", "Resource": "*",
                    "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "*", "Resource": "*",
                    "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "*", "Resource": "*",
                "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}"#,
        )],
        fix: "Write `BoolIfExists` in the Deny; in an Allow test for `true`.",
        source: "S3.7.3, S5.5 I9",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let is_deny = statement.effect.value == Effect::Deny;
    for test in tests(statement) {
        let is_mfa = test.is("aws:MultiFactorAuthPresent");
        let says = |truth| test.texts().any(|text| read_truth(text) == Some(truth));
        match test.family() {
            Family::Bool if is_deny && says(false) && !test.holds_without_key() => {
                let presence = Presence::of(test.key());
                let may_miss = !matches!(presence, Presence::Always | Presence::Signed | Presence::Untold);
                // Who demands the key in another test says what is meant.
                let others = tests(statement)
                    .filter(|other| other.is(test.key()) && !std::ptr::eq(other.block, test.block));
                if may_miss && others.count() == 0 {
                    let sentence = format!("requests without `{}` are not denied", test.key());
                    findings
                        .add(test.operator.span, sentence)
                        .also(test.block.key.span, "may be missing")
                        .help("write `BoolIfExists`");
                }
            }
            Family::Bool if !is_deny && is_mfa && says(false) => {
                findings.add(test.block.key.span, "this allows requests without MFA, and those only");
            }
            Family::Null
                if !is_deny
                    && is_mfa
                    && says(false)
                    && !demands_truth(statement)
                    && demands(statement, test.key()) =>
            {
                let sentence = "the key is there in sessions without MFA too: this does not demand MFA";
                findings.add(test.block.key.span, sentence).help("test that it is `true`");
            }
            _ => {}
        }
    }
}

/// Whether a statement demands MFA in a test that does so.
fn demands_truth(statement: &Statement) -> bool {
    tests(statement).any(|test| {
        test.is("aws:MultiFactorAuthPresent")
            && test.family() == Family::Bool
            && test.texts().any(|text| read_truth(text) == Some(true))
    })
}
