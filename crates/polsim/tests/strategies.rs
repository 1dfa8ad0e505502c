//! The strategies: what they make can be used, and requests meet the policies that they are made for.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use polsim::PolicyType;
use polsim::law::{Claim, Decision, Subject};
use polsim::strategies::{environments, policies, requests, requests_for};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

fn sampled<T: std::fmt::Debug>(strategy: &impl Strategy<Value = T>, number: usize) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..number).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn policies_of_every_type_are_lawful() {
    for policy_type in PolicyType::ALL {
        for text in sampled(&policies(policy_type), 64) {
            if let Err(refused) = Subject::policy(policy_type, "policy.json", &text) {
                panic!("{policy_type}\n{text}\n{refused}");
            }
        }
    }
}

#[test]
fn requests_can_be_asked_of_the_policies_they_are_made_for() {
    for policy_type in [PolicyType::Identity, PolicyType::Resource, PolicyType::Endpoint, PolicyType::Scp] {
        for text in sampled(&policies(policy_type), 24) {
            let policy = Subject::policy(policy_type, "policy.json", &text).unwrap();
            for request in sampled(&requests_for(&policy), 16) {
                if let Err(refused) = policy.decide(&request) {
                    panic!("{policy_type}\n{text}\n{request:?}\n{refused}");
                }
            }
        }
    }
}

#[test]
fn environments_can_be_asked() {
    for text in sampled(&environments(), 48) {
        let environment = match Subject::environment_text("random.env.yaml", &text) {
            Ok(environment) => environment,
            Err(refused) => panic!("{text}\n{refused}"),
        };
        for request in sampled(&requests_for(&environment), 8) {
            if let Err(refused) = environment.decide(&request) {
                // Nobody says who may assume the role: a question that has no answer.
                assert!(refused.to_string().contains("trust"), "{text}\n{request:?}\n{refused}");
            }
        }
    }
}

const POLICY: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [
        { "Effect": "Allow", "Action": ["s3:GetObject*", "s3:ListBucket"], "Resource": ["arn:aws:s3:::models", "arn:aws:s3:::models/*"],
          "Condition": { "StringLike": { "aws:PrincipalTag/team": "ml-*" }, "NumericLessThan": { "s3:max-keys": 100 } } },
        { "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::models/secret/*",
          "Condition": { "NotIpAddress": { "aws:SourceIp": "192.0.2.0/24" } } }
    ]
}"#;

#[test]
fn requests_meet_what_they_are_made_for() {
    let policy = Subject::policy(PolicyType::Identity, "policy.json", POLICY).unwrap();
    let count = |wanted: Decision, strategy: &BoxedStrategy<polsim::RequestText>| {
        let all = sampled(strategy, 400);
        all.iter().filter(|request| policy.decide(request).unwrap() == wanted).count()
    };
    let aimed = requests_for(&policy);
    assert!(count(Decision::Allowed, &aimed) > 12, "{}", count(Decision::Allowed, &aimed));
    assert!(count(Decision::ExplicitlyDenied, &aimed) > 40, "{}", count(Decision::ExplicitlyDenied, &aimed));
    // Blind ones do not: that is why there are others.
    assert_eq!(count(Decision::Allowed, &requests()), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    // Two ways to one answer: what is proved of all requests holds of each.
    #[test]
    fn what_is_proved_is_decided_so(text in policies(PolicyType::Identity), seed in any::<u64>()) {
        let policy = Subject::policy(PolicyType::Identity, "policy.json", &text).unwrap();
        let claim = Claim::deny("s3:*", "*").when("aws:SecureTransport = true");
        let is_proved = policy.check(&claim).unwrap().holds();
        let mut runner = TestRunner::new_with_rng(
            ProptestConfig::default(),
            proptest::test_runner::TestRng::from_seed(
                proptest::test_runner::RngAlgorithm::ChaCha,
                &[seed.to_le_bytes(); 4].concat(),
            ),
        );
        for _ in 0..16 {
            let request = requests_for(&policy).new_tree(&mut runner).unwrap().current();
            let has_tls = request.context.iter().any(|(key, state)| {
                key.as_str() == "aws:SecureTransport" && state.values() == ["true"]
            });
            if is_proved && has_tls && request.action.starts_with("s3:") {
                prop_assert_ne!(policy.decide(&request).unwrap(), Decision::Allowed);
            }
        }
    }
}
