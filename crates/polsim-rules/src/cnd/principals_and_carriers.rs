//! Keys that are absent, or always the same, because of who asks or what carries the policy.

use crate::keys::{Family, tests};
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_error, aws_suggestion,
};
use polsim_policy::{Effect, Element, PolicyType, Principal, PrincipalType, Statement};
use polsim_reference::{Presence, PresenceClass};

/// Keys that the resource which carries a policy decides (S5.3). AWS does not publish its list (2026-09).
const OF_CARRIER: [&str; 2] = ["s3:ResourceAccount", "aws:ResourceAccount"];

pub(crate) const SERVICE_PRINCIPAL: Rule = Rule {
    code: "CND022",
    name: "unsupported-condition-key-for-service-principal",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL")],
    applies: Types::RESOURCE.and(Types::TRUST),
    check: Check::Statement(service_principal),
    doc: Doc {
        what: "An Allow for a service principal tests who the caller is: a user, a session, a member of an organization.",
        why: "A service that calls for itself has none of these keys, so it is not let in.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::reports/*",
                "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::reports/*",
                "Condition": {"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Test for whom the service calls: `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID`.",
        source: "S5.2, S5.5 I5",
    },
    ..Rule::DEFAULT
};

pub(crate) const IRRELEVANT: Rule = Rule {
    code: "CND054",
    name: "irrelevant-condition-key-in-policy",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    aliases: &[aws_suggestion("IRRELEVANT_CONDITION_KEY_IN_POLICY")],
    applies: Types::RESOURCE,
    check: Check::Statement(irrelevant),
    doc: Doc {
        what: "The policy of a resource tests the account of the resource.",
        why: "It is the account that owns the policy in every request, so the test limits nothing.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::reports/*",
                "Condition": {"StringEquals": {"s3:ResourceAccount": "111122223333"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::reports/*",
                "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}"#,
        )],
        fix: "Test the caller with `aws:PrincipalAccount` if that was meant; otherwise remove the test.",
        source: "S5.3, Access Analyzer policy check reference",
    },
    ..Rule::DEFAULT
};

fn service_principal(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(Element::Is(principal)) = &statement.principal else { return };
    let Principal::Entries(entries) = &principal.value else { return };
    let service = entries.iter().find(|entry| entry.principal_type == PrincipalType::Service);
    let Some(service) = service.filter(|_| statement.effect.value == Effect::Allow) else { return };
    let tests = tests(statement).filter(|test| test.family() != Family::Null && !test.holds_without_key());
    for test in tests {
        let presence = Presence::of(test.key());
        let of_caller = presence.class() == Some(PresenceClass::Principal);
        let has_it = matches!(presence, Presence::ServicePrincipal | Presence::Signed);
        if of_caller && (!has_it || test.is("aws:PrincipalArn")) {
            let sentence = format!("`{}` never has `{}`, and is not let in", service.value.value, test.key());
            findings.add(test.block.key.span, sentence).also(service.value.span, "calls for itself").help(
                "`aws:SourceArn`, `aws:SourceAccount` and `aws:SourceOrgID` tell for whom a service calls",
            );
        }
    }
}

fn irrelevant(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for test in tests(statement).filter(|test| test.is_of(&OF_CARRIER)) {
        let sentence = format!("`{}` is the same in every request to this resource", test.key());
        findings.add(test.block.key.span, sentence);
    }
}
