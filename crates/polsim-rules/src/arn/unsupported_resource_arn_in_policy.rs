//! ARN001: a resource that cannot be the one that carries the policy, or belong to it.

use super::fault::arns;
use polsim_arn::{Arn, Pattern};
use polsim_lint::{Carrier, Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_error};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "ARN001",
    name: "unsupported-resource-arn-in-policy",
    severity: Severity::Error,
    aliases: &[aws_error("UNSUPPORTED_RESOURCE_ARN_IN_POLICY")],
    applies: Types::RESOURCE,
    check: Check::Statement(check),
    doc: Doc {
        what: "A resource is not the one that carries the policy and not part of it.",
        why: "AWS refuses such a policy. What carries it is known for access points and keys; the setting `carrier` says it otherwise.",
        bad: &[
            Example::statements(
                PolicyType::AccessPoint,
                r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::reports/*"}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sqs:SendMessage",
                    "Resource": "arn:aws:sns:eu-west-1:111122223333:orders"}"#,
            )
            .given(&[("carrier", "sqs-queue")]),
        ],
        good: &[Example::statements(
            PolicyType::AccessPoint,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:eu-west-1:111122223333:accesspoint/reports/object/*"}"#,
        )],
        fix: "Name the resource that carries the policy.",
        source: "S1.11, Access Analyzer policy check reference",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(carrier) = subject.settings().carrier else { return };
    // The parser looks at access points when that is the type.
    if subject.policy_type() != PolicyType::Resource
        || statement.resource.as_ref().is_none_or(|r| r.is_negated())
    {
        return;
    }
    for (entry, arn) in arns(statement).filter(|(_, arn)| !can_belong(carrier, arn)) {
        let sentence = format!("`{}` cannot belong to the {carrier} that carries this policy", arn.text);
        findings.add(entry.span, sentence);
    }
}

/// Whether an ARN can be that of what carries the policy, or of something in it.
fn can_belong(carrier: Carrier, arn: &Arn<'_>) -> bool {
    let is_s3 = matches!(carrier, Carrier::Bucket | Carrier::AccessPoint | Carrier::MultiRegionAccessPoint);
    if !Pattern::wildcard(arn.service).matches(carrier.service()) {
        return is_s3 && arn.service.starts_with("s3");
    }
    let is_access_point = arn.resource.starts_with("accesspoint/");
    match carrier {
        Carrier::Bucket => !is_access_point || arn.account.is_empty(),
        Carrier::AccessPoint | Carrier::MultiRegionAccessPoint => {
            is_access_point || arn.resource.starts_with('*')
        }
        _ => true,
    }
}
