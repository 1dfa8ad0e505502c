//! SYN001: the text is not one JSON value.

use polsim_lint::{Doc, Example, Rule, Severity, aws_error, parliament};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN001",
    name: "json-syntax",
    severity: Severity::Error,
    aliases: &[aws_error("JSON_SYNTAX_ERROR"), parliament("MALFORMED_JSON")],
    doc: Doc {
        what: "The text is not JSON.",
        why: "AWS refuses it, and nothing else can be said about it.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow" "Action": "*"}]}"#,
        )],
        good: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"#,
        )],
        fix: "Mend the place that is underlined; the second place shows what it belongs to.",
        source: "S1.1.1, RFC 8259",
    },
    ..Rule::DEFAULT
};
