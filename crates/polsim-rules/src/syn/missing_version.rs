//! SYN020: a document without `Version`.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text, aws_warning, parliament};
use polsim_policy::{PolicyType, Problem};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "SYN020",
    name: "missing-version",
    severity: Severity::Low,
    aliases: &[aws_warning("MISSING_VERSION"), parliament("NO_VERSION")],
    check: Check::Mend(mend),
    doc: Doc {
        what: "The document has no `Version`, which means the version of 2008.",
        why: "Under that version `${…}` is plain text: whoever adds a variable later will find that it matches nothing.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Write `\"Version\": \"2012-10-17\"`. `--unsafe-fixes` does; it makes variables count.",
        source: "S1.2.2",
    },
    ..Rule::DEFAULT
};

fn mend(_: &Text, problem: &Problem) -> Option<Fix> {
    let edit = Edit::insert(problem.span.end(), "\"Version\": \"2012-10-17\", ");
    Some(Fix::offered("add the current version", [edit]))
}
