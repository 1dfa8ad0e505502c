//! Policy variables (S3.15): what they stand for hangs together with the rest of the request, and the answers with it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod support;

use polsim_arn::Budget;
use polsim_eval::{KeyState, Layers, Model, PrincipalKind, Reading};
use polsim_policy::{ConditionKey, PolicyType};
use polsim_prove::{Answer, Expectation, PrincipalRegion, Question, Region, Scope, Witness};
use support::{ask_alone, policy, region};

/// A policy of an endpoint whose statements have these effects, resources and conditions.
fn endpoint(statements: &[(&str, &str, &str)]) -> String {
    let statement = |(effect, resource, condition): &(&str, &str, &str)| {
        format!(
            r#"{{"Effect":"{effect}","Principal":"*","Action":"*","Resource":"{resource}","Condition":{condition}}}"#
        )
    };
    let statements: Vec<String> = statements.iter().map(statement).collect();
    format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
}

fn of(kind: PrincipalKind, resources: &[&str]) -> Region {
    Region { principal: PrincipalRegion::Kinds(vec![kind]), ..region(&["s3:GetObject"], resources) }
}

fn ask(text: &str, region: &Region, expect: Expectation) -> Answer {
    ask_alone(PolicyType::Endpoint, text, region, expect)
}

fn is_proved(answer: &Answer) -> bool {
    matches!(answer, Answer::Proved(_))
}

fn witness(answer: Answer) -> Witness {
    match answer {
        Answer::Refuted(witness) => *witness,
        other => panic!("not refuted: {other:?}"),
    }
}

fn single(witness: &Witness, key: &str) -> Option<String> {
    witness.request.context.single(key).map(str::to_owned)
}

const OWN_ACCOUNT: &str = r#"{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}"#;
const OTHER_ACCOUNT: &str = r#"{"StringNotEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}"#;

#[test]
fn s3_15_1_two_keys_are_equal_or_they_are_not() {
    let role = of(PrincipalKind::RoleSession, &["arn:aws:s3:::*"]);
    let both = endpoint(&[("Allow", "*", OWN_ACCOUNT), ("Allow", "*", OTHER_ACCOUNT)]);
    let Answer::Proved(proof) = ask(&both, &role, Expectation::Allow) else { panic!("not proved") };
    assert!(proof.ties_keys);
    let neither = endpoint(&[("Allow", "*", OWN_ACCOUNT), ("Deny", "*", OWN_ACCOUNT)]);
    assert!(is_proved(&ask(&neither, &role, Expectation::Deny)));
}

#[test]
fn s3_15_1_a_variable_of_the_principal_is_part_of_its_arn() {
    let own = endpoint(&[("Allow", "*", OWN_ACCOUNT)]);
    let found = witness(ask(&own, &of(PrincipalKind::User, &["arn:aws:s3:::b"]), Expectation::Deny));
    assert_eq!(single(&found, "aws:ResourceAccount").as_deref(), found.request.principal.account());
    let mut theirs = of(PrincipalKind::User, &["arn:aws:s3:::b"]);
    theirs.principal =
        PrincipalRegion::Arn(polsim_arn::Pattern::wildcard("arn:aws:iam::111122223333:user/*"));
    let in_conflict = endpoint(&[(
        "Allow",
        "*",
        r#"{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"},
            "StringLike":{"aws:ResourceAccount":"4444*"}}"#,
    )]);
    assert!(is_proved(&ask(&in_conflict, &theirs, Expectation::Deny)), "the account begins with 1");
}

#[test]
fn s4_1_3_across_accounts_the_owner_is_another_one() {
    let mut model = Model::new();
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"*","Resource":"*",
            "Condition":{OTHER_ACCOUNT}}}]}}"#
    );
    let layers =
        Layers { identity: vec![model.add(&policy(PolicyType::Identity, &text))], ..Layers::default() };
    let question = Question {
        model: &model,
        layers: &layers,
        scope: &Scope::Whole,
        region: &of(PrincipalKind::User, &["arn:aws:s3:::b/*"]),
        claim: Expectation::Deny.into(),
    };
    // Within the account the condition fails; across accounts nothing of the resource's own allows.
    assert!(is_proved(&polsim_prove::ask(&question, &mut Budget::default())));
}

