//! Claims that were once answered wrongly, each with the clause that was overlooked.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod support;

use polsim_arn::{Budget, Pattern};
use polsim_eval::{KeyState, Layer, Layers, Model, Principal, PrincipalKind, Reading, ResourceKind};
use polsim_policy::{ConditionKey, PolicyType};
use polsim_prove::{Answer, Assumption, Expectation, PrincipalRegion, Question, Region, Scope, Witness};
use support::{ask_alone, policy, region};

const ANYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
const DENY_ALL: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#;

fn ask(model: &Model, layers: &Layers, region: &Region, expect: Expectation) -> Answer {
    let question = Question { model, layers, scope: &Scope::Whole, region, claim: expect.into() };
    polsim_prove::ask(&question, &mut Budget::default())
}

fn witness(answer: Answer) -> Witness {
    match answer {
        Answer::Refuted(witness) => *witness,
        other => panic!("not refuted: {other:?}"),
    }
}

fn of_kinds(actions: &[&str], resources: &[&str], kinds: &[PrincipalKind]) -> Region {
    Region { principal: PrincipalRegion::Kinds(kinds.to_vec()), ..region(actions, resources) }
}

/// An endpoint policy with one condition on a statement that allows everything.
fn under(condition: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*",
            "Condition":{condition}}}}}"#
    )
}

#[test]
fn s4_15_12_some_actions_need_no_permission() {
    let mut model = Model::new();
    let layers =
        Layers { identity: vec![model.add(&policy(PolicyType::Identity, DENY_ALL))], ..Layers::default() };
    let found = witness(ask(&model, &layers, &region(&["sts:*"], &["*"]), Expectation::Deny));
    assert!(
        ["sts:GetCallerIdentity", "sts:GetSessionToken"]
            .iter()
            .any(|action| found.request.action.folded() == action.to_ascii_lowercase())
    );
}

#[test]
fn s4_16_4_the_root_user_needs_the_policy_of_a_key() {
    let region = of_kinds(&["kms:Decrypt"], &["arn:aws:kms:*:*:*"], &[PrincipalKind::Root]);
    let region = Region { resource_account: None, ..region };
    let found = witness(ask(&Model::new(), &Layers::default(), &region, Expectation::Allow));
    assert!(found.request.resource_account.is_some());
    let keys = of_kinds(&["kms:Decrypt"], &["arn:aws:kms:*:*:key/*"], &[PrincipalKind::Root]);
    assert!(matches!(ask(&Model::new(), &Layers::default(), &keys, Expectation::Deny), Answer::Proved(_)));
}

#[test]
fn s4_15_3_assuming_a_role_asks_its_trust_policy() {
    let mut model = Model::new();
    let layers =
        Layers { identity: vec![model.add(&policy(PolicyType::Identity, ANYTHING))], ..Layers::default() };
    let roles = region(&["sts:AssumeRole"], &["arn:aws:iam::*:role/*"]);
    assert!(matches!(ask(&model, &layers, &roles, Expectation::Deny), Answer::Proved(_)));
}

const RCP: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*",
    "Action":["s3:*","kms:*","ec2:*"],"Resource":"*"}}"#;

fn bound_by_rcp() -> (Model, Layers) {
    let mut model = Model::new();
    let identity = vec![model.add(&policy(PolicyType::Identity, ANYTHING))];
    let rcps = Some(vec![vec![model.add(&policy(PolicyType::Rcp, RCP))]]);
    (model, Layers { identity, rcps, ..Layers::default() })
}

#[test]
fn s4_10_3_resource_control_policies_bind_some_services_only() {
    let (model, layers) = bound_by_rcp();
    let answer =
        ask(&model, &layers, &region(&["s3:GetObject"], &["arn:aws:s3:::b/*"]), Expectation::ExplicitDeny);
    let Answer::Proved(proof) = answer else { panic!("{answer:?}") };
    assert_eq!(proof.assumptions, [Assumption::OnePartition], "S2.6.2");
    let instances = region(&["ec2:RunInstances"], &["arn:aws:ec2:*:*:instance/*"]);
    let found = witness(ask(&model, &layers, &instances, Expectation::ExplicitDeny));
    assert!(found.readings.is_empty());
    let found = witness(ask(&model, &layers, &instances, Expectation::Allow));
    assert_eq!(found.readings, [], "across accounts it needs no other reading");
    let own = of_kinds(&["ec2:RunInstances"], &["arn:aws:ec2:*:*:instance/*"], &[PrincipalKind::User]);
    let own = Region { principal: PrincipalRegion::One(Box::new(bob())), resource_account: account(), ..own };
    let found = witness(ask(&model, &layers, &own, Expectation::Allow));
    assert_eq!(found.readings, [Reading::RcpBindsUnlisted]);
}

