//! XFL002: a resource policy speaks of an endpoint that no endpoint policy of the project belongs to.

use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject};
use polsim_policy::{PolicyType, Statement};
use polsim_text::Spanned;
use std::collections::BTreeSet;

pub(crate) const RULE: Rule = Rule {
    code: "XFL002",
    name: "undeclared-endpoint",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    phase: Phase::Project,
    check: Check::Project(check),
    doc: Doc {
        what: "A policy tests aws:SourceVpce for an endpoint, and none of the endpoint policies of the project belongs \
               to it. Looked at only when the project says which endpoints its endpoint policies belong to.",
        why: "The endpoint was made anew and got another id, or the id is that of another environment: nothing comes \
              through it.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}}"#,
        )
        .given(&[("endpoint-id", "vpce-0918273645afbecda")])
        .beside(&[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        )])],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}}"#,
        )
        .given(&[("endpoint-id", "vpce-0a1b2c3d4e5f60718")])
        .beside(&[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        )])],
        fix: "Write the id of the endpoint, or add its policy to the project.",
        source: "S4.11, S5.3",
    },
    ..Rule::DEFAULT
};

fn check(subjects: &[Subject<'_>], findings: &mut Findings<'_>) {
    let endpoints = subjects.iter().filter(|subject| subject.policy_type() == PolicyType::Endpoint);
    let declared: BTreeSet<&str> =
        endpoints.filter_map(|subject| subject.settings().endpoint_id.as_deref()).collect();
    if declared.is_empty() {
        return;
    }
    for subject in subjects.iter().filter(|subject| subject.policy_type() != PolicyType::Endpoint) {
        for id in subject.statements().iter().flat_map(endpoint_ids) {
            if !declared.contains(id.value) {
                let sentence = format!("no endpoint policy of the project belongs to `{}`", id.value);
                findings
                    .add_in(subject.source(), id.span, sentence)
                    .help("write the id of the endpoint, or add its policy to the project");
            }
        }
    }
}

/// The endpoints that a statement names in its condition.
pub(super) fn endpoint_ids(statement: &Statement) -> impl Iterator<Item = Spanned<&str>> {
    let keys = statement.condition.blocks.iter().flat_map(|block| &block.keys);
    let values = keys.filter(|key| key.key.value.folded() == "aws:sourcevpce").flat_map(|key| &key.values);
    let named = values.map(|value| Spanned { value: value.value.text.as_str(), span: value.span });
    named.filter(|id| id.value.starts_with("vpce-") && !id.value.contains(['*', '?', '$']))
}
