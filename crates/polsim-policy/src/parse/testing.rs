//! What the tests of the parser share: policies around one interesting statement, and problems in short.

use crate::{Parsed, PolicyType, Severity, parse};
use polsim_text::{Limits, Source};

/// Code, clause, severity and underlined text of a problem.
pub(super) type Short = (&'static str, &'static str, Severity, String);

pub(super) fn read(policy_type: PolicyType, text: &str) -> Parsed {
    parse(&Source::new("test.json", text), policy_type, &Limits::default())
}

/// All problems of a text.
pub(super) fn problems(policy_type: PolicyType, text: &str) -> Vec<Short> {
    let source = Source::new("test.json", text);
    let found = read(policy_type, text).problems;
    found
        .iter()
        .inspect(|problem| assert!(!problem.to_string().is_empty()))
        .map(|problem| {
            (problem.code(), problem.clause(), problem.severity(), source.slice(problem.span).to_owned())
        })
        .collect()
}

/// A policy of 2012-10-17 with these statements, whose members are given without the braces.
pub(super) fn policy(statements: &[&str]) -> String {
    let statements: Vec<String> = statements.iter().map(|members| format!("{{{members}}}")).collect();
    format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(", "))
}

/// The problems of an identity policy whose only statement has these members besides `Effect`.
pub(super) fn of_identity(members: &str) -> Vec<Short> {
    problems(PolicyType::Identity, &policy(&[&format!(r#""Effect": "Allow", {members}"#)]))
}

/// The problems of a resource policy whose only statement has this principal, and denies with `NotPrincipal`.
pub(super) fn of_principal(principal: &str) -> Vec<Short> {
    problems(
        PolicyType::Resource,
        &policy(&[&format!(r#""Effect": "Allow", "Principal": {principal}, {S3}"#)]),
    )
}

/// Action and resource that are lawful everywhere but in trust policies.
pub(super) const S3: &str = r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/k""#;

/// One problem in short.
pub(super) fn short(code: &'static str, clause: &'static str, severity: Severity, text: &str) -> Vec<Short> {
    vec![(code, clause, severity, text.to_owned())]
}

/// One problem that makes the document unlawful.
pub(super) fn invalid(code: &'static str, clause: &'static str, text: &str) -> Vec<Short> {
    short(code, clause, Severity::Invalid, text)
}

/// The problem kinds' help of a text, those that have any.
pub(super) fn help(policy_type: PolicyType, text: &str) -> Vec<String> {
    read(policy_type, text).problems.iter().filter_map(|problem| Some(problem.help()?.into_owned())).collect()
}
