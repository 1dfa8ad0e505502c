//! SYN104: characters that IAM does not store, and byte order marks.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text};
use polsim_policy::{PolicyType, Problem, ProblemKind};
use polsim_text::Edit;
use polsim_text::json::JsonErrorKind;

pub(crate) const RULE: Rule = Rule {
    code: "SYN104",
    name: "illegal-characters",
    severity: Severity::High,
    check: Check::Mend(mend),
    doc: Doc {
        what: "The text has a character that IAM does not store, or begins with a byte order mark.",
        why: "AWS refuses the document. Typographic quotes, dashes and invisible blanks come along from web pages.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example–bucket/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#,
        )],
        fix: "Type the character anew, or save the file without a byte order mark. `--unsafe-fixes` removes the mark.",
        source: "S1.1.1, S1.1.2",
    },
    ..Rule::DEFAULT
};

fn mend(_: &Text, problem: &Problem) -> Option<Fix> {
    let is_mark = problem.kind == ProblemKind::Json(JsonErrorKind::ByteOrderMark);
    is_mark.then(|| Fix::offered("remove the byte order mark", [Edit::remove(problem.span)]))
}
