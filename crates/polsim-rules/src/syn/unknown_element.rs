//! SYN003: a name that is no element of the policy language.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text, aws_error, parliament};
use polsim_policy::{PolicyType, Problem, ProblemKind};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "SYN003",
    name: "unknown-element",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_POLICY_ELEMENT"), parliament("MALFORMED")],
    check: Check::Mend(mend),
    doc: Doc {
        what: "A name is no element of the policy language, or an element stands where it does not belong.",
        why: "AWS refuses the document; a misspelt `Condition` that were taken would be a hole.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Ressource": "*", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Mend the spelling or remove it; policies take no comments. `--unsafe-fixes` writes the element that it is near to.",
        source: "S1.1.4, S1.2.3",
    },
    ..Rule::DEFAULT
};

fn mend(_: &Text, problem: &Problem) -> Option<Fix> {
    let ProblemKind::UnknownElement { near: Some(right), .. } = &problem.kind else { return None };
    let title = format!("write `{right}`");
    Some(Fix::offered(title, [Edit::replace(problem.span, format!("\"{right}\""))]))
}
