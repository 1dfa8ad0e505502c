//! ACT004: an action that cannot be asked of the resource that carries the policy.

use crate::actions::listed;
use polsim_lint::{Carrier, Check, Doc, Example, Findings, Rule, Severity, Subject, Types, aws_error};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "ACT004",
    name: "unsupported-action-in-policy",
    severity: Severity::Error,
    aliases: &[aws_error("UNSUPPORTED_ACTION_IN_POLICY")],
    applies: Types::RESOURCE,
    check: Check::Statement(check),
    doc: Doc {
        what: "The policy of a resource names an action of another service.",
        why: "Nobody can ask it of this resource, and AWS refuses such a policy. What carries it is known for keys and access points; the setting `carrier` says it otherwise.",
        bad: &[
            Example::statements(
                PolicyType::Kms,
                r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:GetObject",
                    "Resource": "*"}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:Decrypt",
                    "Resource": "arn:aws:s3:::reports/*"}"#,
            )
            .given(&[("carrier", "s3-bucket")]),
        ],
        good: &[Example::statements(
            PolicyType::Kms,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*",
                "Resource": "*"}"#,
        )],
        fix: "Remove the action, or write it into the policy of the other resource.",
        source: "S1.11, Access Analyzer policy check reference",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let service = match subject.policy_type() {
        PolicyType::Kms => "kms",
        PolicyType::AccessPoint => "s3",
        _ => match subject.settings().carrier.map(Carrier::service) {
            Some(service) => service,
            None => return,
        },
    };
    for entry in listed(statement) {
        // S3 has several prefixes for one kind of resource.
        let is_other = |prefix: &str| prefix != service && !(service == "s3" && prefix.starts_with("s3"));
        if entry.value.service().is_some_and(is_other) {
            let sentence = format!(
                "`{}` is no action of `{service}`, whose resource carries this policy",
                entry.value.as_str()
            );
            findings.add(entry.span, sentence);
        }
    }
}
