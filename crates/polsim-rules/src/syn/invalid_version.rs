//! SYN011: a version that does not exist.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text, aws_error, parliament};
use polsim_policy::{PolicyType, Problem};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "SYN011",
    name: "invalid-version",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_VERSION"), parliament("INVALID_VERSION")],
    check: Check::Mend(mend),
    doc: Doc {
        what: "`Version` is not one of the two versions of the policy language.",
        why: "AWS refuses the document. The date is not that of the policy.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-7", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Write `\"2012-10-17\"`. `--unsafe-fixes` does.",
        source: "S1.2.1",
    },
    ..Rule::DEFAULT
};

fn mend(_: &Text, problem: &Problem) -> Option<Fix> {
    Some(Fix::offered("write \"2012-10-17\"", [Edit::replace(problem.span, "\"2012-10-17\"")]))
}
