//! SYN006: an `Effect` that is neither `Allow` nor `Deny`.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text, aws_error, parliament};
use polsim_policy::{PolicyType, Problem, ProblemKind};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "SYN006",
    name: "invalid-effect",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_EFFECT"), parliament("MALFORMED")],
    check: Check::Mend(mend),
    doc: Doc {
        what: "`Effect` is neither `Allow` nor `Deny` in exactly this spelling.",
        why: "AWS refuses the document.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Write `Allow` or `Deny`. `--unsafe-fixes` writes the one that it is near to.",
        source: "S1.6.1",
    },
    ..Rule::DEFAULT
};

fn mend(_: &Text, problem: &Problem) -> Option<Fix> {
    let ProblemKind::InvalidEffect { near: Some(effect) } = problem.kind else { return None };
    let effect = effect.as_str();
    Some(Fix::offered(format!("write `{effect}`"), [Edit::replace(problem.span, format!("\"{effect}\""))]))
}
