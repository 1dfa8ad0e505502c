//! SYN108: an element in the wrong letter case.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text, aws_error, parliament};
use polsim_policy::{PolicyType, Problem, ProblemKind};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "SYN108",
    name: "element-case",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_POLICY_ELEMENT"), parliament("MALFORMED")],
    check: Check::Mend(mend),
    doc: Doc {
        what: "The name of an element is written with the wrong letter case.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Write it as AWS does. `--unsafe-fixes` does.",
        source: "S1.1.5",
    },
    ..Rule::DEFAULT
};

fn mend(_: &Text, problem: &Problem) -> Option<Fix> {
    let ProblemKind::ElementCase { right } = &problem.kind else { return None };
    let title = format!("write `{right}`");
    Some(Fix::offered(title, [Edit::replace(problem.span, format!("\"{right}\""))]))
}
