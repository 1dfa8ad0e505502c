//! Every reading of S8 flips some verdict, and only when it is chosen.

use crate::ask::{allow_all, allow_if, app, ask_under, bob, grant, policy, request, with};
use polsim_oracle::{
    AbsentAnyValue, AccountGrant, AwsStar, BoolCase, BoolVariables, DuplicateKeys, EmptyCondition, EmptyList,
    EmptyString, EmptyStrings, EmptyValues, FourDigits, InterfacePrincipals, ManyValues, MissingZone,
    OddArnOperand, PseudoResource, Readings, ResourceMatch, ShortArn, SparedPrincipal, StarGrant,
    SubstitutedWildcards, TypeWildcards, Unreadable, UnresolvedNotResource,
};
use serde_json::{Value, json};

/// Whether the request is allowed under the usual readings, and after the change.
fn flips(policies: Value, request: Value, change: impl Fn(&mut Readings)) -> (bool, bool) {
    let mut changed = Readings::default();
    change(&mut changed);
    let allowed = |readings| ask_under(policies.clone(), request.clone(), json!({}), readings) == "Allowed";
    (allowed(Readings::default()), allowed(changed))
}

const GAINS: (bool, bool) = (false, true);
const LOSES: (bool, bool) = (true, false);

fn allow_on(resource: Value) -> Value {
    json!({"identity": [policy(json!({"Effect": "Allow", "Action": "*", "Resource": resource}))]})
}

/// The identity policy allows under a condition.
fn flips_if(condition: Value, context: Value, change: impl Fn(&mut Readings)) -> (bool, bool) {
    flips(json!({"identity": [allow_if(condition)]}), bob(context), change)
}

#[test]
fn a2_a3_a5_a20_resources() {
    let on = |pattern: &str, action: &str, resource: &str, change: fn(&mut Readings)| {
        flips(
            allow_on(json!(pattern)),
            with(bob(json!({})), json!({"action": action, "resource": resource})),
            change,
        )
    };
    let instance = "arn:aws:ec2:eu-west-1:111111111111:instance/i-1";
    let whole: fn(&mut Readings) = |r| r.resource_match = ResourceMatch::WholeText;
    assert_eq!(on("arn:aws:ec2:*:instance/i-1", "ec2:X", instance, whole), GAINS);
    assert_eq!(on("arn:aws:s3*", "s3:X", "arn:aws:s3:::data", |r| r.short_arn = ShortArn::Never), LOSES);
    assert_eq!(on("arn:aws:s3:::*", "s3:X", "*", |r| r.pseudo_resource = PseudoResource::StarSegment), GAINS);
    let user = "arn:aws:iam::111111111111:user/bob";
    assert_eq!(on("arn:aws:iam::*:u*", "iam:X", user, |r| r.type_wildcards = TypeWildcards::Literal), LOSES);
    assert_eq!(
        on("arn:aws:i*::*:user/*", "iam:X", user, |r| r.type_wildcards = TypeWildcards::Literal),
        LOSES
    );
}

#[test]
fn a6_a7_a8_a10_a14_a15_presence() {
    let keys = |values: Value| json!({"aws:TagKeys": values});
    let any = json!({"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": "a"}});
    assert_eq!(flips_if(any, json!({}), |r| r.absent_any_value = AbsentAnyValue::True), GAINS);
    let null = json!({"Null": {"aws:TagKeys": "true"}});
    assert_eq!(flips_if(null, keys(json!([])), |r| r.empty_list = EmptyList::Present), LOSES);
    let null = json!({"Null": {"aws:PrincipalTag/t": "true"}});
    let empty = json!({"aws:PrincipalTag/t": ""});
    assert_eq!(flips_if(null, empty, |r| r.empty_string = EmptyString::Absent), GAINS);
    let all = json!({"ForAllValues:StringEquals": {"aws:TagKeys": "a"}});
    assert_eq!(flips_if(all, keys(json!([""])), |r| r.empty_strings = EmptyStrings::Compared), LOSES);
    let plain = json!({"StringEquals": {"aws:TagKeys": "a"}});
    assert_eq!(flips_if(plain, keys(json!(["a", "b"])), |r| r.many_values = ManyValues::Or), GAINS);
    let none = json!({"StringEquals": {"aws:username": []}});
    assert_eq!(flips_if(none, json!({}), |r| r.empty_values = EmptyValues::True), GAINS);
    let none = json!({"StringNotEquals": {"aws:username": []}});
    assert_eq!(flips_if(none, json!({}), |r| r.empty_values = EmptyValues::False), LOSES);
    let empty = json!({"StringEquals": {}});
    assert_eq!(flips_if(empty, json!({}), |r| r.empty_condition = EmptyCondition::NoEffect), LOSES);
}

