//! SYN105: comments and trailing commas, which editors take and AWS does not.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text, aws_error, parliament};
use polsim_policy::{PolicyType, Problem, ProblemKind};
use polsim_text::Edit;
use polsim_text::json::JsonErrorKind;

pub(crate) const RULE: Rule = Rule {
    code: "SYN105",
    name: "json-comments",
    severity: Severity::High,
    aliases: &[aws_error("JSON_SYNTAX_ERROR"), parliament("MALFORMED_JSON")],
    check: Check::Mend(mend),
    doc: Doc {
        what: "The text is JSON with comments or trailing commas.",
        why: "Many editors and configuration files take them; AWS refuses the document.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
                 {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
               ]}"#,
        )],
        good: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
                 {"Sid": "ReadersOfReports", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
               ]}"#,
        )],
        fix: "Remove them; a `Sid` can say what a statement is for. `--unsafe-fixes` removes commas.",
        source: "S1.1.1, RFC 8259",
    },
    ..Rule::DEFAULT
};

fn mend(_: &Text, problem: &Problem) -> Option<Fix> {
    let is_comma = matches!(problem.kind, ProblemKind::Json(JsonErrorKind::TrailingComma { .. }));
    is_comma.then(|| Fix::offered("remove the comma", [Edit::remove(problem.span)]))
}