#[test]
fn s4_10_6_a_grant_can_be_retired_whatever_resource_control_policies_say() {
    let (model, layers) = bound_by_rcp();
    let grants = region(&["kms:*"], &["arn:aws:kms:*:*:alias/*"]);
    let found = witness(ask(&model, &layers, &grants, Expectation::ExplicitDeny));
    assert_eq!(found.request.action.folded(), "kms:retiregrant");
}

fn bob() -> polsim_eval::Principal {
    polsim_eval::Principal::read("arn:aws:iam::111122223333:user/bob").unwrap()
}

fn account() -> Option<String> {
    Some("111122223333".to_owned())
}

#[test]
fn s4_12_3_the_root_user_may_mend_its_bucket_policy_where_that_counts() {
    let mut model = Model::new();
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}"#;
    let resource = Some(model.add(&policy(PolicyType::Resource, text)));
    let layers = Layers { resource, root_bucket_policy_escape: true, ..Layers::default() };
    let found = witness(ask(&model, &layers, &region(&["s3:*"], &["arn:aws:s3:::b"]), Expectation::Deny));
    assert_eq!(found.request.principal.kind, PrincipalKind::Root);
    assert!(found.request.action.folded().ends_with("bucketpolicy"));
}

#[test]
fn s4_17_1_block_public_access_turns_away_what_policies_allow() {
    let mut model = Model::new();
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}"#;
    let resource = Some(model.add(&policy(PolicyType::Resource, text)));
    let layers = Layers { resource, restrict_public_buckets: true, ..Layers::default() };
    let nobody = of_kinds(&["s3:GetObject"], &["arn:aws:s3:::b/*"], &[PrincipalKind::Anonymous]);
    assert!(matches!(ask(&model, &layers, &nobody, Expectation::ExplicitDeny), Answer::Proved(_)));
}

