//! CND032: a wildcard under an operator that knows none.

use crate::keys::{Family, has_wildcard, tests};
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, aws_warning};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "CND032",
    name: "wildcard-without-like-operator",
    severity: Severity::Medium,
    aliases: &[aws_warning("WILDCARD_WITHOUT_LIKE_OPERATOR")],
    check: Check::Statement(check),
    doc: Doc {
        what: "A value has `*` or `?` under an operator that takes it literally.",
        why: "`StringEquals` compares the star itself, so the value matches next to nothing.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
                "Condition": {"StringEquals": {"s3:prefix": "home/*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
                "Condition": {"StringLike": {"s3:prefix": "home/*"}}}"#,
        )],
        fix: "Write `StringLike` or `StringNotLike`; if the character itself is meant, write `${*}` or `${?}`.",
        source: "S3.4.3",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let literal = tests(statement).filter(|test| test.family() == Family::String && !test.takes_wildcards());
    for test in literal {
        for value in test.block.values.iter().filter(|value| has_wildcard(&value.value.text)) {
            let like = if test.operator.value.name.is_negated() { "StringNotLike" } else { "StringLike" };
            let text = &value.value.text;
            findings
                .add(
                    value.span,
                    format!("`{}` takes the wildcard in `{text}` literally", test.operator.value),
                )
                .also(test.operator.span, "compares whole values")
                .help(format!("`{like}` knows wildcards"));
        }
    }
}
