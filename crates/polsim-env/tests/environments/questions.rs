//! Which policies bind a question, and what follows for its request (S4.1–S4.3, S5.2).

use crate::support::{perimeter, read};
use polsim_arn::ActionName;
use polsim_env::question::{Ask, AskError, Bound, Unknown};
use polsim_env::{Environment, Hang};
use polsim_eval::{
    Context, InputError, KeyState, NetworkPath, PolicyId, ResourceKind, Unstated, Verdict, decide,
};
use polsim_policy::ConditionKey;

fn context(keys: &[(&str, &str)]) -> Context {
    let mut context = Context::new(Unstated::Absent);
    for (name, value) in keys {
        let key = ConditionKey::new(name).unwrap();
        context.state(key, KeyState::One((*value).to_owned())).unwrap();
    }
    context
}

fn ask<'a>(
    principal: &'a str,
    action: &str,
    resource: &'a str,
    via: Option<&'a str>,
    keys: &[(&str, &str)],
) -> Ask<'a> {
    Ask {
        principal,
        action: ActionName::parse(action).unwrap(),
        resource,
        resource_account: None,
        via,
        context: context(keys),
    }
}

fn names(environment: &Environment, policies: &[PolicyId]) -> Vec<String> {
    policies.iter().map(|id| environment.policy(*id).unwrap().name.clone()).collect()
}

fn verdict(environment: &Environment, bound: &Bound<'_>) -> Verdict {
    let decision = decide(environment.model(), &bound.layers, &bound.request, environment.readings());
    decision.unwrap().verdict
}

const OBJECT: &str = "arn:aws:s3:::example-artifacts/model.tar.gz";

#[test]
fn the_layers_of_a_session_behind_a_gateway() {
    let e = perimeter();
    let bound = e
        .bind(&ask("model-role", "s3:GetObject", OBJECT, Some("s3"), &[("aws:SecureTransport", "true")]))
        .unwrap();
    let layers = &bound.layers;
    assert_eq!(names(&e, &layers.identity), ["role/eni-permissions.json", "role/read-artifacts.json"]);
    assert_eq!(names(&e, layers.boundary.as_deref().unwrap()), ["role/boundary.json"]);
    assert_eq!(layers.session, None);
    let levels: Vec<_> = layers.scps.iter().flatten().map(|level| names(&e, level)).collect();
    assert_eq!(levels, [vec!["scp/full.json"], vec!["scp/full.json", "scp/only-eu.json"]]);
    let levels: Vec<_> = layers.rcps.iter().flatten().map(|level| names(&e, level)).collect();
    assert_eq!(levels, [["rcp/tls.json"]]);
    assert_eq!(names(&e, layers.resource.as_slice()), ["bucket/only-vpce.json"]);
    assert_eq!(names(&e, layers.endpoint.as_slice()), ["endpoint/s3.json"]);
    assert!(layers.restrict_public_buckets);
    assert_eq!(bound.request.path, NetworkPath::Gateway);
    assert_eq!(bound.request.resource_account.as_deref(), Some("111122223333"));
    assert_eq!(bound.unknown, []);
    assert_eq!(verdict(&e, &bound), Verdict::Allowed);
    let account = e.account("111122223333").unwrap();
    assert_eq!(account.scp_levels, ["root", "ou-ml"]);
    assert_eq!(account.rcp_levels, ["ou-ml"]);
}

#[test]
fn i3_keys_follow_from_the_endpoint_and_the_organization() {
    let e = perimeter();
    let bound = e.bind(&ask("model-role", "s3:GetObject", OBJECT, Some("vpce-1a2b3c4d"), &[])).unwrap();
    let derived: Vec<_> = bound
        .derived
        .iter()
        .map(|derived| (derived.key.to_string(), derived.state.values().join(" "), derived.from))
        .collect();
    for (key, value, from) in [
        ("aws:SourceVpce", "vpce-1a2b3c4d", "endpoint"),
        ("aws:SourceVpc", "vpc-11223344", "endpoint"),
        ("aws:SourceIp", "", "endpoint"),
        ("aws:RequestedRegion", "eu-west-1", "Region of the endpoint"),
        ("aws:PrincipalOrgID", "o-exampleorg01", "account of the principal"),
        ("aws:PrincipalOrgPaths", "o-exampleorg01/r-a1b2/ou-a1b2-11112222/", "account of the principal"),
        ("aws:ResourceOrgID", "o-exampleorg01", "account of the resource"),
        ("aws:PrincipalTag/team", "ml", "tags of the principal"),
        ("aws:PrincipalArn", "arn:aws:iam::111122223333:role/team/model", "principal"),
        ("aws:userid", "AROAEXAMPLEMODEL00001:session", "principal"),
    ] {
        let wanted = (key.to_owned(), value.to_owned(), from);
        assert!(derived.contains(&wanted), "{wanted:?} in {derived:#?}");
    }
    let key = ConditionKey::new("aws:VpcSourceIp").unwrap();
    assert_eq!(bound.request.context.stated(&key), None, "present, but nobody knows with which value");
}

