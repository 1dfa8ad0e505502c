//! PRN103: anybody from outside has access.

use crate::scene::after_denies;
use crate::stranger;
use polsim_lint::{
    Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types, cloudsplaining,
};
use polsim_policy::{Effect, PolicyType, Principal, PrincipalType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "PRN103",
    name: "star-with-weak-condition",
    severity: Severity::High,
    aliases: &[cloudsplaining("internet_accessible_actions")],
    applies: Types::RESOURCE,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "An Allow for everyone lets somebody in whom nobody knows. The request of such a stranger is shown: \
               another account, another organization, another network.",
        why: "No condition, or one that the caller can meet at will (a header, its own tags, a negated test, \
              `IfExists`), leaves the resource open to the world.",
        bad: &[
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage",
                    "Resource": "arn:aws:sqs:us-east-1:111122223333:jobs"}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::acme-data/*",
                    "Condition": {"StringEqualsIfExists": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"},
                                  "StringNotEquals": {"aws:PrincipalAccount": "444455556666"}}}"#,
            ),
        ],
        good: &[
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::acme-data/*",
                    "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage",
                    "Resource": "arn:aws:sqs:us-east-1:111122223333:jobs"},
                   {"Effect": "Deny", "Principal": "*", "Action": "sqs:*",
                    "Resource": "arn:aws:sqs:us-east-1:111122223333:jobs",
                    "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "111122223333"}}}"#,
            ),
        ],
        fix: "Name the principals, or test aws:PrincipalOrgID, aws:PrincipalAccount, aws:SourceVpce or another key \
              that AWS fills in, with an operator that is false when the key is absent. Leave it when the resource is \
              meant for the public.",
        source: "S2.4.8, S4.17, S5.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let Some(principal) = statement.principal.as_ref().filter(|principal| !principal.is_negated()) else {
        return;
    };
    let everyone = match principal.listed() {
        Principal::Everyone => Some(principal.span()),
        Principal::Entries(entries) => {
            let mut stars =
                entries.iter().filter(|e| e.principal_type == PrincipalType::Aws && e.value.value == "*");
            stars.next().map(|entry| entry.value.span)
        }
    };
    let Some(span) = everyone.filter(|_| statement.effect.value == Effect::Allow) else { return };
    let judge = after_denies(subject, statement);
    let Some(witness) = stranger::enters(&judge, statement) else { return };
    let action = witness.request.action.as_str();
    let finding = findings.add(span, format!("{} lets a stranger `{action}`", subject.name(statement)));
    let keys = || statement.condition.blocks.iter().flat_map(|block| &block.keys);
    if keys().next().is_some() {
        finding.confidence(Confidence::Medium);
        finding.help("none of the conditions keeps a stranger out; test a key that AWS fills in");
    } else {
        finding.help("name principals or test aws:PrincipalOrgID, unless everybody is meant");
    }
    finding.witness(&witness.request);
}
