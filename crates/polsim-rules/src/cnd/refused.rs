//! Conditions that the parser refuses or corrects: operators and keys that are none.

use polsim_lint::{Check, Doc, Fix, Rule, Severity, Text, aws_error, parliament};
use polsim_policy::{Problem, ProblemKind};
use polsim_text::Edit;

pub(crate) const DUPLICATE_KEYS: Rule = Rule {
    code: "CND001",
    name: "duplicate-keys-with-different-case",
    severity: Severity::Error,
    aliases: &[aws_error("DUPLICATE_KEYS_WITH_DIFFERENT_CASE")],
    doc: Doc {
        what: "A condition key stands twice under one operator, in different letter case.",
        why: "Condition keys compare without case, so this is one key with two lists, and AWS refuses it.",
        bad: allow_if!(r#"{"StringLike": {"aws:username": "a*", "aws:UserName": "b*"}}"#),
        good: allow_if!(r#"{"StringLike": {"aws:username": ["a*", "b*"]}}"#),
        fix: "Put all values into one list if one of them is to match; write two operators if both are.",
        source: "S1.10.6",
    },
    ..Rule::DEFAULT
};

pub(crate) const INVALID_OPERATOR: Rule = Rule {
    code: "CND002",
    name: "invalid-condition-operator",
    severity: Severity::Error,
    aliases: &[
        aws_error("INVALID_CONDITION_OPERATOR"),
        parliament("UNKNOWN_OPERATOR"),
        parliament("MISMATCHED_TYPE"),
    ],
    check: Check::Mend(mend_operator),
    doc: Doc {
        what: "The name of a condition operator is none.",
        why: "AWS refuses the document.",
        bad: allow_if!(r#"{"StringMatch": {"aws:username": "a*"}}"#),
        good: allow_if!(r#"{"StringLike": {"aws:username": "a*"}}"#),
        fix: "Write one of the operators; `--unsafe-fixes` takes the one that is spelt alike.",
        source: "S1.10.3",
    },
    ..Rule::DEFAULT
};

pub(crate) const NULL_WITH_IF_EXISTS: Rule = Rule {
    code: "CND003",
    name: "null-with-if-exists",
    severity: Severity::Error,
    aliases: &[aws_error("NULL_WITH_IF_EXISTS")],
    check: Check::Mend(mend_operator),
    doc: Doc {
        what: "`Null` is written with `IfExists`.",
        why: "`Null` asks whether the key is there, so `IfExists` has no meaning, and AWS refuses the document.",
        bad: allow_if!(r#"{"NullIfExists": {"aws:username": "false"}}"#),
        good: allow_if!(r#"{"Null": {"aws:username": "false"}}"#),
        fix: "Write `Null`. `--unsafe-fixes` does.",
        source: "S1.10.4",
    },
    ..Rule::DEFAULT
};

pub(crate) const INVALID_KEY_FORMAT: Rule = Rule {
    code: "CND004",
    name: "invalid-condition-key-format",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_CONDITION_KEY_FORMAT"), parliament("UNKNOWN_CONDITION_FOR_ACTION")],
    doc: Doc {
        what: "A condition key is not of the form `prefix:name`.",
        why: "AWS refuses the document.",
        bad: allow_if!(r#"{"StringLike": {"username": "a*"}}"#),
        good: allow_if!(r#"{"StringLike": {"aws:username": "a*"}}"#),
        fix: "Write the prefix: `aws` for global keys, that of the service for others.",
        source: "S1.10.5",
    },
    ..Rule::DEFAULT
};

pub(crate) const MISSING_TAG_KEY: Rule = Rule {
    code: "CND013",
    name: "missing-tag-key-in-condition",
    severity: Severity::Error,
    aliases: &[aws_error("MISSING_TAG_KEY_IN_CONDITION")],
    doc: Doc {
        what: "A condition key about a tag does not say which tag.",
        why: "No request has such a key, so the test comes out the same for every request.",
        bad: allow_if!(r#"{"StringEquals": {"aws:ResourceTag": "blue"}}"#),
        good: allow_if!(r#"{"StringEquals": {"aws:ResourceTag/team": "blue"}}"#),
        fix: "Write the key of the tag behind a slash.",
        source: "S1.10.5, S3.2.2",
    },
    ..Rule::DEFAULT
};

pub(crate) const UNUSUAL_CASE: Rule = Rule {
    code: "CND200",
    name: "unusual-operator-case",
    severity: Severity::Low,
    check: Check::Mend(mend_operator),
    doc: Doc {
        what: "A condition operator is written in unusual letter case.",
        why: "AWS takes it, but other tools that read policies do not.",
        bad: allow_if!(r#"{"stringlike": {"aws:username": "a*"}}"#),
        good: allow_if!(r#"{"StringLike": {"aws:username": "a*"}}"#),
        fix: "Write it as AWS does. `--fix` does.",
        source: "S1.10.3",
    },
    ..Rule::DEFAULT
};

fn mend_operator(_: &Text, problem: &Problem) -> Option<Fix> {
    let write = |name: &str| [Edit::replace(problem.span, format!("\"{name}\""))];
    Some(match &problem.kind {
        ProblemKind::UnknownOperator { near: Some(near), .. } => {
            let near = near.to_string();
            Fix::offered(format!("write `{near}`"), write(&near))
        }
        ProblemKind::NullIfExists => Fix::offered("write `Null`", write("Null")),
        ProblemKind::OperatorCase(operator) => {
            let right = operator.to_string();
            Fix::safe(format!("write `{right}`"), write(&right))
        }
        _ => return None,
    })
}