#[test]
fn i1_the_way_and_the_keys_agree() {
    let e = perimeter();
    let stated = ("aws:SourceVpce", "vpce-1a2b3c4d");
    let bound = e.bind(&ask("model-role", "s3:GetObject", OBJECT, None, &[stated])).unwrap();
    assert_eq!(bound.way.endpoint().unwrap().name, "s3");
    let foreign = ("aws:SourceVpce", "vpce-99999999");
    let bound = e.bind(&ask("model-role", "s3:GetObject", OBJECT, None, &[foreign])).unwrap();
    assert_eq!(bound.unknown, [Unknown::PolicyOfEndpoint]);
    assert_eq!(verdict(&e, &bound), Verdict::ExplicitlyDenied);
    for (via, key) in [
        ("none", stated),
        ("s3", foreign),
        ("internet:203.0.113.9", stated),
        ("s3", ("aws:SourceIp", "10.0.0.1")),
    ] {
        let error = e.bind(&ask("model-role", "s3:GetObject", OBJECT, Some(via), &[key])).unwrap_err();
        assert!(matches!(error, AskError::Input(InputError::Contradiction(_))), "{via}: {error}");
    }
    let bound =
        e.bind(&ask("model-role", "s3:GetObject", OBJECT, Some("internet:203.0.113.9"), &[])).unwrap();
    assert_eq!(bound.request.context.single("aws:SourceIp"), Some("203.0.113.9"));
}

#[test]
fn a_user_has_the_policies_of_its_groups() {
    let e = perimeter();
    let bound = e.bind(&ask("alice", "s3:GetObject", OBJECT, None, &[])).unwrap();
    assert_eq!(
        names(&e, &bound.layers.identity),
        ["principals.alice.identity[0]", "role/read-artifacts.json"]
    );
    let account = e.account("222233334444").unwrap();
    assert_eq!(account.scp_levels, ["root", "ou-ml", "222233334444"]);
    let by_arn =
        e.bind(&ask("arn:aws:iam::222233334444:user/alice", "s3:GetObject", OBJECT, None, &[])).unwrap();
    assert_eq!(by_arn.layers.identity, bound.layers.identity);
    let policy = e.policy(bound.layers.identity[1]).unwrap();
    let hangs = [Hang::Group("readers".into()), Hang::Principal("model-role".into())];
    assert_eq!(policy.hangs_on, hangs, "one policy, compiled once");
}

#[test]
fn s2_4_4_the_arn_of_a_session_leads_to_its_role() {
    let e = perimeter();
    let session = "arn:aws:sts::111122223333:assumed-role/model/nightly";
    let who = e.who(session).unwrap();
    assert_eq!(who.principal.arn.as_deref(), Some(session));
    assert_eq!(who.principal.issuer_arn.as_deref(), Some("arn:aws:iam::111122223333:role/team/model"));
    assert_eq!(who.issuer.unwrap().name, "model-role");
}

#[test]
fn somebody_of_our_accounts_is_described_and_others_are_external() {
    let e = perimeter();
    let error = e.who("arn:aws:iam::222233334444:user/alise").unwrap_err();
    let text = "account 222233334444 is of the environment, and `arn:aws:iam::222233334444:user/alise` is not among its \
                principals (did you mean `arn:aws:iam::222233334444:user/alice`?)";
    assert_eq!(error.to_string(), text);
    let error = e.who("model-rolle").unwrap_err().to_string();
    assert!(error.contains("did you mean `model-role`?"), "{error}");
    for outside in ["arn:aws:iam::444455556666:user/eve", "arn:aws:iam::123456789012:role/r"] {
        let bound = e.bind(&ask(outside, "s3:GetObject", OBJECT, None, &[])).unwrap();
        assert_eq!(bound.unknown, [Unknown::PoliciesOfPrincipal]);
        assert_eq!((bound.layers.identity.len(), bound.layers.scps.clone()), (0, None));
    }
    let root = e.who("111122223333").unwrap();
    assert!(!root.is_external() && root.entry.is_none());
    let bound = e.bind(&ask("anonymous", "s3:GetObject", OBJECT, None, &[])).unwrap();
    let key = ConditionKey::new("aws:PrincipalOrgID").unwrap();
    assert_eq!(bound.request.context.stated(&key), Some(&KeyState::Absent));
}

