//! The table of S3.1, row by row: literals that only one kind of state meets, and literals that none does.

use crate::coordinate::Coordinate;
use crate::goal::{Atoms, Goal};
use crate::home::Facts;
use crate::theory::{Coordinates, Model};
use crate::world::{Mode, World};
use polsim_arn::Budget;
use polsim_eval::{Accounts, KeyState, PrincipalKind, Reading, Readings};
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};
use rustc_hash::FxHashMap;
use std::cell::Cell;

/// An operator with its values as JSON, and whether it is to hold.
type Wanted<'w> = (&'w str, &'w str, bool);

/// A state of the key that is as wanted.
fn state(key: &str, wanted: &[Wanted<'_>], alternatives: &[Reading]) -> Option<KeyState> {
    let statement = |(operator, values, _): &Wanted<'_>| {
        format!(
            r#"{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{"{operator}":{{"{key}":{values}}}}}}}"#
        )
    };
    let statements: Vec<String> = wanted.iter().map(statement).collect();
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    let source = Source::new("policy.json", &text);
    let parsed = polsim_policy::parse(&source, PolicyType::Identity, &Limits::default());
    let mut model = polsim_eval::Model::new();
    let id = model.add(parsed.single().unwrap_or_else(|| panic!("{:?}", parsed.problems)));
    let world = World {
        facts: Facts {
            model: &model,
            kind: PrincipalKind::User,
            accounts: Accounts::Cross,
            known: FxHashMap::default(),
            principal: None,
        },
        mode: Mode::Fixed(alternatives.iter().copied().collect::<Readings>()),
        touched: Cell::new(Readings::default()),
    };
    let mut atoms = Atoms::default();
    let mut literals = Vec::new();
    for (statement, (.., holds)) in model.policy(id).unwrap().statements.iter().zip(wanted) {
        match world.goal(&statement.condition[0], *holds, &mut atoms) {
            Goal::Atom(atom, holds) => literals.push((atom, holds)),
            Goal::Always => {}
            Goal::Never => return None,
            other => panic!("{other:?}"),
        }
    }
    let theory = Coordinates {
        world: &world,
        atoms: &atoms,
        region: &FxHashMap::default(),
        hints: &|_| vec!["example".to_owned()],
        atom_of: Vec::new(),
        asserted: FxHashMap::default(),
        known: FxHashMap::default(),
        open: &FxHashMap::default(),
        ties: &FxHashMap::default(),
        tied: Vec::new(),
        has_joint_conflict: false,
    };
    let key = Coordinate::Key(model.keys().find(&key.to_ascii_lowercase()).unwrap());
    theory.model(key, &literals, &mut Budget::default()).unwrap().map(|model| match model {
        Model::Key(state) => state,
        Model::Text(text) => panic!("{text}"),
    })
}

fn one(text: &str) -> Option<KeyState> {
    Some(KeyState::One(text.to_owned()))
}

fn is_list(state: Option<KeyState>) -> bool {
    matches!(state, Some(KeyState::List(values)) if values.len() > 1)
}

const SINGLE: &str = "aws:SourceVpce";
const MANY: &str = "aws:TagKeys";
const EITHER: &str = "app:x";

