//! RCH008: a name that says the opposite.

use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{Effect, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RCH008",
    name: "sid-contradicts-effect",
    severity: Severity::Low,
    confidence: Confidence::Low,
    check: Check::Statement(check),
    doc: Doc {
        what: "The `Sid` of a Deny sounds like a permission, or that of an Allow like a ban.",
        why: "People read the name first. Either the name is wrong or the effect.",
        bad: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Sid": "AmazonLinuxAMIRepositoryAccess", "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::repo.eu-west-1.amazonaws.com/*"}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Sid": "DenyDeletes", "Effect": "Allow", "Action": "s3:DeleteObject", "Resource": "*"}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Sid": "AllowReads", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
               {"Sid": "OnlyAllowOwnRegion", "Effect": "Deny", "Action": "s3:*", "Resource": "*"},
               {"Sid": "PublicAccess", "Effect": "Deny", "Action": "s3:PutBucketAcl", "Resource": "*"}"#,
        )],
        fix: "Rename it, or turn the effect.",
        source: "S1.5",
    },
    ..Rule::DEFAULT
};

const PERMITS: [&str; 6] = ["allow", "allows", "allowed", "grant", "grants", "permit"];
const BANS: [&str; 12] = [
    "deny", "denies", "denied", "block", "blocks", "prevent", "prevents", "forbid", "prohibit", "disallow",
    "refuse", "ban",
];

/// Words by which a Deny may well speak of what is allowed: it says to whom, from where or what not.
const LIMITS: [&str; 24] = [
    "only",
    "except",
    "unless",
    "outside",
    "without",
    "not",
    "no",
    "non",
    "restrict",
    "restricts",
    "limit",
    "limits",
    "require",
    "requires",
    "enforce",
    "protect",
    "disable",
    "un",
    "if",
    "when",
    "to",
    "public",
    "insecure",
    "unauthorized",
];

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(sid) = &statement.sid else { return };
    let words = words(&sid.value.0);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let sounds_like_permission = words.first().is_some_and(|word| PERMITS.contains(&word.as_str()))
        || words.last().is_some_and(|word| word == "access");
    let contradicts = match statement.effect.value {
        Effect::Deny => sounds_like_permission && !has(&BANS) && !has(&LIMITS),
        Effect::Allow => words.first().is_some_and(|word| BANS.contains(&word.as_str())) && !has(&PERMITS),
    };
    if contradicts {
        let effect = statement.effect.value.as_str();
        let sentence = format!("`{}` sounds like the opposite of {effect}", sid.value.0);
        findings.add(sid.span, sentence).also(statement.effect.span, "this is what it does");
    }
}

/// The words of a name in camel case, with hyphens or underscores, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    for c in name.chars() {
        let begins =
            !previous.is_ascii_alphabetic() || (c.is_ascii_uppercase() && previous.is_ascii_lowercase());
        if c.is_ascii_alphabetic() {
            match words.last_mut() {
                Some(word) if !begins => word.push(c.to_ascii_lowercase()),
                _ => words.push(c.to_ascii_lowercase().to_string()),
            }
        }
        previous = c;
    }
    words
}