#[test]
fn the_resource_policy_is_that_of_the_longest_arn() {
    let e = perimeter();
    for text in ["artifacts", "arn:aws:s3:::example-artifacts", OBJECT] {
        assert_eq!(e.target(text).unwrap().resource.unwrap().name, "artifacts");
    }
    let other =
        e.bind(&ask("model-role", "s3:GetObject", "arn:aws:s3:::example-artifacts-2/k", None, &[])).unwrap();
    assert_eq!(other.unknown, [Unknown::OwnerOfResource, Unknown::PolicyOfResource]);
    let mut question = ask("model-role", "s3:GetObject", "arn:aws:s3:::elsewhere/k", None, &[]);
    question.resource_account = Some("444455556666");
    assert_eq!(e.bind(&question).unwrap().request.resource_account.as_deref(), Some("444455556666"));
    question.resource = OBJECT;
    assert!(matches!(e.bind(&question).unwrap_err(), AskError::OtherOwner { .. }));
    let star = e
        .bind(&ask(
            "model-role",
            "ec2:DescribeVpcEndpoints",
            "*",
            None,
            &[("aws:RequestedRegion", "eu-west-1")],
        ))
        .unwrap();
    assert_eq!((star.layers.resource, star.unknown.as_slice()), (None, [].as_slice()));
    assert_eq!(verdict(&e, &star), Verdict::Allowed);
    let error = e.target("artefacts").unwrap_err().to_string();
    assert!(error.contains("did you mean `artifacts`?"), "{error}");
    let key = e.bind(&ask("model-role", "kms:Decrypt", "artifact-key", None, &[])).unwrap();
    assert_eq!(key.layers.resource_kind, ResourceKind::Kms);
}

#[test]
fn s4_17_6_an_access_point_leads_to_its_bucket() {
    let e = perimeter();
    let arn = "arn:aws:s3:eu-west-1:111122223333:accesspoint/lab/object/a/b";
    let bound = e.bind(&ask("model-role", "s3:GetObject", arn, Some("s3"), &[])).unwrap();
    assert_eq!(bound.request.underlying_resource.as_deref(), Some("arn:aws:s3:::example-artifacts/a/b"));
    assert_eq!(bound.request.access_point_vpc.as_deref(), Some("vpc-11223344"));
    assert_eq!(bound.request.context.single("s3:AccessPointNetworkOrigin"), Some("VPC"));
    assert_eq!(names(&e, bound.layers.resource.as_slice()), ["bucket/only-vpce.json"]);
    assert_eq!(bound.layers.access_point, None);
}

#[test]
fn s4_15_1_a_role_is_assumed_by_its_trust_policy() {
    let e = perimeter();
    let role = "arn:aws:iam::111122223333:role/team/model";
    let service = "sagemaker.amazonaws.com";
    let bound = e
        .bind(&ask(service, "sts:AssumeRole", role, None, &[("aws:SourceAccount", "111122223333")]))
        .unwrap();
    assert_eq!(bound.layers.resource_kind, ResourceKind::Trust);
    assert_eq!(names(&e, bound.layers.resource.as_slice()), ["role/trust.json"]);
    assert_eq!(verdict(&e, &bound), Verdict::Allowed);
    let pass = e.bind(&ask("model-role", "iam:PassRole", role, None, &[])).unwrap();
    assert_eq!((pass.layers.resource, pass.layers.resource_kind), (None, ResourceKind::Ordinary));
    let unknown = "arn:aws:iam::111122223333:role/nobody";
    let error = e.bind(&ask(service, "sts:AssumeRole", unknown, None, &[])).unwrap_err();
    assert_eq!(error, AskError::NoTrust(unknown.to_owned()));
    let foreign =
        e.bind(&ask("model-role", "sts:AssumeRole", "arn:aws:iam::444455556666:role/r", None, &[])).unwrap();
    assert_eq!(foreign.unknown, [Unknown::TrustOfRole]);
}