#[test]
fn s3_11_1_keys_that_follow_from_the_principal_are_there() {
    let users = of_kinds(&["s3:GetObject"], &["*"], &[PrincipalKind::User]);
    let there =
        under(r#"{"Null":{"aws:PrincipalArn":"false","aws:PrincipalAccount":"false","aws:userid":"false"}}"#);
    assert!(matches!(ask_alone(PolicyType::Endpoint, &there, &users, Expectation::Allow), Answer::Proved(_)));
}

#[test]
fn s5_2_what_holds_of_sessions_need_not_hold_of_users() {
    let text = under(r#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/*"}}"#);
    let found = witness(ask_alone(
        PolicyType::Endpoint,
        &text,
        &region(&["s3:GetObject"], &["*"]),
        Expectation::Deny,
    ));
    assert_eq!(found.request.principal.kind, PrincipalKind::User);
}

#[test]
fn s3_5_1_an_account_can_be_compared_as_a_number() {
    let users = of_kinds(&["s3:GetObject"], &["*"], &[PrincipalKind::User]);
    let text = under(r#"{"NumericEquals":{"aws:PrincipalAccount":"111122223333"}}"#);
    let answer = ask_alone(PolicyType::Endpoint, &text, &users, Expectation::Deny);
    assert!(!matches!(answer, Answer::Proved(_)), "{answer:?}");
    let known = Region { principal: PrincipalRegion::One(Box::new(bob())), ..users };
    witness(ask_alone(PolicyType::Endpoint, &text, &known, Expectation::Deny));
}

#[test]
fn s3_14_1_an_account_is_no_arn_negated_or_not() {
    let users = of_kinds(&["s3:GetObject"], &["*"], &[PrincipalKind::User]);
    let text = under(r#"{"ArnNotEquals":{"aws:PrincipalAccount":"arn:aws:s3:::b"}}"#);
    let found = witness(ask_alone(PolicyType::Endpoint, &text, &users, Expectation::Deny));
    assert!(!found.readings.is_empty(), "only by another reading");
}

#[test]
fn s2_4_3_a_federated_user_may_be_spared_through_the_user_behind_it() {
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*",
        "NotPrincipal":{"AWS":"arn:aws:iam::111122223333:user/bob"}}}"#;
    let region = of_kinds(&["s3:GetObject"], &["*"], &[PrincipalKind::FederatedUser]);
    let found = witness(ask_alone(PolicyType::Resource, text, &region, Expectation::ExplicitDeny));
    assert_eq!(found.request.principal.issuer_arn.as_deref(), Some("arn:aws:iam::111122223333:user/bob"));
}

#[test]
fn i7_the_name_of_a_user_is_part_of_its_arn() {
    let text = under(
        r#"{"StringEquals":{"aws:username":"bob"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/team/*"}}"#,
    );
    let users = of_kinds(&["s3:GetObject"], &["*"], &[PrincipalKind::User]);
    let found = witness(ask_alone(PolicyType::Endpoint, &text, &users, Expectation::Deny));
    let arn = found.request.principal.arn.unwrap();
    assert!(arn.contains(":user/team/") && arn.ends_with("/bob"), "{arn}");
    let text =
        under(r#"{"StringEquals":{"aws:username":"bob"},"StringLike":{"aws:PrincipalArn":"*/alice"}}"#);
    let answer = ask_alone(PolicyType::Endpoint, &text, &users, Expectation::Deny);
    assert!(matches!(answer, Answer::Proved(_)), "{answer:?}");
}

#[test]
fn examples_are_principals_of_the_region() {
    let text = under(r#"{"StringEquals":{"aws:PrincipalTag/team":"${aws:username}"}}"#);
    let pattern = Pattern::wildcard("arn:aws:iam::999999999999:user/*");
    let region =
        Region { principal: PrincipalRegion::Arn(pattern.clone()), ..region(&["s3:GetObject"], &["*"]) };
    if let Answer::Refuted(found) = ask_alone(PolicyType::Endpoint, &text, &region, Expectation::Deny) {
        assert!(pattern.matches(&found.request.principal.principal_arn().unwrap()));
    }
}

#[test]
fn an_open_key_limits_nothing() {
    let mut model = Model::new();
    let id =
        model.add(&policy(PolicyType::Endpoint, &under(r#"{"StringEquals":{"aws:SourceVpce":"vpce-1"}}"#)));
    let layers = Layers { endpoint: Some(id), ..Layers::default() };
    let mut region = region(&["s3:GetObject"], &["*"]);
    region.state(&mut model, &ConditionKey::new("aws:SourceVpce").unwrap(), KeyState::Open);
    let scope = Scope::Alone(vec![Layer::Endpoint]);
    let question = Question {
        model: &model,
        layers: &layers,
        scope: &scope,
        region: &region,
        claim: Expectation::Deny.into(),
    };
    witness(polsim_prove::ask(&question, &mut Budget::default()));
}

#[test]
fn s4_15_the_kind_of_a_resource_policy_does_not_make_every_resource_one() {
    let mut model = Model::new();
    let identity = vec![model.add(&policy(PolicyType::Identity, ANYTHING))];
    let layers = Layers { identity, resource_kind: ResourceKind::Kms, ..Layers::default() };
    let own = Region {
        principal: PrincipalRegion::One(Box::new(bob())),
        resource_account: account(),
        ..region(&["kms:Decrypt"], &["arn:aws:kms:us-east-1:111122223333:alias/a"])
    };
    assert!(matches!(ask(&model, &layers, &own, Expectation::Allow), Answer::Proved(_)));
}

#[test]
fn a7_a_key_that_every_request_carries_is_not_empty() {
    let region = region(&["s3:GetObject"], &["*"]);
    let present = under(r#"{"Null":{"aws:CurrentTime":"false"}}"#);
    let Answer::Proved(proof) = ask_alone(PolicyType::Endpoint, &present, &region, Expectation::Allow) else {
        panic!()
    };
    assert_eq!(proof.assumptions, [Assumption::AlwaysPresent]);
    let empty = polsim_eval::Request::of(bob(), polsim_arn::ActionName::parse("s3:GetObject").unwrap());
    let mut empty = polsim_eval::Request { context: polsim_eval::Context::default(), ..empty };
    empty.context.replace(ConditionKey::new("aws:CurrentTime").unwrap(), KeyState::One(String::new()));
    assert!(!Assumption::AlwaysPresent.holds(&empty, None));
}

/// A value that is known only later is a fixed one in the end, so that the policy is not public (S4.17.2), whatever it
/// looks like until then: nothing would block it, and the other account reads.
#[test]
fn s4_17_2_a_value_that_is_known_only_later_makes_no_policy_public() {
    let bucket = |value: &str| {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
                "Resource":"arn:aws:s3:::b/*","Condition":{{"StringEquals":{{"aws:SourceVpce":"{value}"}}}}}}}}"#
        );
        let mut model = Model::new();
        let layers = Layers {
            identity: vec![model.add(&policy(PolicyType::Identity, ANYTHING))],
            resource: Some(model.add(&policy(PolicyType::Resource, &text))),
            restrict_public_buckets: true,
            ..Layers::default()
        };
        let user = Principal::read("arn:aws:iam::111122223333:user/a").unwrap();
        let region = Region {
            principal: PrincipalRegion::One(Box::new(user)),
            resource_account: Some("444455556666".to_owned()),
            ..region(&["s3:GetObject"], &["arn:aws:s3:::b/k"])
        };
        ask(&model, &layers, &region, Expectation::Deny)
    };
    assert!(matches!(bucket("vpce-1a2b3c4d"), Answer::Refuted(_)));
    assert!(matches!(bucket("${polsim:unknown/endpoint}"), Answer::Unknown(_)));
}
