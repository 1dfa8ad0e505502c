//! SYN106: a placeholder that nobody replaced.

use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Text};
use polsim_policy::PolicyType;
use polsim_text::Span;
use polsim_text::json::{Node, NodeKind};

pub(crate) const RULE: Rule = Rule {
    code: "SYN106",
    name: "placeholder-left",
    severity: Severity::High,
    confidence: Confidence::Medium,
    phase: Phase::Text,
    check: Check::Text(check),
    doc: Doc {
        what: "A value is a placeholder of a sample or of a template.",
        why: "It matches nothing, so an Allow grants nothing and a Deny guards nothing. `${AWS::AccountId}` and `${var.x}` are read as policy variables that have no value.",
        bad: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
               "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "<my-org-id>"}}}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data-${AWS::AccountId}/*"}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
               "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Write the real value.",
        source: "S3.15.1; the ways in which AWS's guides, CloudFormation, Terraform and Jinja write placeholders",
    },
    ..Rule::DEFAULT
};

/// Words that AWS's guides and people write for a value that is still to come, in capitals.
const WORDS: [&str; 9] = [
    "REPLACE_ME",
    "REPLACEME",
    "CHANGE_ME",
    "CHANGEME",
    "PLACEHOLDER",
    "YOUR_ACCOUNT_ID",
    "YOUR-ACCOUNT-ID",
    "ACCOUNT_ID",
    "ACCOUNT-ID",
];

/// The capitals that each of the words has in a row.
const SHORTEST_WORD: usize = 4;

/// The fewest `x` that stand for an id.
const SHORTEST_ROW: usize = 6;

fn check(text: &Text, findings: &mut Findings<'_>) {
    for document in &text.documents {
        look(&document.node, findings);
    }
}

fn look(node: &Node, findings: &mut Findings<'_>) {
    match &node.kind {
        NodeKind::String(text) => look_at(text, node.span, findings),
        NodeKind::Array(items) => items.iter().for_each(|item| look(item, findings)),
        NodeKind::Object(members) => members.iter().for_each(|member| look(&member.value, findings)),
        _ => {}
    }
}

fn look_at(text: &str, span: Span, findings: &mut Findings<'_>) {
    if let Some(what) = placeholder(text) {
        findings.add(span, format!("`{what}` is a placeholder")).help("write the real value");
    }
}

/// Whether a text has what some placeholder has: a bracket, or a row of capitals or of `x`. Most texts have neither, and
/// one look tells.
fn may_have_one(text: &str) -> bool {
    let (mut capitals, mut row) = (0, 0);
    text.bytes().any(|byte| {
        capitals = if byte.is_ascii_uppercase() { capitals + 1 } else { 0 };
        row = if byte.eq_ignore_ascii_case(&b'x') { row + 1 } else { 0 };
        matches!(byte, b'<' | b'{') || capitals >= SHORTEST_WORD || row >= SHORTEST_ROW
    })
}

/// The first placeholder in a text.
fn placeholder(text: &str) -> Option<&str> {
    if !may_have_one(text) {
        return None;
    }
    between(text, "<", ">", |name| !name.is_empty() && name.len() <= 40 && name.chars().all(is_of_name))
        .or_else(|| between(text, "{{", "}}", |_| true))
        .or_else(|| between(text, "${", "}", is_of_template))
        .or_else(|| WORDS.into_iter().find(|word| text.contains(word)))
        .or_else(|| text.split([':', '/']).find(|part| is_row_of_x(part)))
}

/// The first text in these brackets that is one, brackets and all.
fn between<'t>(text: &'t str, open: &str, close: &str, is_one: impl Fn(&str) -> bool) -> Option<&'t str> {
    text.match_indices(open).find_map(|(at, _)| {
        let inside = at + open.len();
        let length = text.get(inside..)?.find(close)?;
        is_one(text.get(inside..inside + length)?).then(|| text.get(at..inside + length + close.len()))?
    })
}

fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | ' ' | '.')
}

/// CloudFormation's pseudo parameters and Terraform's references; a policy variable has one colon, or a name in front.
fn is_of_template(name: &str) -> bool {
    let terraform = ["var.", "local.", "data.", "module.", "aws_", "each.", "self."];
    name.contains("::") || terraform.iter().any(|start| name.starts_with(start))
}

/// `o-xxxxxxxxxx`, `vpce-xxxxxxxx`, `XXXXXXXXXXXX`.
fn is_row_of_x(part: &str) -> bool {
    let row = part.rsplit('-').next().unwrap_or(part);
    row.len() >= SHORTEST_ROW && row.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'x'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_passes_the_first_look() {
        for word in WORDS {
            assert_eq!(placeholder(&format!("arn:aws:iam::{word}:root")), Some(word));
        }
    }

    #[test]
    fn ids_and_variables_are_no_placeholders() {
        for text in ["vpce-0a1b2c3d4e5f67890", "${aws:PrincipalTag/team}", "arn:aws:s3:::ACME-XX/*", "*"] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }
}
