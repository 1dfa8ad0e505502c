//! The bundled facts as others ask for them.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use polsim_arn::{ActionName, ActionPattern, ArnPattern, Pattern};
use polsim_reference::{AccessLevel, Arity, DataError, KeyType, Presence, PresenceClass, Reference, encode};

fn reference() -> &'static Reference {
    Reference::bundled().unwrap()
}

fn action(name: &str) -> polsim_reference::Action<'static> {
    reference().action(&ActionName::parse(name).unwrap()).unwrap()
}

/// The names of the resource types that a pattern can be, with their services.
fn types_of(pattern: &str) -> Vec<String> {
    let pattern = ArnPattern::parse(pattern).unwrap_or_else(|| Pattern::wildcard(pattern));
    let types = reference().resource_types_of(&pattern);
    types.map(|resource_type| format!("{}:{}", resource_type.service(), resource_type.name())).collect()
}

#[test]
fn every_block_can_be_decoded() {
    reference().check().unwrap();
    assert!(reference().prefixes().len() > 400);
    let actions: usize = reference().services().map(|service| service.actions().len()).sum();
    println!("{} services, {actions} actions", reference().prefixes().len());
    assert!(actions > 20_000);
}

#[test]
fn an_action_is_found_in_any_case() {
    let get = action("S3:getobject");
    assert_eq!((get.service(), get.name(), get.level()), ("s3", "GetObject", AccessLevel::Read));
    assert!(get.resources().any(|resource| resource.resource_type().name() == "object"));
    assert!(!get.resources().any(|resource| resource.resource_type().name() == "bucket"));
    assert_eq!(reference().action(&ActionName::parse("s3:GetObjects").unwrap()), None);
    assert!(action("s3:ListAllMyBuckets").takes_star_only());
    assert!(action("ec2:RunInstances").scenarios().count() > 1);
}

#[test]
fn the_keys_of_an_action_are_its_own_those_of_its_resources_and_of_their_types() {
    let list = action("s3:ListBucket");
    assert_eq!(list.key("S3:PREFIX").unwrap().name(), "s3:prefix");
    assert_eq!(list.key("s3:max-keys").unwrap().key_type(), KeyType::Numeric);
    assert_eq!(list.key("s3:ExistingObjectTag/team"), None);
    assert!(action("s3:GetObject").key("s3:ExistingObjectTag/team").unwrap().is_family());
    // Listed with the resource type `bucket` only.
    assert!(list.key("s3:BucketTag/team").is_some());
}

#[test]
fn a_wildcard_expands_to_what_it_matches() {
    let matching = |pattern: &str| {
        let pattern = ActionPattern::parse(pattern).unwrap();
        reference().matching(&pattern).map(|action| action.to_string()).collect::<Vec<_>>()
    };
    let tagging = matching("s3:Get*Tagging");
    assert!(tagging.contains(&"s3:GetObjectTagging".to_owned()), "{tagging:?}");
    assert!(tagging.iter().all(|name| name.starts_with("s3:Get") && name.ends_with("Tagging")));
    assert_eq!(matching("S3:GETOBJECT"), ["s3:GetObject"]);
    assert!(matching("s3:Nothing*").is_empty());
    assert!(matching("nowhere:*").is_empty());
    let all: usize = reference().services().map(|service| service.actions().len()).sum();
    assert_eq!(matching("*").len(), all);
}

