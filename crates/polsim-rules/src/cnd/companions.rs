//! Keys that mean something only beside another action or another key.

use crate::actions::listed;
use crate::keys::{Family, tests};
use polsim_arn::ActionName;
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_error, aws_security,
};
use polsim_policy::{Effect, PolicyType, Statement};

/// Keys of a call to assume a role, and the action without which the caller cannot send them (STS reference, 2026-09).
const ACTIONS: [(&str, &str); 4] = [
    ("sts:SourceIdentity", "sts:SetSourceIdentity"),
    ("sts:TransitiveTagKeys", "sts:TagSession"),
    ("aws:RequestTag/", "sts:TagSession"),
    ("aws:TagKeys", "sts:TagSession"),
];

/// Keys that are unique only together with one of others. AWS does not publish its list (2026-09).
const PARTNERS: [(&str, &[&str]); 2] = [
    ("aws:VpcSourceIp", &["aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn"]),
    ("aws:Ec2InstanceSourcePrivateIPv4", &["aws:Ec2InstanceSourceVpc"]),
];

pub(crate) const ACTION: Rule = Rule {
    code: "CND011",
    name: "missing-action-for-condition-key",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("MISSING_ACTION_FOR_CONDITION_KEY")],
    applies: Types::IDENTITY.and(Types::RESOURCE).and(Types::TRUST),
    check: Check::Statement(action),
    doc: Doc {
        what: "An Allow to assume roles tests a key that nobody can send without another action.",
        why: "Session tags need `sts:TagSession` and a source identity needs `sts:SetSourceIdentity`; a request that sends them without is refused.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole",
                "Condition": {"StringLike": {"sts:SourceIdentity": "*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"],
                "Condition": {"StringLike": {"sts:SourceIdentity": "*"}}}"#,
        )],
        fix: "Add the action.",
        source: "Access Analyzer policy check reference, STS reference",
    },
    ..Rule::DEFAULT
};

pub(crate) const KEY: Rule = Rule {
    code: "CND041",
    name: "missing-paired-condition-keys",
    severity: Severity::High,
    confidence: Confidence::Medium,
    aliases: &[aws_security("MISSING_PAIRED_CONDITION_KEYS")],
    check: Check::Statement(key),
    doc: Doc {
        what: "A private address is tested without the VPC that it belongs to.",
        why: "Every VPC has the same private ranges, so that the address alone tells nothing about whose network it is.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/24"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/24"},
                              "StringEquals": {"aws:SourceVpc": "vpc-0a1b2c3d4e5f60718"}}}"#,
        )],
        fix: "Test `aws:SourceVpc` or `aws:SourceVpce` in the same statement.",
        source: "S5.5 I1, I13, I15",
    },
    ..Rule::DEFAULT
};

fn action(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Allow || !subject.is_whole() {
        return;
    }
    let names = |statement: &Statement, name: &str| {
        let name = ActionName::parse(name);
        name.is_ok_and(|name| listed(statement).iter().any(|entry| entry.value.matches(&name)))
    };
    let tests = tests(statement).filter(|test| test.family() != Family::Null && !test.holds_without_key());
    for test in tests {
        let Some((_, companion)) = ACTIONS.iter().find(|(key, _)| test.is(key)) else { continue };
        let has_it = || subject.of(Effect::Allow).any(|statement| names(statement, companion));
        if names(statement, "sts:AssumeRole") && !has_it() {
            let sentence = format!("nobody can send `{}` without `{companion}`", test.key());
            findings
                .add(test.block.key.span, sentence)
                .also(statement.action.span(), "no Allow of this policy has it")
                .help(format!("add \"{companion}\""));
        }
    }
}

fn key(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for test in tests(statement).filter(|test| test.family() != Family::Null) {
        let Some((_, partners)) = PARTNERS.iter().find(|(key, _)| test.is(key)) else { continue };
        let is_paired = tests(statement).any(|other| other.is_of(partners));
        if !is_paired {
            let sentence = format!("`{}` says nothing without `{}`", test.key(), partners.join("` or `"));
            findings.add(test.block.key.span, sentence).saying("every VPC has such addresses");
        }
    }
}
