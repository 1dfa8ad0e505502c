//! Each assumption: a claim that is proved with it and refuted without it, and one that is proved with or without.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod support;

use polsim_arn::{Budget, Pattern, TextSet};
use polsim_eval::{Layer, Layers, Model, NetworkPath, Principal, PrincipalKind};
use polsim_policy::PolicyType;
use polsim_prove::{
    Answer, Assumption, Assumptions, Expectation, PrincipalRegion, Question, Reference, Region, Scope,
    Standing,
};
use std::sync::Arc;
use support::{policy, region};

/// What a claim needs: a policy of an endpoint or of a resource, and the requests that it is about.
struct Case {
    assumption: Assumption,
    /// The conditions under which everything is allowed, one for each statement.
    allow: &'static [&'static str],
    /// The conditions under which everything is denied.
    deny: &'static [&'static str],
    path: NetworkPath,
    kinds: &'static [PrincipalKind],
    expect: Expectation,
}

const DIRECT: NetworkPath = NetworkPath::Direct;
const GATEWAY: NetworkPath = NetworkPath::Gateway;
const SESSION: &[PrincipalKind] = &[PrincipalKind::RoleSession];
const USER: &[PrincipalKind] = &[PrincipalKind::User];
const SERVICE: &[PrincipalKind] = &[PrincipalKind::Service];
const ANYONE: &str = "{}";

/// A claim that everything under some conditions is denied: nobody is under all of them.
const fn nobody(
    assumption: Assumption,
    path: NetworkPath,
    kinds: &'static [PrincipalKind],
    allow: &'static [&'static str],
) -> Case {
    Case { assumption, allow, deny: &[], path, kinds, expect: Expectation::Deny }
}

