//! SYN107: a policy inside of something else.

use polsim_lint::{Check, Doc, Example, Findings, Phase, Rule, Severity, Text};
use polsim_policy::PolicyType;
use polsim_text::json::{Node, NodeKind};

pub(crate) const RULE: Rule = Rule {
    code: "SYN107",
    name: "wrong-envelope",
    severity: Severity::Medium,
    phase: Phase::Text,
    check: Check::Text(check),
    doc: Doc {
        what: "The text is a policy wrapped into what an API answered, into a template, or without its envelope.",
        why: "AWS refuses it, and tools that look for `Statement` at the top find nothing wrong.",
        bad: &[
            Example::document(
                PolicyType::Resource,
                r#"{"Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[]}"}"#,
            ),
            Example::document(
                PolicyType::Identity,
                r#"[{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Take the document out: `jq -r .Policy` for `get-bucket-policy`, `jq .PolicyVersion.Document` for `get-policy-version`.",
        source: "S1.1.1, S1.4.1",
    },
    ..Rule::DEFAULT
};

/// Names under which APIs and templates keep a policy.
const ENVELOPES: [&str; 9] = [
    "Policy",
    "PolicyDocument",
    "PolicyVersion",
    "AssumeRolePolicyDocument",
    "ResourcePolicy",
    "Document",
    "policy",
    "policyDocument",
    "KeyPolicy",
];

fn check(text: &Text, findings: &mut Findings<'_>) {
    for document in &text.documents {
        if let Some(sentence) = wrapped(&document.node) {
            findings
                .add(opening(&document.node), sentence)
                .help("a policy is an object with `Version` and `Statement` at the top");
        }
    }
}

fn opening(node: &Node) -> polsim_text::Span {
    let members = node.members().and_then(<[_]>::first);
    members.map_or(polsim_text::Span::at(node.span.start()), |member| member.key.span)
}

fn wrapped(node: &Node) -> Option<String> {
    let is_statement = |node: &Node| node.get("Effect").is_some();
    if node.get("Statement").is_some() {
        return None;
    }
    if is_statement(node) {
        return Some("this is a statement without the document around it".to_owned());
    }
    match &node.kind {
        NodeKind::Array(items) if items.iter().any(is_statement) => {
            Some("this is a list of statements without the document around it".to_owned())
        }
        NodeKind::String(text) if text.contains("Statement") || text.contains("%22Statement") => {
            Some("this is a policy written as one JSON string".to_owned())
        }
        NodeKind::Object(members) => {
            let member = members.iter().find(|member| ENVELOPES.contains(&member.key.value.as_str()))?;
            Some(format!("the policy is wrapped into `{}`", member.key.value))
        }
        _ => None,
    }
}
