//! RCH011: a Region lock that locks global services.

use crate::keys::{KeyTest, tests};
use polsim_arn::ActionName;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "RCH011",
    name: "notaction-region-deny",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    applies: Types::IDENTITY.and(Types::SCP),
    check: Check::Statement(check),
    doc: Doc {
        what: "A Deny outside of some Regions, without us-east-1 among them, does not spare services that have only one Region.",
        why: "IAM, Organizations, CloudFront, Route 53 and Support answer in us-east-1 wherever they are called from. The lock makes them unusable.",
        bad: &[Example::statements(
            PolicyType::Scp,
            r#"{"Effect": "Deny", "NotAction": ["iam:*", "route53:*", "support:*"], "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Scp,
                r#"{"Effect": "Deny", "NotAction": ["iam:*", "organizations:*", "cloudfront:*", "route53:*", "support:*"], "Resource": "*",
                    "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}"#,
            ),
            Example::statements(
                PolicyType::Scp,
                r#"{"Effect": "Deny", "Action": "ec2:*", "Resource": "*",
                    "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}"#,
            ),
        ],
        fix: "Add them to `NotAction`.",
        source: "S5.3, AWS's examples of service control policies",
    },
    ..Rule::DEFAULT
};

/// Services whose one Region is us-east-1, with a usual action of each. As of 2026.
const GLOBAL: [(&str, &str); 5] = [
    ("iam", "iam:GetRole"),
    ("organizations", "organizations:DescribeOrganization"),
    ("cloudfront", "cloudfront:GetDistribution"),
    ("route53", "route53:ListHostedZones"),
    ("support", "support:DescribeCases"),
];

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    // A list of named services is what its author wanted to lock.
    let is_broad =
        statement.action.is_negated() || statement.action.listed().iter().any(|action| action.value.is_any());
    let Some(region) = tests(statement).find(locks_out_us_east_1) else { return };
    // With a test that demands something else it is no lock: requests of global services may not be among them.
    let is_lock = tests(statement).all(|test| {
        let operator = test.operator.value;
        operator.name.is_negated() || operator.if_exists || locks_out_us_east_1(&test)
    });
    if statement.effect.value != Effect::Deny || !is_broad || !is_lock {
        return;
    }
    let hit = GLOBAL.iter().filter(|(_, action)| {
        ActionName::parse(action).is_ok_and(|action| {
            let listed = statement.action.listed().iter().any(|pattern| pattern.value.matches(&action));
            listed != statement.action.is_negated()
        })
    });
    let hit: Vec<&str> = hit.map(|(service, _)| *service).collect();
    if hit.is_empty() {
        return;
    }
    let sentence = format!(
        "{} also locks services that only answer in us-east-1: {}",
        subject.name(statement),
        hit.join(", ")
    );
    findings
        .add(statement.action.span(), sentence)
        .also(region.block.key.span, "us-east-1 is not among these Regions")
        .help("spare them in NotAction");
}

fn locks_out_us_east_1(test: &KeyTest<'_>) -> bool {
    test.is_of(&["aws:RequestedRegion"])
        && test.operator.value.name.is_negated()
        && !test.block.values.iter().any(|value| {
            polsim_arn::Pattern::wildcard(&value.value.text).matches("us-east-1")
                || value.value.text.contains("${")
        })
}
