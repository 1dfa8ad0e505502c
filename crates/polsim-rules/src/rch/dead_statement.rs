//! RCH004: a statement that no request can meet.

use crate::never::applies_to_nothing;
use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Subject};
use polsim_policy::{Element, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RCH004",
    name: "dead-statement",
    severity: Severity::Medium,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "No request meets all that a statement demands.",
        why: "An Allow grants nothing, a Deny guards nothing, and its reader believes otherwise.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*",
                "Condition": {"NumericLessThan": {"s3:signatureAge": "10"},
                              "NumericGreaterThan": {"s3:signatureAge": "20"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*",
                "Condition": {"NumericGreaterThan": {"s3:signatureAge": "20"}}}"#,
        )],
        fix: "Find out what was meant. Tests of one statement must all hold; put alternatives into statements of their own.",
        source: "S3.1.1, S4.2.1",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    // Lists that name something name something that exists; only tests can contradict each other.
    let resource = statement.resource.as_ref();
    let names_nothing =
        statement.action.listed().is_empty() || resource.is_some_and(|r| r.listed().is_empty());
    let is_negated = statement.action.is_negated() || resource.is_some_and(Element::is_negated);
    if statement.condition.blocks.is_empty() && !names_nothing && !is_negated {
        return;
    }
    if let Some(confidence) = applies_to_nothing(subject, statement) {
        let name = subject.name(statement);
        let sentence = format!("{name} applies to no request");
        findings.add(subject.opening(statement), sentence).confidence(confidence);
    }
}