/// By looking at every action of every service.
#[test]
fn expanding_leaves_nothing_out() {
    for text in [
        "s3:*",
        "s3:g*",
        "S3:GetObject*",
        "ec2:*Tags",
        "ec2:Describe?pcs",
        "iam:PassRole",
        "iam:Pass",
        "*",
        "*:*",
    ] {
        let pattern = ActionPattern::parse(text).unwrap();
        let all =
            reference().services().flat_map(|service| service.actions()).map(|action| action.to_string());
        let expected: Vec<String> =
            all.filter(|name| pattern.matches(&ActionName::parse(name).unwrap())).collect();
        let found: Vec<String> = reference().matching(&pattern).map(|action| action.to_string()).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn keys_are_found_wherever_they_are_listed() {
    let key = |name: &str| reference().key(name).map(|key| (key.name(), key.key_type(), key.arity()));
    assert_eq!(key("AWS:sourcevpce"), Some(("aws:SourceVpce", KeyType::String, Arity::One)));
    assert_eq!(key("aws:RequestTag/team"), Some(("aws:RequestTag/${TagKey}", KeyType::String, Arity::One)));
    assert_eq!(key("aws:TagKeys"), Some(("aws:TagKeys", KeyType::String, Arity::Many)));
    assert_eq!(key("ec2:SourceInstanceARN").unwrap().1, KeyType::Arn);
    assert_eq!(
        key("kms:EncryptionContext:aws:s3:arn").unwrap().0,
        "kms:EncryptionContext:${EncryptionContextKey}"
    );
    // `sts` lists them.
    assert_eq!(key("saml:AUD").unwrap().0, "saml:aud");
    assert_eq!(
        key("token.actions.githubusercontent.com:environment").unwrap().0,
        "token.actions.githubusercontent.com:environment"
    );
    assert!(key("agent.acme.buildkite.dev:pipeline_slug").is_some());
    // S5.4: every provider has them, whether it is listed or not.
    assert_eq!(key("token.actions.githubusercontent.com:SUB").unwrap().0, "${Provider}:sub");
    assert_eq!(key("oidc.eks.eu-west-1.amazonaws.com/id/1A:aud").unwrap().0, "${Provider}:aud");
    assert_eq!(key("idp.example:amr").unwrap().2, Arity::Many);
    assert_eq!(key("nohost:sub"), None);
    assert_eq!(key("aws:Nonsense"), None);
    assert_eq!(key("s3:nonsense"), None);
    assert_eq!(key("nothing"), None);
}

#[test]
fn s5_3_every_row_names_a_key_of_the_data_and_agrees_with_it() {
    let with_presence = reference().global_keys().filter(|key| key.presence() != Presence::Untold).count();
    assert_eq!(with_presence, 50, "the rows of the table");
    let presence = |name: &str| reference().global_key(name).unwrap().presence();
    assert_eq!(presence("aws:SourceVpce"), Presence::ThroughEndpoint);
    assert_eq!(presence("aws:PrincipalTag/team"), Presence::PrincipalTag);
    assert_eq!(presence("aws:SourceIp").class(), Some(PresenceClass::Network));
    assert_eq!(presence("aws:ChatbotSourceArn"), Presence::Untold);
    assert_eq!(reference().global_key("aws:SourceVpcArn").unwrap().key_type(), KeyType::Arn);
    assert!(reference().global_key("aws:EpochTime").unwrap().takes(KeyType::Numeric));
    let many = [
        "PrincipalServiceNamesList",
        "PrincipalOrgPaths",
        "VpceOrgPaths",
        "CalledVia",
        "SourceOrgPaths",
        "ResourceOrgPaths",
        "TagKeys",
    ];
    for key in reference().global_keys().filter(|key| key.presence() != Presence::Untold) {
        let is_many = many.iter().any(|name| key.name() == format!("aws:{name}"));
        assert_eq!(key.arity() == Arity::Many, is_many, "{}", key.name());
    }
}

#[test]
fn an_arn_is_of_the_narrowest_type() {
    // `ssm` has a form of its own for buckets.
    assert_eq!(types_of("arn:aws:s3:::b"), ["s3:bucket", "ssm:bucket"]);
    assert_eq!(types_of("arn:aws:s3:::b/k"), ["s3:object", "ssm:bucket"]);
    let s3 = reference().service("s3").unwrap();
    let of = |pattern: &str| {
        let pattern = ArnPattern::parse(pattern).unwrap();
        s3.resource_types_of(&pattern).map(|row| row.name()).collect::<Vec<_>>()
    };
    assert_eq!(of("arn:aws:s3:::b/*"), ["object"]);
    assert_eq!(of("arn:aws:s3:::b*"), ["bucket", "object"]);
    assert_eq!(of("arn:*:s3:eu-west-1:*:accesspoint/p"), ["accesspoint"]);
    assert_eq!(of("arn:*:s3:eu-west-1:*:accesspoint/p/object/*"), ["accesspointobject"]);
    assert!(of("arn:aws:sqs:eu-west-1:1:q").is_empty());
}

#[test]
fn services_are_found_by_the_service_part_of_an_arn() {
    assert!(types_of("arn:*:iam::*:role/app").contains(&"iam:role".to_owned()));
    assert!(types_of("arn:*:iam::*:role/app").contains(&"sts:role".to_owned()));
    // Recovery points are ARNs of whatever service.
    let nowhere = types_of("arn:aws:nowhere:::b");
    assert!(nowhere.iter().all(|name| name.starts_with("backup:")), "{nowhere:?}");
    assert!(types_of("*").len() > 2_000);
}

#[test]
fn encoding_what_was_decoded_gives_the_same_facts() {
    let facts = polsim_reference::Facts {
        version: reference().version().clone(),
        global_keys: reference().global_keys().map(|key| key.facts()).collect(),
        provider_keys: reference().provider_keys().map(|key| key.facts()).collect(),
        services: reference().services().map(|service| service.facts()).collect(),
    };
    let bytes = encode(&facts).unwrap();
    let again = Reference::open(bytes.leak()).unwrap();
    assert_eq!(again.services().count(), facts.services.len());
    for (service, facts) in again.services().zip(&facts.services) {
        assert_eq!(service.facts(), *facts);
    }
}

#[test]
fn damaged_bytes_are_an_error() {
    let open = |bytes: Vec<u8>| Reference::open(bytes.leak()).map(|_| ());
    assert_eq!(open(Vec::new()), Err(DataError::NotReferenceData));
    assert_eq!(open(b"polsimRF".to_vec()), Err(DataError::Ends("the head")));
    assert_eq!(open(b"polsimRF\x09".to_vec()), Err(DataError::OtherForm(9)));
    let bytes = encode(&polsim_reference::Facts::default()).unwrap();
    assert_eq!(open(bytes.clone()), Ok(()));
    for at in 9..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert_eq!(open(damaged), Err(DataError::CheckSum));
    }
}