fn cases() -> Vec<Case> {
    use Assumption as A;
    vec![
        nobody(A::AlwaysPresent, DIRECT, USER, &[r#"{"Null":{"aws:SecureTransport":"true"}}"#]),
        // What is neither true nor false is no truth value.
        Case {
            assumption: A::KeyTypes,
            allow: &[r#"{"StringLike":{"aws:SecureTransport":"?*"}}"#],
            deny: &[
                r#"{"Bool":{"aws:SecureTransport":"true"}}"#,
                r#"{"Bool":{"aws:SecureTransport":"false"}}"#,
            ],
            path: DIRECT,
            kinds: USER,
            expect: Expectation::Deny,
        },
        nobody(A::EndpointKeysTogether, DIRECT, USER, &[r#"{"StringLike":{"aws:SourceVpce":"?*"}}"#]),
        nobody(A::EndpointKeysTogether, GATEWAY, USER, &[r#"{"Null":{"aws:SourceVpc":"true"}}"#]),
        nobody(A::SourceIpUnlessEndpoint, GATEWAY, USER, &[r#"{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}"#]),
        nobody(A::SourceIpUnlessEndpoint, DIRECT, USER, &[r#"{"Null":{"aws:SourceIp":"true"}}"#]),
        nobody(A::OfEndpoint, GATEWAY, USER, &[r#"{"StringEquals":{"aws:SourceVpce":"vpc-1a2b3c4d"}}"#]),
        nobody(A::OfEndpoint, DIRECT, USER, &[r#"{"StringEquals":{"aws:VpceAccount":"111122223333"}}"#]),
        nobody(
            A::OfEndpoint,
            GATEWAY,
            USER,
            &[
                r#"{"StringEquals":{"aws:SourceVpc":"vpc-1"},"StringLike":{"aws:SourceVpcArn":"arn:aws:ec2:*:*:vpc/vpc-2"}}"#,
            ],
        ),
        nobody(A::EndpointIds, GATEWAY, USER, &[r#"{"StringEquals":{"aws:SourceVpce":"vpce-1"}}"#]),
        nobody(
            A::CalledVia,
            DIRECT,
            USER,
            &[
                r#"{"ForAnyValue:StringEquals":{"aws:CalledVia":"athena.amazonaws.com"},"Bool":{"aws:ViaAWSService":"false"}}"#,
            ],
        ),
        nobody(A::CalledVia, GATEWAY, USER, &[r#"{"Bool":{"aws:ViaAWSService":"true"}}"#]),
        nobody(
            A::CalledVia,
            DIRECT,
            USER,
            &[r#"{"ForAllValues:StringEquals":{"aws:CalledVia":"athena.amazonaws.com"},
                "StringEquals":{"aws:CalledViaFirst":"glue.amazonaws.com"}}"#],
        ),
        nobody(A::ServicePrincipals, DIRECT, SERVICE, &[r#"{"StringLike":{"aws:PrincipalOrgID":"?*"}}"#]),
        nobody(A::ServicePrincipals, DIRECT, SERVICE, &[r#"{"StringLike":{"aws:PrincipalTag/team":"?*"}}"#]),
        nobody(
            A::ServicePrincipals,
            DIRECT,
            USER,
            &[r#"{"ForAnyValue:StringLike":{"aws:PrincipalServiceNamesList":"?*"}}"#],
        ),
        nobody(
            A::SourceOfService,
            DIRECT,
            USER,
            &[r#"{"StringEquals":{"aws:SourceAccount":"111122223333"}}"#],
        ),
        nobody(
            A::SourceOfService,
            DIRECT,
            SERVICE,
            &[r#"{"StringEquals":{"aws:SourceAccount":"111122223333"},
                "ArnLike":{"aws:SourceArn":"arn:aws:sns:*:444455556666:*"}}"#],
        ),
        nobody(
            A::OrganizationPaths,
            DIRECT,
            USER,
            &[r#"{"StringEquals":{"aws:PrincipalOrgID":"o-a"},
                "ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-b/*"}}"#],
        ),
        nobody(
            A::OrganizationPaths,
            DIRECT,
            USER,
            &[
                r#"{"Null":{"aws:ResourceOrgID":"true"},"ForAnyValue:StringLike":{"aws:ResourceOrgPaths":"?*"}}"#,
            ],
        ),
        nobody(
            A::TemporaryCredentials,
            DIRECT,
            SESSION,
            &[r#"{"Null":{"aws:MultiFactorAuthPresent":"true"}}"#],
        ),
        nobody(
            A::TemporaryCredentials,
            DIRECT,
            USER,
            &[
                r#"{"Bool":{"aws:MultiFactorAuthPresent":"false"},"NumericLessThan":{"aws:MultiFactorAuthAge":"300"}}"#,
            ],
        ),
        nobody(
            A::TemporaryCredentials,
            DIRECT,
            SESSION,
            &[r#"{"DateGreaterThan":{"aws:TokenIssueTime":"2026-02-01T00:00:00Z"},
                "DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}}"#],
        ),
        nobody(
            A::OneClock,
            DIRECT,
            USER,
            &[r#"{"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},
                "NumericGreaterThanEquals":{"aws:EpochTime":"1767225600"}}"#],
        ),
        nobody(
            A::OneClock,
            DIRECT,
            USER,
            &[r#"{"DateGreaterThanEquals":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},
                "DateLessThan":{"aws:EpochTime":"1767225600"}}"#],
        ),
        nobody(
            A::TagKeys,
            DIRECT,
            USER,
            &[
                r#"{"StringEquals":{"aws:RequestTag/team":"red"},"ForAllValues:StringEquals":{"aws:TagKeys":"cost"}}"#,
            ],
        ),
        nobody(
            A::InstanceCredentials,
            DIRECT,
            SESSION,
            &[
                r#"{"StringLike":{"aws:Ec2InstanceSourceVpc":"?*"},"Null":{"aws:Ec2InstanceSourcePrivateIPv4":"true"}}"#,
            ],
        ),
        nobody(
            A::InstanceCredentials,
            DIRECT,
            USER,
            &[r#"{"StringLike":{"aws:Ec2InstanceSourceVpc":"?*"}}"#],
        ),
        nobody(
            A::Unsigned,
            DIRECT,
            &[PrincipalKind::Anonymous],
            &[r#"{"StringLike":{"aws:PrincipalOrgID":"?*"}}"#],
        ),
        nobody(
            A::GatewayRegion,
            GATEWAY,
            USER,
            &[r#"{"StringEquals":{"aws:RequestedRegion":"eu-west-1"},
                "ArnLike":{"aws:SourceVpcArn":"arn:aws:ec2:us-east-1:*:*"}}"#],
        ),
    ]
}

fn answer(case: &Case, assumptions: Assumptions) -> Answer {
    let statements = [("Allow", case.allow), ("Deny", case.deny)];
    let statements: Vec<String> = statements
        .iter()
        .flat_map(|(effect, conditions)| {
            conditions.iter().map(move |condition| {
                format!(
                    r#"{{"Effect":"{effect}","Principal":"*","Action":"*","Resource":"*","Condition":{condition}}}"#
                )
            })
        })
        .collect();
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    let region = Region {
        paths: vec![case.path],
        principal: PrincipalRegion::Kinds(case.kinds.to_vec()),
        assumptions,
        ..region(&["s3:GetObject"], &["arn:aws:s3:::b/*"])
    };
    support::ask_alone(PolicyType::Resource, &text, &region, case.expect)
}

fn everything() -> Assumptions {
    Assumption::ALL.into_iter().fold(Assumptions::none(), Assumptions::with)
}

#[test]
fn s5_5_a_claim_that_needs_a_fact_is_proved_with_it_and_refuted_without_it() {
    for case in cases() {
        let (fact, conditions) = (case.assumption, (case.allow, case.deny));
        let on = Assumptions::default().with(fact);
        match answer(&case, on) {
            Answer::Proved(proof) => assert_eq!(proof.assumptions, [fact], "{conditions:?}"),
            other => panic!("{fact} proves {conditions:?}: {other:?}"),
        }
        let without = answer(&case, on.without(fact));
        assert!(matches!(without, Answer::Refuted(_)), "without {fact}, {conditions:?}: {without:?}");
        let by_default = matches!(answer(&case, Assumptions::default()), Answer::Proved(_));
        assert_eq!(by_default, fact.standing() == Standing::On, "{fact} by default");
    }
}

#[test]
fn s5_5_a_fact_that_is_not_needed_is_not_listed() {
    for mut case in cases() {
        // Whatever the condition says, everything is denied.
        case.deny = &[ANYONE];
        let Answer::Proved(proof) = answer(&case, everything()) else { panic!("{:?}", case.allow) };
        assert_eq!(proof.assumptions, [], "{:?}", case.allow);
        // The facts are no reason to claim that what real requests do is denied.
        case.deny = &[];
        case.allow = &[ANYONE];
        let answer = answer(&case, everything());
        assert!(matches!(answer, Answer::Refuted(_)), "{answer:?}");
    }
}

#[test]
fn every_assumption_that_can_be_switched_has_a_claim() {
    let elsewhere = [
        Assumption::OnePartition,
        Assumption::ResourceAccount,
        Assumption::ResourceForms,
        Assumption::ActionKeys,
    ];
    for fact in everything().iter() {
        let is_here = cases().iter().any(|case| case.assumption == fact);
        assert!(is_here != elsewhere.contains(&fact), "{fact}");
    }
}

fn ask_identity(text: &str, region: &Region, expect: Expectation) -> Answer {
    let mut model = Model::new();
    let layers =
        Layers { identity: vec![model.add(&policy(PolicyType::Identity, text))], ..Layers::default() };
    let question =
        Question { model: &model, layers: &layers, scope: &Scope::Whole, region, claim: expect.into() };
    polsim_prove::ask(&question, &mut Budget::default())
}

const ALLOW_ALL: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

#[test]
fn i11_the_account_in_an_arn_owns_the_resource() {
    let bob = Principal::read("arn:aws:iam::111122223333:user/bob").unwrap();
    let queues = |account: &str, assumptions| Region {
        principal: PrincipalRegion::One(Box::new(bob.clone())),
        assumptions,
        ..region(&["sqs:SendMessage"], &[&format!("arn:aws:sqs:eu-west-1:{account}:q")])
    };
    // Without a resource policy nothing is allowed in another account (S4.6.7).
    let foreign = queues("444455556666", Assumptions::default());
    let Answer::Proved(proof) = ask_identity(ALLOW_ALL, &foreign, Expectation::Deny) else { panic!() };
    assert_eq!(proof.assumptions, [Assumption::ResourceAccount]);
    let off = queues("444455556666", Assumptions::default().without(Assumption::ResourceAccount));
    assert!(matches!(ask_identity(ALLOW_ALL, &off, Expectation::Deny), Answer::Refuted(_)));
    let own = queues("111122223333", Assumptions::default());
    let Answer::Proved(proof) = ask_identity(ALLOW_ALL, &own, Expectation::Allow) else { panic!() };
    assert_eq!(proof.assumptions, [Assumption::ResourceAccount]);
    // A bucket may belong to any account.
    let bucket = Region { ..queues("", Assumptions::default()) };
    let bucket = Region { resources: region(&["s3:GetObject"], &["arn:aws:s3:::b/*"]).resources, ..bucket };
    assert!(matches!(ask_identity(ALLOW_ALL, &bucket, Expectation::Deny), Answer::Refuted(_)));
}

#[test]
fn i11_holds_of_the_key_by_itself() {
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*",
        "Condition":{"StringEquals":{"aws:ResourceAccount":"111122223333"}}}}"#;
    let ask = |assumptions| {
        let region = Region { assumptions, ..region(&["sqs:*"], &["arn:aws:sqs:eu-west-1:444455556666:*"]) };
        support::ask_alone(PolicyType::Endpoint, text, &region, Expectation::Deny)
    };
    let Answer::Proved(proof) = ask(Assumptions::default()) else { panic!() };
    assert_eq!(proof.assumptions, [Assumption::ResourceAccount]);
    assert!(matches!(ask(Assumptions::none()), Answer::Refuted(_)));
}

#[test]
fn s2_6_2_without_one_partition_a_claim_that_something_is_allowed_is_not_decided() {
    let ask = |assumptions| {
        let region = Region {
            assumptions,
            principal: PrincipalRegion::Kinds(vec![PrincipalKind::User]),
            ..region(&["iam:GetUser"], &["arn:*:iam::111122223333:user/*"])
        };
        let mut model = Model::new();
        let identity = vec![model.add(&policy(PolicyType::Identity, ALLOW_ALL))];
        let trust = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#;
        let resource = Some(model.add(&policy(PolicyType::Resource, trust)));
        let layers = Layers { identity, resource, ..Layers::default() };
        let question = Question {
            model: &model,
            layers: &layers,
            scope: &Scope::Whole,
            region: &region,
            claim: Expectation::Allow.into(),
        };
        polsim_prove::ask(&question, &mut Budget::default())
    };
    let Answer::Proved(proof) = ask(Assumptions::default()) else { panic!() };
    assert!(proof.assumptions.contains(&Assumption::OnePartition));
    let off = ask(Assumptions::default().without(Assumption::OnePartition));
    assert!(!matches!(off, Answer::Proved(_)), "{off:?}");
}

#[derive(Debug)]
struct Buckets;

impl Reference for Buckets {
    fn matching(&self, _: &polsim_arn::Pattern) -> Vec<String> {
        Vec::new()
    }

    fn arns(&self, action: &str) -> Option<TextSet> {
        let objects = Pattern::wildcard("arn:*:s3:::*/*");
        match action {
            "s3:getobject" | "s3:putobject" => Some(objects.into()),
            "s3:listallmybuckets" => Some(TextSet::none()),
            "s3:listbucket" => {
                Some(TextSet::from(Pattern::wildcard("arn:*:s3:::*")).and(&TextSet::from(objects).not()))
            }
            _ => None,
        }
    }

    fn alike(&self, action: &str) -> Vec<String> {
        let objects = ["s3:getobject", "s3:putobject"];
        let all = if objects.contains(&action) { &objects[..] } else { &[action][..] };
        all.iter().map(|action| (*action).to_owned()).collect()
    }

    fn may_carry(&self, action: &str, key: &str) -> Option<bool> {
        (action == "s3:getobject").then_some(key != "s3:prefix")
    }
}

fn ask_with_reference(text: &str, region: Region, expect: Expectation) -> Answer {
    let region = Region { reference: Some(Arc::new(Buckets)), ..region };
    support::ask_alone(PolicyType::Identity, text, &region, expect)
}

#[test]
fn s2_3_9_an_action_is_asked_of_its_own_resources() {
    let objects = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::*/*"},
        {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b"}]}"#;
    // That objects are allowed is enough: nobody gets an object from a bucket's ARN.
    let all = || region(&["s3:GetObject", "s3:PutObject"], &["arn:aws:s3:::*"]);
    let Answer::Proved(proof) = ask_with_reference(objects, all(), Expectation::Allow) else { panic!() };
    assert_eq!(proof.assumptions, [Assumption::ResourceForms]);
    let off = Region { assumptions: Assumptions::default().without(Assumption::ResourceForms), ..all() };
    assert!(matches!(ask_with_reference(objects, off, Expectation::Allow), Answer::Refuted(_)));
    assert!(matches!(
        support::ask_alone(PolicyType::Identity, objects, &all(), Expectation::Allow),
        Answer::Refuted(_)
    ));
    // An action that is not known is asked of anything.
    let new = region(&["s3:GetObjectOfTheFuture"], &["arn:aws:s3:::*"]);
    assert!(matches!(ask_with_reference(objects, new, Expectation::Allow), Answer::Refuted(_)));
    // `*` is asked for by every action.
    let star = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::*"}}"#;
    let list = region(&["s3:ListAllMyBuckets"], &["*"]);
    let Answer::Refuted(witness) = ask_with_reference(star, list, Expectation::Allow) else { panic!() };
    assert_eq!(witness.request.resource, "*");
}

#[test]
fn s4_17_8_a_claim_about_what_no_list_has_is_about_the_policy_as_it_is_written() {
    let objects = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}}"#;
    let bucket = region(&["s3:GetObject"], &["arn:aws:s3:::b"]);
    let answer = ask_with_reference(objects, bucket, Expectation::ExplicitDeny);
    let Answer::Refuted(witness) = answer else { panic!("{answer:?}") };
    assert_eq!(witness.request.resource, "arn:aws:s3:::b");
}

#[test]
fn s5_4_keys_of_an_action_are_known_only_if_one_says_so() {
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",
        "Condition":{"StringLike":{"s3:prefix":"?*"}}}}"#;
    let objects = |assumptions| Region { assumptions, ..region(&["s3:GetObject"], &["arn:aws:s3:::b/*"]) };
    let by_default = ask_with_reference(text, objects(Assumptions::default()), Expectation::Deny);
    assert!(matches!(by_default, Answer::Refuted(_)));
    let on = Assumptions::default().with(Assumption::ActionKeys);
    let Answer::Proved(proof) = ask_with_reference(text, objects(on), Expectation::Deny) else { panic!() };
    assert_eq!(proof.assumptions, [Assumption::ActionKeys]);
}

#[test]
fn i1_what_is_stated_has_to_be_as_facts_say() {
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#;
    let mut model = Model::new();
    let layers =
        Layers { resource: Some(model.add(&policy(PolicyType::Resource, text))), ..Layers::default() };
    let scope = Scope::Alone(vec![Layer::Resource]);
    let mut region = region(&["s3:GetObject"], &["arn:aws:s3:::b/*"]);
    for (name, value) in [("aws:SourceVpce", "vpce-1a2b3c4d"), ("aws:SourceIp", "203.0.113.10")] {
        let key = polsim_policy::ConditionKey::new(name).unwrap();
        region.state(&mut model, &key, polsim_eval::KeyState::One(value.to_owned()));
    }
    let ask = |region: &Region| {
        let claim = Expectation::Deny.into();
        let question = Question { model: &model, layers: &layers, scope: &scope, region, claim };
        polsim_prove::ask(&question, &mut Budget::default())
    };
    let Answer::Proved(proof) = ask(&region) else { panic!() };
    assert!(proof.is_vacuous, "no request carries both keys");
    assert_eq!(proof.assumptions, [Assumption::EndpointKeysTogether, Assumption::SourceIpUnlessEndpoint]);
    region.assumptions = region.assumptions.without(Assumption::SourceIpUnlessEndpoint);
    let Answer::Refuted(witness) = ask(&region) else { panic!() };
    assert_ne!(witness.request.path, DIRECT);
}