#[test]
fn a_way_that_cannot_be() {
    let e = perimeter();
    for (via, action, words) in [
        (
            "S3",
            "s3:GetObject",
            "`S3` is neither an endpoint of the environment nor `none` or `internet:IP` (did you mean `s3`?)",
        ),
        ("interface:s3", "s3:GetObject", "the endpoint `s3` is a gateway"),
        ("gateway:vpce-5e6f7a8b", "s3:GetObject", "the endpoint `api` is an interface"),
        ("internet:home", "s3:GetObject", "`home` is no IP address"),
        ("s3", "ec2:DescribeVpcs", "requests to `ec2` do not pass the endpoint `s3`"),
    ] {
        let error = e.bind(&ask("model-role", action, "*", Some(via), &[])).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn sessions_and_federated_users_have_what_their_issuer_has() {
    let text = "
principals:
  role: { arn: arn:aws:iam::111122223333:role/p/r, identity: [allow.json], session: [deny.json] }
  nightly: { arn: arn:aws:sts::111122223333:assumed-role/r/nightly, session: [], tags: { a: '1' } }
  bob: { arn: arn:aws:iam::111122223333:user/bob, identity: [allow.json], boundary: allow.json, tags: { A: '2', b: '3' } }
  fed: { arn: arn:aws:sts::111122223333:federated-user/fed, issuer: bob }
";
    let e = read(text).unwrap();
    let layers = |principal: &str| e.bind(&ask(principal, "s3:GetObject", "*", None, &[])).unwrap().layers;
    assert_eq!(names(&e, &layers("nightly").identity), ["allow.json"]);
    assert_eq!(layers("nightly").session, Some(vec![]), "S4.8.7: passed, and allowing nothing");
    assert_eq!(layers("arn:aws:sts::111122223333:assumed-role/r/nightly").session, Some(vec![]));
    assert_eq!(names(&e, &layers("role").session.unwrap()), ["deny.json"]);
    let fed = layers("fed");
    assert_eq!((fed.identity, fed.session), (layers("bob").identity, None));
    assert_eq!(names(&e, &fed.boundary.unwrap()), ["allow.json"]);
    let who = e.who("fed").unwrap();
    assert_eq!(who.principal.issuer_arn.as_deref(), Some("arn:aws:iam::111122223333:user/bob"));
}

#[test]
fn s4_9_6_the_management_account_and_s4_9_10_no_organization() {
    let text = "
organization: { levels: [{ name: root, scps: [deny.json] }] }
accounts: { '999988887777': { management: true }, '111122223333': { level: root } }
principals:
  boss: { arn: arn:aws:iam::999988887777:user/boss, identity: [allow.json] }
  user: { arn: arn:aws:iam::111122223333:user/user, identity: [allow.json] }
";
    let e = read(text).unwrap();
    let boss = e.bind(&ask("boss", "ec2:DescribeVpcs", "*", None, &[])).unwrap();
    assert!(boss.request.principal.in_management_account);
    assert_eq!(verdict(&e, &boss), Verdict::Allowed);
    let user = e.bind(&ask("user", "ec2:DescribeVpcs", "*", None, &[])).unwrap();
    assert_eq!(verdict(&e, &user), Verdict::ExplicitlyDenied);
    let alone =
        read("principals: { u: { arn: arn:aws:iam::111122223333:user/u, identity: [allow.json] } }").unwrap();
    let bound = alone.bind(&ask("u", "ec2:DescribeVpcs", "*", None, &[])).unwrap();
    assert_eq!((bound.layers.scps.clone(), verdict(&alone, &bound)), (None, Verdict::Allowed));
}

#[test]
fn json_is_read_alike_and_readings_are_taken() {
    let text = r#"{"principals": {"u": {"arn": "arn:aws:iam::111122223333:user/u"}}, "readings": ["star-grant-is-limited"]}"#;
    let e = read(text).unwrap();
    let names: Vec<_> = e.readings().alternatives().map(|reading| reading.name()).collect();
    assert_eq!(names, ["star-grant-is-limited"]);
}

#[test]
fn yaml_1_2_words_and_numbers_stay_what_they_are() {
    let text = "
accounts: { 111122223333: {} }
principals: { no: { arn: arn:aws:iam::111122223333:user/no } }
resources: { q: { arn: 'arn:aws:s3:::b', account: 111122223333 } }
";
    let e = read(text).unwrap();
    assert_eq!(e.principals()[0].name, "no");
    assert_eq!(e.resources()[0].account, "111122223333");
    let zero = "resources: { q: { arn: 'arn:aws:s3:::b', account: 011122223333 } }";
    assert_eq!(read(zero).unwrap().resources()[0].account, "011122223333", "no zero is lost");
}
