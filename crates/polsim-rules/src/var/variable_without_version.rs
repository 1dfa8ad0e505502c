//! VAR101: a variable in a document without `Version`.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text, aws_warning};
use polsim_policy::{PolicyType, Problem};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "VAR101",
    name: "variable-without-version",
    severity: Severity::High,
    aliases: &[aws_warning("MISSING_VERSION")],
    check: Check::Mend(mend),
    doc: Doc {
        what: "The document has policy variables and no `Version`.",
        why: "That means the version of 2008, under which a variable is plain text: a bucket or prefix named `${aws:username}` belongs to nobody.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
        )],
        good: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
        )],
        fix: "Write `\"Version\": \"2012-10-17\"`. `--unsafe-fixes` does; it makes the variables count.",
        source: "S1.2.2, S3.15.2",
    },
    ..Rule::DEFAULT
};

fn mend(_: &Text, problem: &Problem) -> Option<Fix> {
    let edit = Edit::insert(problem.span.end(), "\"Version\": \"2012-10-17\", ");
    Some(Fix::offered("add the current version", [edit]))
}