const HOME: &str = "arn:aws:s3:::home/${aws:PrincipalTag/team}/*";

#[test]
fn s3_15_3_an_entry_without_a_value_matches_no_resource() {
    let absent = r#"{"Null":{"aws:PrincipalTag/team":"true"}}"#;
    let role = of(PrincipalKind::RoleSession, &["arn:aws:s3:::*"]);
    assert!(is_proved(&ask(&endpoint(&[("Allow", HOME, absent)]), &role, Expectation::Deny)));
    let found = witness(ask(&endpoint(&[("Allow", HOME, "{}")]), &role, Expectation::Deny));
    let team = single(&found, "aws:PrincipalTag/team").unwrap();
    assert!(found.request.resource.starts_with(&format!("arn:aws:s3:::home/{team}/")), "{found:?}");
}

#[test]
fn s3_15_3_the_value_is_read_off_the_resource() {
    let team = |pattern: &str| format!(r#"{{"StringLike":{{"aws:PrincipalTag/team":"{pattern}"}}}}"#);
    let role = of(PrincipalKind::RoleSession, &["arn:aws:s3:::home/blue/*"]);
    let found = witness(ask(&endpoint(&[("Allow", HOME, &team("b*"))]), &role, Expectation::Deny));
    assert_eq!(single(&found, "aws:PrincipalTag/team").as_deref(), Some("blue"));
    assert_eq!(found.readings, []);
    // By the other reading of A17 the value may be a wildcard.
    let red = ask(&endpoint(&[("Allow", HOME, &team("red"))]), &role, Expectation::Deny);
    assert!(is_proved(&red), "{red:?}");
    let star = witness(ask(&endpoint(&[("Allow", HOME, &team("?"))]), &role, Expectation::Deny));
    assert_eq!(star.readings, [Reading::WildcardsInVariables]);
    assert_eq!(single(&star, "aws:PrincipalTag/team").as_deref(), Some("*"));
}

#[test]
fn s3_15_5_a_value_that_is_missing_does_not_exclude() {
    let not_own = r#"{"StringNotEquals":{"aws:SourceVpce":"${aws:PrincipalTag/team}"},
        "Null":{"aws:PrincipalTag/team":"true"}}"#;
    let mut role = of(PrincipalKind::RoleSession, &["arn:aws:s3:::*"]);
    assert!(is_proved(&ask(
        &endpoint(&[
            ("Allow", "*", not_own),
            ("Allow", "*", r#"{"Null":{"aws:PrincipalTag/team":"false"}}"#)
        ]),
        &role,
        Expectation::Allow
    )));
    let mut model = Model::new();
    let text =
        endpoint(&[("Allow", "*", r#"{"StringNotEquals":{"aws:SourceVpce":"${aws:PrincipalTag/team}"}}"#)]);
    let layers =
        Layers { endpoint: Some(model.add(&policy(PolicyType::Endpoint, &text))), ..Layers::default() };
    let key = ConditionKey::new("aws:PrincipalTag/team").unwrap();
    role.state(&mut model, &key, KeyState::Absent);
    let question = Question {
        model: &model,
        layers: &layers,
        scope: &Scope::Alone(vec![polsim_eval::Layer::Endpoint]),
        region: &role,
        claim: Expectation::Allow.into(),
    };
    assert!(is_proved(&polsim_prove::ask(&question, &mut Budget::default())));
}

#[test]
fn s3_15_6_a_default_stands_for_a_missing_value() {
    let condition = r#"{"StringEquals":{"aws:SourceVpce":"${aws:PrincipalTag/team, 'vpce-1'}"},
        "Null":{"aws:PrincipalTag/team":"true"}}"#;
    let role = of(PrincipalKind::RoleSession, &["arn:aws:s3:::*"]);
    let found = witness(ask(&endpoint(&[("Allow", "*", condition)]), &role, Expectation::Deny));
    assert_eq!(single(&found, "aws:SourceVpce").as_deref(), Some("vpce-1"));
    let other = r#"{"StringEquals":{"aws:SourceVpce":"${aws:PrincipalTag/team, 'vpce-1'}"},
        "Null":{"aws:PrincipalTag/team":"true"},"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}"#;
    assert!(is_proved(&ask(&endpoint(&[("Allow", "*", other)]), &role, Expectation::Deny)));
}

#[test]
fn s3_15_8_a_list_is_no_value() {
    let condition = r#"{"StringEquals":{"aws:SourceVpce":"${aws:TagKeys}"}}"#;
    let role = of(PrincipalKind::RoleSession, &["arn:aws:s3:::*"]);
    assert!(is_proved(&ask(&endpoint(&[("Allow", "*", condition)]), &role, Expectation::Deny)));
}

#[test]
fn s3_13_4_some_of_several_values_is_the_variable() {
    let any = r#"{"ForAnyValue:StringEquals":{"aws:TagKeys":"${aws:PrincipalTag/team}"},
        "ForAllValues:StringNotEquals":{"aws:TagKeys":"blue"},
        "StringEquals":{"aws:PrincipalTag/team":"blue"}}"#;
    let role = of(PrincipalKind::RoleSession, &["arn:aws:s3:::*"]);
    assert!(is_proved(&ask(&endpoint(&[("Allow", "*", any)]), &role, Expectation::Deny)));
    let red =
        any.replace(r#""StringEquals":{"aws:PrincipalTag/team":"blue"}"#, r#""Null":{"aws:Referer":"true"}"#);
    let found = witness(ask(&endpoint(&[("Allow", "*", &red)]), &role, Expectation::Deny));
    let team = single(&found, "aws:PrincipalTag/team").unwrap();
    let keys = ConditionKey::new("aws:TagKeys").unwrap();
    let Some(KeyState::List(keys)) = found.request.context.stated(&keys) else { panic!("{found:?}") };
    assert!(keys.contains(&team) && team != "blue");
}

/// D1 with finite classes: three keys of two values cannot all be different.
#[test]
fn s3_15_1_three_keys_of_two_values_are_not_all_different() {
    let of_two = |key: &str| format!(r#""{key}":["a","b"]"#);
    let keys = ["aws:PrincipalTag/x", "aws:PrincipalTag/y", "aws:PrincipalTag/z"];
    let condition = |keys: &[&str], last: &str| {
        let equal: Vec<String> = keys.iter().map(|key| of_two(key)).collect();
        format!(
            r#"{{"StringEquals":{{{}}},"StringNotEquals":{{
                "aws:PrincipalTag/x":"${{aws:PrincipalTag/y}}","aws:PrincipalTag/z":[{last}]}}}}"#,
            equal.join(",")
        )
    };
    let role = of(PrincipalKind::RoleSession, &["arn:aws:s3:::*"]);
    let impossible = condition(&keys, r#""${aws:PrincipalTag/x}","${aws:PrincipalTag/y}""#);
    assert!(is_proved(&ask(&endpoint(&[("Allow", "*", &impossible)]), &role, Expectation::Deny)));
    let possible = condition(&keys, r#""${aws:PrincipalTag/x}""#);
    let found = witness(ask(&endpoint(&[("Allow", "*", &possible)]), &role, Expectation::Deny));
    assert_eq!(single(&found, "aws:PrincipalTag/y"), single(&found, "aws:PrincipalTag/z"));
}

/// D3: the same variable twice, with a delimiter that a name does not have.
#[test]
fn s3_15_1_the_same_variable_twice_has_one_value() {
    let twice = "arn:aws:s3:::${aws:PrincipalTag/team}/${aws:PrincipalTag/team}";
    let slashless = r#"{"StringNotLike":{"aws:PrincipalTag/team":"*/*"}}"#;
    let text = endpoint(&[("Allow", twice, slashless)]);
    let found = witness(ask(&text, &of(PrincipalKind::User, &["arn:aws:s3:::a*/*"]), Expectation::Deny));
    let team = single(&found, "aws:PrincipalTag/team").unwrap();
    assert_eq!(found.request.resource, format!("arn:aws:s3:::{team}/{team}"));
}