#[test]
fn a11_a12_a26_a27_operands() {
    let tls = json!({"aws:SecureTransport": "true", "aws:PrincipalTag/t": "true"});
    let case = json!({"Bool": {"aws:SecureTransport": "True"}});
    assert_eq!(flips_if(case, tls.clone(), |r| r.bool_case = BoolCase::Exact), LOSES);
    let variable = json!({"Bool": {"aws:SecureTransport": "${aws:PrincipalTag/t}"}});
    assert_eq!(flips_if(variable, tls, |r| r.bool_variables = BoolVariables::Text), LOSES);
    let address = json!({"NotIpAddress": {"aws:SourceIp": "x"}});
    let from = json!({"aws:SourceIp": "1.2.3.4"});
    assert_eq!(flips_if(address, from, |r| r.unreadable = Unreadable::MatchesNothing), GAINS);
    let now = json!({"aws:CurrentTime": "2024-06-01T10:00:00"});
    let year = json!({"DateLessThan": {"aws:CurrentTime": "2030"}});
    assert_eq!(flips_if(year, now.clone(), |r| r.four_digits = FourDigits::Year), GAINS);
    let date = json!({"DateLessThan": {"aws:CurrentTime": "2030-01-01"}});
    assert_eq!(flips_if(date, now, |r| r.missing_zone = MissingZone::Unreadable), LOSES);
    let star = json!({"ArnLike": {"aws:PrincipalArn": "*"}});
    assert_eq!(flips_if(star, json!({}), |r| r.odd_arn_operand = OddArnOperand::WholeText), GAINS);
    let text = json!({"ArnNotLike": {"aws:SourceVpc": "arn:aws:a:b:c:d"}});
    let vpc = json!({"aws:SourceVpc": "vpc-1"});
    assert_eq!(flips_if(text, vpc, |r| r.odd_arn_operand = OddArnOperand::WholeText), GAINS);
}

#[test]
fn a16_a17_variables() {
    let deny = json!({"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::${aws:PrincipalTag/t}"});
    let policies = json!({"identity": [allow_all(), policy(deny)]});
    let void = |r: &mut Readings| r.unresolved_not_resource = UnresolvedNotResource::VoidsStatement;
    assert_eq!(flips(policies, bob(json!({})), void), GAINS);
    let like = json!({"StringLike": {"aws:username": "${aws:PrincipalTag/t}"}});
    let star = json!({"aws:PrincipalTag/t": "b*"});
    assert_eq!(flips_if(like, star, |r| r.substituted_wildcards = SubstitutedWildcards::Live), GAINS);
}

#[test]
fn a23_a24_a33_principals() {
    let service = json!({"kind": "service", "arn": "x.amazonaws.com"});
    let asked = request(service, "s3:GetObject", "arn:aws:s3:::data/k", json!({}));
    let policies = json!({"resource": grant("Allow", json!({"AWS": "*"}))});
    assert_eq!(flips(policies, asked, |r| r.aws_star = AwsStar::SparesServices), LOSES);

    let every = |r: &mut Readings| r.spared_principal = SparedPrincipal::EveryClass;
    let listed = |entries: Value| {
        let deny =
            json!({"Effect": "Deny", "NotPrincipal": {"AWS": entries}, "Action": "*", "Resource": "*"});
        json!({"identity": [allow_all()], "resource": policy(deny)})
    };
    let user = "arn:aws:iam::111111111111:user/bob";
    assert_eq!(flips(listed(json!(user)), bob(json!({})), every), LOSES);
    assert_eq!(flips(listed(json!([user, "111111111111"])), bob(json!({})), every), (true, true));
    let (session, role) =
        ("arn:aws:sts::111111111111:assumed-role/app/i-1", "arn:aws:iam::111111111111:role/app");
    assert_eq!(flips(listed(json!([role, "111111111111"])), app(), every), LOSES);
    assert_eq!(flips(listed(json!([session, role, "111111111111"])), app(), every), (true, true));

    let policies = json!({"identity": [allow_all()], "endpoint": grant("Allow", json!({"AWS": user}))});
    let asked = with(bob(json!({})), json!({"via_endpoint": "interface"}));
    let star_only = |r: &mut Readings| r.interface_principals = InterfacePrincipals::StarOnly;
    assert_eq!(flips(policies, asked, star_only), LOSES);
}

#[test]
fn a25_equal_keys() {
    let context = json!({"aws:ResourceTag/EC2": "a", "aws:ResourceTag/ec2": "b"});
    let condition = json!({"StringEquals": {"aws:ResourceTag/Ec2": "b"}});
    assert_eq!(flips_if(condition, context, |r| r.duplicate_keys = DuplicateKeys::LastWins), GAINS);
}

#[test]
fn a31_a32_grants() {
    let account = json!({"resource": grant("Allow", json!({"AWS": "111111111111"}))});
    assert_eq!(flips(account, bob(json!({})), |r| r.account_grant = AccountGrant::Enough), GAINS);
    let star = json!({"resource": grant("Allow", json!("*")), "session": []});
    assert_eq!(flips(star.clone(), app(), |r| r.star_grant = StarGrant::SessionLimits), LOSES);
    let none = policy(json!({"Effect": "Allow", "Action": [], "Resource": "*"}));
    let star = json!({"resource": grant("Allow", json!("*")), "boundary": [none]});
    assert_eq!(flips(star.clone(), app(), |r| r.star_grant = StarGrant::BoundaryAndSessionLimit), LOSES);
    assert_eq!(flips(star, app(), |r| r.star_grant = StarGrant::SessionLimits), (true, true));
}
