//! VPE012: an endpoint through which data can leave for anybody's bucket.

use super::open_allow::{example_of, is_for_exceptions};
use crate::s3r::stranger::{of_stranger, speaks_of};
use polsim_arn::{ActionPattern, Pattern};
use polsim_eval::PrincipalKind;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Effect, PolicyType, Statement};
use polsim_prove::{Expectation, PrincipalRegion, Region};

pub(crate) const RULE: Rule = Rule {
    code: "VPE012",
    name: "endpoint-open-resources",
    severity: Severity::High,
    confidence: Confidence::Medium,
    applies: Types::ENDPOINT,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "The policy of a VPC endpoint lets objects be written into buckets that are not a closed list, whoever they belong to.",
        why: "Whoever gets hold of data in the VPC can carry it out through the endpoint into a bucket of their own. Limits for exceptions by tag or name of the principal lower the severity.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceOrgID": "o-a1b2c3d4e5"}}}"#,
            ),
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
            ),
        ],
        fix: "List the buckets, or test `aws:ResourceOrgID` or `aws:ResourceAccount`.",
        source: "S4.11.6, S6.3.8",
    },
    ..Rule::DEFAULT
};

/// What puts data into a bucket.
const WRITES: [&str; 2] = ["s3:PutObject", "s3:ReplicateObject"];

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    if statement.effect.value != Effect::Allow || !may_lead_to_s3(subject) {
        return;
    }
    let actions = WRITES.iter().filter(|action| speaks_of(statement, action));
    let actions: Vec<_> = actions.filter_map(|action| ActionPattern::parse(action).ok()).collect();
    let Some(arn) = example_of(statement, subject).filter(|_| !actions.is_empty()) else { return };
    let denies = subject.lawful().statements.iter().filter(|other| other.effect.value == Effect::Deny);
    let mut judge = Judge::new(&subject.policy_of(std::iter::once(statement).chain(denies)));
    let mut region = Region {
        actions,
        resources: vec![Pattern::exact(&arn)],
        principal: PrincipalRegion::Kinds(vec![PrincipalKind::RoleSession, PrincipalKind::User]),
        ..Region::default()
    };
    of_stranger(&mut region, &mut judge);
    let Some(witness) = judge.counterexample(&region, Expectation::Deny) else { return };
    let sentence =
        format!("{} lets data out into anybody's bucket, such as `{arn}`", subject.name(statement));
    let finding = findings.add(subject.opening(statement), sentence);
    finding
        .witness(&witness.request)
        .help("list the buckets, or test aws:ResourceOrgID or aws:ResourceAccount");
    if is_for_exceptions(statement) {
        finding.severity(Severity::Low);
    }
}

/// Whether the endpoint is one of S3, as far as its owner or its policy tells: one that names other services only is not.
fn may_lead_to_s3(subject: &Subject<'_>) -> bool {
    let told = &subject.settings().endpoint_services;
    if !told.is_empty() {
        return told.iter().any(|service| service == "s3");
    }
    let actions = subject.statements().iter().flat_map(|statement| statement.action.listed());
    let mut services = actions.filter_map(|action| action.value.service()).peekable();
    services.peek().is_none() || services.any(|service| service == "s3")
}
