//! VPE011: a bucket policy that can lock everyone out, its owner too.

use super::network_deny_deadlock::without;
use crate::keys::{NETWORK, has_test_of};
use crate::s3r::path::s3_entries;
use crate::s3r::stranger::speaks_of;
use polsim_arn::{ActionPattern, Pattern};
use polsim_eval::{KeyState, PrincipalKind};
use polsim_lint::{
    Carrier, Check, Confidence, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject, Types,
};
use polsim_policy::{ConditionKey, Effect, PolicyType, Statement};
use polsim_prove::{Expectation, PrincipalRegion, Region};

pub(crate) const RULE: Rule = Rule {
    code: "VPE011",
    name: "network-lockout",
    severity: Severity::High,
    confidence: Confidence::Medium,
    applies: Types::of(&[PolicyType::Resource]),
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "A bucket policy denies everyone outside of a network all actions, also the one that changes the policy, and spares no principal.",
        why: "When the endpoint or the addresses are gone, or one letter of them is wrong, nobody but the root user of the account can mend it. The console comes from outside too, and often so do AWS services that write logs, replicate or query.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"],
                "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::acme-data", "arn:aws:s3:::acme-data/*"],
                    "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"},
                                  "ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/admin"}}}"#,
            ),
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Deny", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::acme-data/*",
                    "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
            ),
        ],
        fix: "Deny the actions on data only, or spare a role by `ArnNotEquals` on `aws:PrincipalArn`, and services by `aws:PrincipalIsAWSService` and `aws:ViaAWSService`.",
        source: "S6.3.4, S4.17",
    },
    ..Rule::DEFAULT
};

const MENDS: &str = "s3:PutBucketPolicy";

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let is_bucket = subject.settings().carrier.is_none_or(|carrier| carrier == Carrier::Bucket);
    if statement.effect.value != Effect::Deny
        || !is_bucket
        || !has_test_of(statement, &NETWORK)
        || !speaks_of(statement, MENDS)
    {
        return;
    }
    let paths = s3_entries(statement, subject.policy().effective_version());
    let buckets = paths.filter_map(|(_, path)| {
        let text = path.pattern.to_text();
        (!text.contains('/')).then(|| Pattern::wildcard(&format!("{}{text}", path.head)))
    });
    let mut resources: Vec<Pattern> = buckets.collect();
    if statement
        .resource
        .as_ref()
        .is_some_and(|resource| resource.listed().iter().any(|entry| entry.value == "*"))
    {
        resources.push(Pattern::wildcard("arn:aws:s3:::*"));
    }
    if resources.is_empty() {
        return;
    }
    // Outside of the network its tests are all true, so what is left of the statement is what it does there.
    let outside = Judge::new(&subject.policy_of([&without(statement, &NETWORK)]));
    let region = |action: &str, kinds: &[PrincipalKind]| Region {
        actions: ActionPattern::parse(action).into_iter().collect(),
        resources: resources.clone(),
        principal: PrincipalRegion::Kinds(kinds.to_vec()),
        ..Region::default()
    };
    let people = [PrincipalKind::RoleSession, PrincipalKind::User];
    if outside.holds(&region(MENDS, &people), Expectation::ExplicitDeny).is_none() {
        return;
    }
    let sentence = format!(
        "outside of the network {} lets nobody change this policy; the root user of the account alone could remove it",
        subject.name(statement)
    );
    let mut hit = vec!["the console"];
    let services = region("s3:*", &[PrincipalKind::Service]);
    if outside.holds(&services, Expectation::ExplicitDeny).is_some() {
        hit.push("AWS services such as log delivery (aws:PrincipalIsAWSService)");
    }
    let mut on_behalf = outside.clone();
    let mut region = region("s3:*", &people);
    if let Some(key) = ConditionKey::new("aws:ViaAWSService") {
        region.state(&mut on_behalf.model, &key, KeyState::One("true".to_owned()));
    }
    if on_behalf.holds(&region, Expectation::ExplicitDeny).is_some() {
        hit.push("services that act for someone, such as Athena (aws:ViaAWSService)");
    }
    findings
        .add(subject.opening(statement), sentence)
        .help(format!("spare a role by ArnNotEquals on aws:PrincipalArn; it also denies {}", hit.join(", ")));
}
