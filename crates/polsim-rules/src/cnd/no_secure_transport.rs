//! CND117: a bucket that answers without TLS.

use polsim_arn::ActionPattern;
use polsim_eval::KeyState;
use polsim_lint::{Check, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{ConditionKey, PolicyType};
use polsim_prove::{Expectation, Region};

pub(crate) const RULE: Rule = Rule {
    code: "CND117",
    name: "no-secure-transport",
    severity: Severity::Low,
    opt_in: true,
    applies: Types::of(&[PolicyType::Resource]),
    phase: Phase::Prover,
    check: Check::Document(check),
    doc: Doc {
        what: "The policy of a bucket does not deny requests without TLS.",
        why: "S3 answers over plain HTTP unless it is told otherwise. Selected by name only.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::reports/*"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::reports/*"},
               {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}}}"#,
        )],
        fix: "Deny `s3:*` under `\"Bool\": {\"aws:SecureTransport\": \"false\"}`.",
        source: "S3.7, S5.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(first) = subject.statements().first() else { return };
    let of_s3 = |action: &ActionPattern| action.service().is_none_or(|service| service == "s3");
    let mut actions = subject.statements().iter().flat_map(|statement| statement.action.listed());
    if !actions.any(|action| of_s3(&action.value)) {
        return;
    }
    let (Some(key), Ok(all)) = (ConditionKey::new("aws:SecureTransport"), ActionPattern::parse("s3:*"))
    else {
        return;
    };
    let mut judge = Judge::new(subject.lawful());
    let mut region = Region { actions: vec![all], ..Region::default() };
    region.state(&mut judge.model, &key, KeyState::One("false".to_owned()));
    // Only what is allowed without TLS is worth a word.
    if let Some(witness) = judge.counterexample(&region, Expectation::Deny) {
        findings
            .add(subject.opening(first), "this policy allows requests without TLS")
            .witness(&witness.request);
    }
}
