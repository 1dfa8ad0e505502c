//! SYN013: a `Sid` with a character that it cannot have.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text, aws_error, parliament};
use polsim_policy::{PolicyType, Problem};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "SYN013",
    name: "sid-characters",
    severity: Severity::Error,
    aliases: &[aws_error("UNSUPPORTED_SID"), parliament("INVALID_SID")],
    check: Check::Mend(mend),
    doc: Doc {
        what: "A `Sid` has a character other than the letters A–Z, a–z and the digits in a type of policy that takes no others.",
        why: "IAM and Organizations refuse the document.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "Read only", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Sid": "ReadOnly", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Sid": "Read only", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#,
            ),
        ],
        fix: "Leave the character out. `--unsafe-fixes` removes them one by one.",
        source: "S1.5.2",
    },
    ..Rule::DEFAULT
};

fn mend(_: &Text, problem: &Problem) -> Option<Fix> {
    Some(Fix::offered("remove the character", [Edit::remove(problem.span)]))
}
