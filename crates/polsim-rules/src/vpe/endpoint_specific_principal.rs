//! VPE003: an endpoint policy that names principals. The parser finds them; here is what to do about it.

use polsim_lint::{Check, Doc, Example, Fix, Rule, Severity, Text, Types};
use polsim_policy::{Element, PolicyType, Principal, PrincipalType, Problem, Statement};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "VPE003",
    name: "endpoint-specific-principal",
    severity: Severity::Medium,
    applies: Types::ENDPOINT,
    check: Check::Mend(mend),
    doc: Doc {
        what: "The policy of a VPC endpoint names a principal other than `*`.",
        why: "At a gateway endpoint an account or its root ARN means the root user alone, nobody else of the account. The ARN of a role or user becomes a unique id when the policy is saved and no longer matches when the role is made anew.",
        bad: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:*", "Resource": "*"}"#,
            ),
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:role/app", "arn:aws:iam::111122223333:role/batch"]},
                    "Action": "s3:*", "Resource": "*"}"#,
            ),
        ],
        good: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app"}}}"#,
            ),
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:*", "Resource": "*",
                    "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}"#,
            ),
        ],
        fix: "Write `\"Principal\": \"*\"` and test `aws:PrincipalArn` or `aws:PrincipalAccount`. `--unsafe-fixes` does where the statement has no condition yet and all principals are accounts, or all are roles and users.",
        source: "S1.11.6, S4.11.5",
    },
    ..Rule::DEFAULT
};

fn mend(text: &Text, problem: &Problem) -> Option<Fix> {
    let mut statements = text.documents.iter().flat_map(|document| &document.policy.statements);
    let statement = statements.find(|statement| statement.span.to(problem.span) == statement.span)?;
    let Some(Element::Is(principal)) = &statement.principal else { return None };
    let Principal::Entries(entries) = &principal.value else { return None };
    if !statement.condition.blocks.is_empty() || has_condition(statement, text) {
        return None;
    }
    let named = |wanted: fn(&str) -> Option<String>| -> Option<Vec<String>> {
        let of_aws = entries.iter().all(|entry| entry.principal_type == PrincipalType::Aws);
        let values = entries.iter().map(|entry| wanted(&entry.value.value)).collect::<Option<Vec<_>>>();
        values.filter(|_| of_aws)
    };
    let (operator, key, values) = if let Some(accounts) = named(account) {
        ("StringEquals", "aws:PrincipalAccount", accounts)
    } else {
        ("ArnEquals", "aws:PrincipalArn", named(role_or_user)?)
    };
    let quoted: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
    let condition =
        format!("\"*\", \"Condition\": {{\"{operator}\": {{\"{key}\": [{}]}}}}", quoted.join(", "));
    Some(Fix::offered(format!("allow `*` and test {key}"), [Edit::replace(principal.span, condition)]))
}

fn has_condition(statement: &Statement, text: &Text) -> bool {
    text.source.slice(statement.span).contains("\"Condition\"")
}

fn account(principal: &str) -> Option<String> {
    let digits = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let id = match principal.strip_suffix(":root") {
        Some(head) => head.rsplit(':').next()?,
        None => principal,
    };
    digits(id).then(|| id.to_owned())
}

fn role_or_user(principal: &str) -> Option<String> {
    let resource = principal.splitn(6, ':').nth(5)?;
    (resource.starts_with("role/") || resource.starts_with("user/")).then(|| principal.to_owned())
}
