//! SYN105: comments and trailing commas, which editors take and AWS does not.

use polsim_lint::{Check, Doc, Example, Findings, Fix, Phase, Rule, Severity, Text};
use polsim_policy::{PolicyType, ProblemKind};
use polsim_text::Edit;
use polsim_text::json::JsonErrorKind;

pub(crate) const RULE: Rule = Rule {
    code: "SYN105",
    name: "json-comments",
    severity: Severity::High,
    phase: Phase::Text,
    check: Check::Text(check),
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
        fix: "Remove them. A `Sid` can say what a statement is for. `--unsafe-fixes` removes commas.",
        source: "S1.1.1, RFC 8259",
    },
    ..Rule::DEFAULT
};

fn check(text: &Text, findings: &mut Findings<'_>) {
    for problem in &text.problems {
        match &problem.kind {
            ProblemKind::Json(JsonErrorKind::Comment) => {
                findings.add(problem.span, "this is JSON with comments, which AWS does not take");
            }
            ProblemKind::Json(JsonErrorKind::TrailingComma { .. }) => {
                let fix = Fix::offered("remove the comma", [Edit::remove(problem.span)]);
                findings
                    .add(problem.span, "this is JSON with trailing commas, which AWS does not take")
                    .fix(fix);
            }
            _ => {}
        }
    }
}