#[test]
fn s3_3_1_only_an_absent_key_fails_both_an_operator_and_null_false() {
    assert_eq!(state(SINGLE, &[("Null", r#""false""#, false)], &[]), Some(KeyState::Absent));
    let both = [("StringLike", r#""*""#, false), ("StringNotLike", r#""*""#, true)];
    assert_eq!(state(SINGLE, &both, &[]), Some(KeyState::Absent));
}

#[test]
fn s3_3_2_a_negated_operator_holds_of_an_absent_key() {
    let wanted = [("StringNotEquals", r#""a""#, true), ("Null", r#""true""#, true)];
    assert_eq!(state(SINGLE, &wanted, &[]), Some(KeyState::Absent));
    assert_eq!(
        state(SINGLE, &[("StringNotEquals", r#""a""#, false), ("Null", r#""true""#, true)], &[]),
        None
    );
}

#[test]
fn s3_12_1_if_exists_holds_of_an_absent_key() {
    let wanted = [("StringEqualsIfExists", r#""a""#, true), ("StringEquals", r#""a""#, false)];
    assert_eq!(state(SINGLE, &wanted, &[]), Some(KeyState::Absent));
}

#[test]
fn s3_1_1_one_value_meets_all_operators_on_the_key() {
    let wanted = [
        ("StringLike", r#""vpce-*""#, true),
        ("StringNotEquals", r#""vpce-1""#, true),
        ("Null", r#""false""#, true),
    ];
    let Some(KeyState::One(text)) = state(SINGLE, &wanted, &[]) else { panic!() };
    assert!(text.starts_with("vpce-") && text != "vpce-1", "{text}");
}

#[test]
fn s3_4_1_two_texts_at_once_are_contradictory() {
    assert_eq!(
        state(SINGLE, &[("StringEquals", r#""a""#, true), ("StringEquals", r#""b""#, true)], &[]),
        None
    );
}

#[test]
fn s3_3_3_the_empty_string_is_a_value() {
    let wanted = [("StringLike", r#""?*""#, false), ("Null", r#""false""#, true)];
    assert_eq!(state(SINGLE, &wanted, &[]), one(""));
    assert_eq!(state(SINGLE, &wanted, &[Reading::EmptyStringIsAbsent]), None);
}

#[test]
fn s3_14_1_only_what_cannot_be_read_fails_an_operator_and_its_negation() {
    let addresses = [("IpAddress", r#""10.0.0.0/8""#, false), ("NotIpAddress", r#""10.0.0.0/8""#, false)];
    let Some(KeyState::One(text)) = state("aws:SourceIp", &addresses, &[]) else { panic!() };
    assert!(text.parse::<std::net::IpAddr>().is_err(), "{text}");
    assert_eq!(state("aws:SourceIp", &addresses, &[Reading::UnreadableIsNoMatch]), None);
    let arns = [("ArnLike", r#""arn:aws:s3:::b""#, false), ("ArnNotLike", r#""arn:aws:s3:::b""#, false)];
    let Some(KeyState::One(text)) = state("aws:SourceArn", &arns, &[]) else { panic!() };
    assert!(polsim_arn::Arn::parse(&text).is_none(), "{text}");
}

#[test]
fn s3_14_1_a_value_may_be_a_number_and_no_address() {
    let wanted = [
        ("NumericLessThan", r#""10""#, true),
        ("StringNotEquals", r#""9""#, true),
        ("IpAddress", r#""10.0.0.0/8""#, false),
        ("NotIpAddress", r#""10.0.0.0/8""#, false),
        ("Null", r#""false""#, true),
    ];
    assert!(matches!(state("aws:EpochTime", &wanted, &[]), Some(KeyState::One(_))));
}

#[test]
fn s3_9_5_an_address_is_no_number() {
    let wanted = [("NumericLessThan", r#""10""#, true), ("IpAddress", r#""10.0.0.0/8""#, true)];
    assert_eq!(state("aws:EpochTime", &wanted, &[]), None);
}

#[test]
fn s3_5_2_intervals_meet_or_do_not() {
    let between = [("NumericGreaterThan", r#""1""#, true), ("NumericLessThan", r#""2""#, true)];
    assert!(matches!(state("aws:EpochTime", &between, &[]), Some(KeyState::One(_))));
    let outside = [("NumericGreaterThan", r#""2""#, true), ("NumericLessThan", r#""1""#, true)];
    assert_eq!(state("aws:EpochTime", &outside, &[]), None);
    let neither = [("Bool", r#""true""#, true), ("Bool", r#""false""#, true)];
    assert_eq!(state("aws:SecureTransport", &neither, &[]), None);
    assert_eq!(state(EITHER, &neither, &[]), None);
}

#[test]
fn s3_13_7_only_several_values_fail_an_operator_and_its_negation() {
    let both = [("StringLike", r#""*""#, false), ("StringNotLike", r#""*""#, false)];
    assert!(is_list(state(EITHER, &both, &[])));
    assert_eq!(state(SINGLE, &both, &[]), None);
    assert_eq!(state(EITHER, &both, &[Reading::ManyValuesAreCompared]), None);
}

#[test]
fn s3_13_1_s3_13_4_some_value_and_not_all_values() {
    let mixed =
        [("ForAnyValue:StringEquals", r#""a""#, true), ("ForAllValues:StringEquals", r#""a""#, false)];
    assert!(is_list(state(MANY, &mixed, &[])));
    assert_eq!(state(SINGLE, &mixed, &[]), None);
    let two = [("ForAnyValue:StringEquals", r#""a""#, true), ("ForAnyValue:StringEquals", r#""b""#, true)];
    assert!(is_list(state(MANY, &two, &[])));
    assert_eq!(state(SINGLE, &two, &[]), None);
}

#[test]
fn s3_13_3_an_empty_string_beside_another_value_is_a_value() {
    let wanted = [("ForAnyValue:StringEquals", r#""""#, true), ("ForAnyValue:StringEquals", r#""a""#, true)];
    let Some(KeyState::List(mut values)) = state(MANY, &wanted, &[]) else { panic!() };
    values.sort_unstable();
    assert_eq!(values, ["", "a"]);
}

#[test]
fn s3_13_7_the_same_value_twice_is_several() {
    let wanted = [
        ("ForAllValues:StringEquals", r#""a""#, true),
        ("StringEquals", r#""a""#, false),
        ("ForAnyValue:StringEquals", r#""a""#, true),
    ];
    assert_eq!(state(EITHER, &wanted, &[]), Some(KeyState::List(vec!["a".to_owned(), "a".to_owned()])));
}

#[test]
fn s3_13_2_nothing_passes_for_all_and_not_for_any() {
    let wanted =
        [("ForAllValues:StringEquals", r#"["a"]"#, true), ("ForAnyValue:StringLike", r#""*""#, false)];
    assert_eq!(state(MANY, &wanted, &[]), Some(KeyState::Absent));
    let present =
        [("ForAllValues:StringLike", r#""?*""#, true), ("ForAnyValue:StringLike", r#""?*""#, false)];
    let there = [present[0], present[1], ("Null", r#""false""#, true)];
    assert_eq!(state(MANY, &there, &[]), Some(KeyState::List(vec![String::new()])), "S3.13.3");
}

#[test]
fn s3_11_2_an_empty_list_counts_as_absent_or_as_present() {
    let wanted = [
        ("ForAllValues:StringEquals", r#"["a"]"#, true),
        ("ForAllValues:StringEquals", r#"["b"]"#, true),
        ("Null", r#""false""#, true),
    ];
    assert_eq!(state(MANY, &wanted, &[Reading::EmptyListIsPresent]), Some(KeyState::List(Vec::new())));
    let compared = [Reading::ForAllComparesEmptyString];
    assert_eq!(state(MANY, &wanted, &compared), None);
}

#[test]
fn s3_14_1_one_unreadable_value_spoils_a_list() {
    let wanted = [
        ("ForAnyValue:NumericEquals", r#""1""#, false),
        ("ForAnyValue:StringEquals", r#""1""#, true),
        ("Null", r#""false""#, true),
    ];
    let Some(KeyState::List(values)) = state(EITHER, &wanted, &[]) else { panic!() };
    assert!(values.iter().any(|value| value == "1") && values.iter().any(|value| value != "1"));
    assert_eq!(state(EITHER, &wanted, &[Reading::UnreadableIsNoMatch]), None);
    assert_eq!(state("aws:EpochTime", &wanted, &[]), None);
}

#[test]
fn s3_13_6_if_exists_of_any_value_by_either_reading() {
    let wanted =
        [("ForAnyValue:StringEqualsIfExists", r#""a""#, true), ("ForAnyValue:StringEquals", r#""a""#, false)];
    assert_eq!(state(MANY, &wanted, &[]), None);
    assert_eq!(state(MANY, &wanted, &[Reading::IfExistsBeatsForAny]), Some(KeyState::Absent));
}
