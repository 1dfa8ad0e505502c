//! CND023: a wildcard where an id stands that its owner cannot choose.

use crate::keys::{KeyTest, tests};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, aws_error};
use polsim_policy::{PolicyType, Statement};

/// Keys that hold an id which AWS gives. AWS does not publish its list; these are the ids of accounts,
/// organizations, VPCs and endpoints (2026-09).
const IDS: [&str; 12] = [
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:Ec2InstanceSourceVpc",
    "s3:ResourceAccount",
];

/// Keys whose values begin with such an id.
const PATHS: [&str; 4] =
    ["aws:PrincipalOrgPaths", "aws:ResourceOrgPaths", "aws:SourceOrgPaths", "aws:VpceOrgPaths"];

/// So many characters have to stand before the first wildcard of a path.
const LEAST: usize = 6;

pub(crate) const RULE: Rule = Rule {
    code: "CND023",
    name: "wildcard-usage-too-permissive",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("WILDCARD_USAGE_TOO_PERMISSIVE")],
    check: Check::Statement(check),
    doc: Doc {
        what: "A value has a wildcard where an id stands that AWS gives.",
        why: "Ids of accounts, organizations, VPCs and endpoints have no meaningful beginnings: whoever gets a matching id passes. AWS refuses such values in the policies of VPC endpoints.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringLike": {"aws:ResourceAccount": "1111*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"StringEquals": {"aws:ResourceAccount": "111122223333"}}}"#,
        )],
        fix: "List the ids. `Null` tests whether a key is there at all.",
        source: "Access Analyzer policy check reference, VPC guide on endpoint policies",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let open =
        tests(statement).filter(|test| test.takes_wildcards() && test.lets_through(statement.effect.value));
    for test in open {
        for value in &test.block.values {
            let text = value.value.text.as_str();
            if let Some(why) = fault(test, text) {
                findings.add(value.span, format!("the wildcard in `{text}` {why}"));
            }
        }
    }
}

/// What is wrong with the wildcard in a value, behind “the wildcard”.
fn fault(test: KeyTest<'_>, text: &str) -> Option<String> {
    let at = text.find(['*', '?'])?;
    if test.is_of(&IDS) {
        return Some(format!("lets through ids that AWS may give to somebody else (`{}`)", test.key()));
    }
    if test.is_of(&PATHS) && at < LEAST {
        return Some(format!(
            "lets through other organizations: fewer than {LEAST} characters stand before it"
        ));
    }
    // The id of a role stands before the colon, the name of its session behind.
    let colon = text.find(':').unwrap_or(text.len());
    (test.is("aws:userid") && at < colon && text != "*")
        .then(|| "stands in the unique id, before the colon".to_owned())
}
