//! RED010: `"Sid": ""`.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text, aws_suggestion, remove_member};
use polsim_policy::{ElementName, PolicyType, Problem};

pub(crate) const RULE: Rule = Rule {
    code: "RED010",
    name: "empty-sid",
    severity: Severity::Low,
    aliases: &[aws_suggestion("EMPTY_SID_VALUE")],
    check: Check::Mend(mend),
    doc: Doc {
        what: "A `Sid` is empty.",
        why: "It says nothing, and nothing can refer to it.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Remove it, or say what the statement is for. `--fix` removes it.",
        source: "S1.5.1",
    },
    ..Rule::DEFAULT
};

fn mend(text: &Text, problem: &Problem) -> Option<Fix> {
    let mut statements = text.documents.iter().filter_map(|document| document.node.get("Statement"));
    let statement = statements.find_map(|node| {
        node.one_or_many().iter().find(|statement| statement.span.to(problem.span) == statement.span)
    })?;
    let at = statement.members()?.iter().position(|member| member.key.value == ElementName::Sid.as_str())?;
    Some(Fix::safe("remove the empty `Sid`", [remove_member(&text.source, statement, at)?]))
}
