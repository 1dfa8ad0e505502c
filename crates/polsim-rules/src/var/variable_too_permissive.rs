//! VAR001: a policy variable in a key that holds an identifier of AWS.

use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, aws_error};
use polsim_policy::{Part, PolicyType, Statement, read_template};

pub(crate) const RULE: Rule = Rule {
    code: "VAR001",
    name: "variable-too-permissive",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    aliases: &[aws_error("VARIABLE_USAGE_TOO_PERMISSIVE")],
    check: Check::Statement(check),
    doc: Doc {
        what: "A policy variable stands in the value of a key that identifies an account, an organization, a VPC or an endpoint, with fewer than six characters before it.",
        why: "Whoever can set what the variable stands for chooses the identifier.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEquals": {"aws:PrincipalOrgID": "${aws:PrincipalTag/org}"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Write the identifier. Comparing two keys of AWS, such as `aws:ResourceOrgID` with `${aws:PrincipalOrgID}`, is fine.",
        source: "Access Analyzer's check; the list of keys is ours, because AWS publishes none (as of 2026)",
    },
    ..Rule::DEFAULT
};

/// Keys with identifiers that AWS makes.
const IDENTIFIERS: [&str; 14] = [
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:resourceaccount",
    "aws:resourceorgid",
    "aws:resourceorgpaths",
    "aws:sourceaccount",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:vpceorgpaths",
];

/// How many characters have to stand before a variable.
const ENOUGH: usize = 6;

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let version = subject.policy().effective_version();
    for key in statement.condition.blocks.iter().flat_map(|block| &block.keys) {
        if !IDENTIFIERS.contains(&key.key.value.folded().as_str()) {
            continue;
        }
        for value in &key.values {
            let mut before = 0;
            for part in read_template(&value.value.text, version).0.parts {
                match part {
                    Part::Literal(literal) => before += literal.chars().count(),
                    Part::Variable(variable) => {
                        let name = variable.key.map(|key| key.folded()).unwrap_or_default();
                        if before < ENOUGH && !IDENTIFIERS.contains(&name.as_str()) {
                            let sentence =
                                format!("`{}` is compared with what a variable stands for", key.key.value);
                            findings.add(value.span, sentence);
                        }
                        break;
                    }
                    Part::AnyOne | Part::AnyMany => {}
                }
            }
        }
    }
}
