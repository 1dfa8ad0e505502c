//! SIZ001–SIZ006, SIZ200: a policy that is longer than the quota of its type.
//!
//! One idea in a table: the parser measures, the rules name what it measured against. Codes differ because those of
//! Access Analyzer do.

use polsim_lint::{Doc, Example, Rule, Severity, Types, aws_error, aws_warning};
use polsim_policy::PolicyType;

const FIX: &str = "Join statements, use wildcards where they grant nothing more, remove what is redundant (RED, RCH), or \
                   split the policy. Where blanks count, remove them.";

pub(crate) const SCP: Rule = Rule {
    code: "SIZ001",
    name: "scp-size",
    severity: Severity::Error,
    aliases: &[aws_error("POLICY_SIZE_EXCEEDS_SCP_QUOTA")],
    applies: Types::SCP,
    doc: Doc {
        what: "The policy is longer than a service control policy may be.",
        why: "Organizations counts all characters, blanks too; its console strips blanks, its API does not.",
        bad: &[Example::statements(PolicyType::Scp, r#"{"Sid": "x…", "Effect": "Deny", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#).long(5200)],
        good: &[Example::statements(PolicyType::Scp, r#"{"Sid": "Short", "Effect": "Deny", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#)],
        fix: FIX,
        source: "S1.12.3, S1.12.5",
    },
    ..Rule::DEFAULT
};

pub(crate) const RCP: Rule = Rule {
    code: "SIZ002",
    name: "rcp-size",
    severity: Severity::Error,
    aliases: &[aws_error("POLICY_SIZE_EXCEEDS_RCP_QUOTA")],
    applies: Types::RCP,
    doc: Doc {
        what: "The policy is longer than a resource control policy may be.",
        why: "Organizations counts all characters, blanks too; its console strips blanks, its API does not.",
        bad: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Sid": "x…", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        )
        .long(5200)],
        good: &[Example::statements(
            PolicyType::Rcp,
            r#"{"Sid": "Short", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        )],
        fix: FIX,
        source: "S1.12.3, S1.12.5",
    },
    ..Rule::DEFAULT
};

pub(crate) const IDENTITY: Rule = Rule {
    code: "SIZ003",
    name: "identity-policy-size",
    severity: Severity::Medium,
    aliases: &[aws_warning("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA")],
    applies: Types::IDENTITY,
    doc: Doc {
        what: "The policy is longer than a managed policy may be.",
        why: "IAM counts characters without white space; inline policies have quotas of their own, which `quota` names.",
        bad: &[Example::statements(PolicyType::Identity, r#"{"Sid": "x…", "Effect": "Deny", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#).long(6200)],
        good: &[Example::statements(PolicyType::Identity, r#"{"Sid": "Short", "Effect": "Deny", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#)],
        fix: FIX,
        source: "S1.12.2, S1.12.5",
    },
    ..Rule::DEFAULT
};

pub(crate) const RESOURCE: Rule = Rule {
    code: "SIZ004",
    name: "resource-policy-size",
    severity: Severity::Medium,
    aliases: &[aws_warning("POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA")],
    applies: Types::RESOURCE,
    doc: Doc {
        what: "The policy is longer than the policy of its resource may be.",
        why: "The service refuses it. Which quota applies only its owner knows: `quota` or `carrier` names it.",
        bad: &[Example::statements(PolicyType::Resource, r#"{"Sid": "x…", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#).long(20500).given(&[("quota", "bucket")])],
        good: &[Example::statements(PolicyType::Resource, r#"{"Sid": "Short", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#).given(&[("quota", "bucket")])],
        fix: FIX,
        source: "S1.12.4, S1.12.5",
    },
    ..Rule::DEFAULT
};

pub(crate) const ENDPOINT: Rule = Rule {
    code: "SIZ005",
    name: "endpoint-policy-size",
    severity: Severity::Medium,
    aliases: &[],
    applies: Types::ENDPOINT,
    doc: Doc {
        what: "The policy is longer than an endpoint policy may be.",
        why: "EC2 counts all characters, blanks too, and the quota cannot be raised.",
        bad: &[Example::statements(PolicyType::Endpoint, r#"{"Sid": "x…", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#).long(20500)],
        good: &[Example::statements(PolicyType::Endpoint, r#"{"Sid": "Short", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#)],
        fix: FIX,
        source: "S1.12.4, S1.12.5",
    },
    ..Rule::DEFAULT
};

pub(crate) const TRUST: Rule = Rule {
    code: "SIZ006",
    name: "trust-policy-size",
    severity: Severity::Medium,
    aliases: &[aws_warning("POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA")],
    applies: Types::TRUST,
    doc: Doc {
        what: "The policy is longer than a trust policy may be.",
        why: "IAM counts characters without white space; AWS raises the quota to 4,096 on request.",
        bad: &[Example::statements(PolicyType::Trust, r#"{"Sid": "x…", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}"#).long(2100)],
        good: &[Example::statements(PolicyType::Trust, r#"{"Sid": "Short", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}"#)],
        fix: FIX,
        source: "S1.12.2, S1.12.5",
    },
    ..Rule::DEFAULT
};

pub(crate) const SESSION: Rule = Rule {
    code: "SIZ200",
    name: "session-policy-size",
    severity: Severity::Medium,
    aliases: &[],
    applies: Types::IDENTITY,
    doc: Doc {
        what: "The policy is longer than the session policies of a call may be.",
        why: "STS counts all characters of the session policies of a call, and packs them with the tags into a space whose size only it knows.",
        bad: &[Example::statements(PolicyType::Session, r#"{"Sid": "x…", "Effect": "Deny", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#).long(2100)],
        good: &[Example::statements(PolicyType::Session, r#"{"Sid": "Short", "Effect": "Deny", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-bucket/*"}"#)],
        fix: FIX,
        source: "S1.12.3, S1.12.5",
    },
    ..Rule::DEFAULT
};
