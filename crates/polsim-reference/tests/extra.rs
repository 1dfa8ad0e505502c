//! Facts on top of the bundled ones.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use polsim_arn::{ActionName, ArnPattern};
use polsim_reference::{
    AccessLevel, ActionFacts, Arity, Extra, ExtraService, FactError, KeyFacts, KeyType, Reference,
    ResourceTypeFacts, ResourceUseFacts, ServiceFacts,
};

fn bundled() -> &'static Reference {
    Reference::bundled().unwrap()
}

fn action(name: &str, keys: &[&str]) -> ActionFacts {
    ActionFacts {
        name: name.to_owned(),
        level: AccessLevel::Write,
        resource_types: Vec::new(),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        dependents: Vec::new(),
        scenarios: Vec::new(),
    }
}

fn orders() -> ServiceFacts {
    let use_of = |name: &str| ResourceUseFacts { name: name.to_owned(), is_required: true, keys: Vec::new() };
    ServiceFacts {
        prefix: "orders".to_owned(),
        actions: vec![ActionFacts {
            resource_types: vec![use_of("Order")],
            ..action("Place", &["aws:SourceIp"])
        }],
        resource_types: vec![ResourceTypeFacts {
            name: "order".to_owned(),
            arns: vec!["arn:${Partition}:orders:${Region}:${Account}:order/${Id}".to_owned()],
            keys: vec!["orders:Channel".to_owned()],
        }],
        keys: vec![KeyFacts {
            name: "orders:Channel".to_owned(),
            key_type: KeyType::String,
            arity: Arity::One,
            is_also_numeric: false,
        }],
        ..ServiceFacts::default()
    }
}

fn with(facts: ServiceFacts, is_whole: bool) -> Result<Reference, FactError> {
    bundled().with(&Extra { services: vec![ExtraService { facts, is_whole }] })
}

#[test]
fn a_service_of_ones_own_is_like_any_other() {
    let reference = with(orders(), false).unwrap();
    assert_eq!(reference.prefixes().len(), bundled().prefixes().len() + 1);
    let prefixes: Vec<String> = reference.prefixes().map(str::to_ascii_lowercase).collect();
    assert!(prefixes.is_sorted());
    let place = reference.action(&ActionName::parse("Orders:place").unwrap()).unwrap();
    assert_eq!(place.key("AWS:sourceip").unwrap().key_type(), KeyType::IpAddress);
    assert_eq!(place.key("orders:channel").unwrap().name(), "orders:Channel");
    assert_eq!(reference.key("orders:CHANNEL").unwrap().name(), "orders:Channel");
    let arn = ArnPattern::parse("arn:aws:orders:*:*:order/7").unwrap();
    let types: Vec<&str> = reference.resource_types_of(&arn).map(|row| row.service()).collect();
    assert!(types.contains(&"orders"), "{types:?}");
    assert!(bundled().service("orders").is_none(), "the bundled facts stay as they are");
    assert_eq!(reference.service("orders").unwrap().name(), "orders", "for want of another name");
}

#[test]
fn what_is_added_to_a_service_leaves_the_rest() {
    let facts = ServiceFacts {
        prefix: "S3".to_owned(),
        actions: vec![action("GetObject", &[]), action("FoldObject", &["s3:prefix"])],
        keys: bundled().key("s3:prefix").map(|key| key.facts()).into_iter().collect(),
        ..ServiceFacts::default()
    };
    let before = bundled().service("s3").unwrap();
    let reference = with(facts.clone(), false).unwrap();
    let after = reference.service("s3").unwrap();
    assert_eq!(after.actions().len(), before.actions().len() + 1);
    assert_eq!(after.action("GetObject").unwrap().level(), AccessLevel::Write, "replaced");
    assert_eq!(
        after.action("PutObject").unwrap().keys().count(),
        before.action("PutObject").unwrap().keys().count()
    );
    assert_eq!((after.name(), after.prefix(), after.has_rcp()), ("Amazon S3", "s3", true));
    let whole = with(facts, true).unwrap();
    assert_eq!(whole.service("s3").unwrap().actions().len(), 2);
}

#[test]
fn keys_of_a_provider_are_found_by_its_name() {
    let facts = ServiceFacts {
        prefix: "sts".to_owned(),
        keys: vec![KeyFacts {
            name: "idp.example:groups".to_owned(),
            key_type: KeyType::String,
            arity: Arity::Many,
            is_also_numeric: false,
        }],
        ..ServiceFacts::default()
    };
    let reference = with(facts, false).unwrap();
    assert_eq!(reference.key("IDP.example:groups").unwrap().arity(), Arity::Many);
    assert_eq!(bundled().key("idp.example:groups"), None);
}

#[test]
fn facts_that_do_not_fit_together_are_told() {
    let told = |change: &dyn Fn(&mut ServiceFacts)| {
        let mut facts = orders();
        change(&mut facts);
        with(facts, false).unwrap_err().to_string()
    };
    assert_eq!(
        told(&|facts| facts.actions.push(action("place", &[]))),
        "`orders` has the action `place` twice"
    );
    assert_eq!(
        told(&|facts| facts.actions.push(action("Pack", &["orders:Size"]))),
        "`orders` has no condition key `orders:Size`, which `Pack` names"
    );
    assert_eq!(
        told(&|facts| facts.resource_types.clear()),
        "`orders` has no resource type `Order`, which `Place` names"
    );
    assert_eq!(
        told(&|facts| facts.resource_types[0].arns = vec!["orders/7".to_owned()]),
        "`orders/7` cannot be the form of an ARN of `orders`"
    );
    assert_eq!(
        told(&|facts| facts.prefix = "or ders".to_owned()),
        "`or ders` cannot be the prefix of `or ders`"
    );
    assert_eq!(
        told(&|facts| facts.actions.push(action("Pla*", &[]))),
        "`Pla*` cannot be an action of `orders`"
    );
    assert_eq!(
        told(&|facts| facts.keys[0].name = "Channel".to_owned()),
        "`Channel` cannot be a condition key of `orders`"
    );
}
