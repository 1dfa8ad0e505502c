//! Who has a policy may be known only later, or whether there is such a policy: then nothing that depends on it is decided.

use crate::support::{environment, loaded_with, possible};
use polsim_eval::Verdict::{self, Allowed, ExplicitlyDenied, ImplicitlyDenied};
use polsim_text::Source;

const DEPENDS: Option<Verdict> = None;

/// What happens to a request of `who` in what the text makes.
fn asked(name: &str, text: &str, who: &str, action: &str) -> Option<Verdict> {
    let given = [("AWS::AccountId", "111122223333"), ("AWS::Region", "eu-west-1")];
    let environment = environment(loaded_with(&Source::new(name, text), &given));
    let who = format!("arn:aws:iam::111122223333:{who}");
    possible(&environment, &who, action, "*")
}

/// A template with a role `R` that may use S3, and these resources beside it; `Name` is not given.
fn template(properties: &str, others: &str) -> String {
    let role = format!(
        r#""R": {{"Type": "AWS::IAM::Role", "Properties": {{"RoleName": "r"{properties},
            "AssumeRolePolicyDocument": {{"Version": "2012-10-17", "Statement": []}},
            "Policies": [{{"PolicyName": "s3", "PolicyDocument": {S3}}}]}}}}"#
    );
    format!(
        r#"{{"Parameters": {{"Name": {{"Type": "String"}}}},
        "Conditions": {{"Open": {{"Fn::Equals": [{{"Ref": "Name"}}, "x"]}}}},
        "Resources": {{{role}{others}}}}}"#
    )
}

const S3: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
const SQS: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}"#;
const NO_S3: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}"#;

/// A policy resource of a template.
fn policy(document: &str, more: &str, targets: &str) -> String {
    format!(
        r#", "P": {{"Type": "AWS::IAM::Policy"{more}, "Properties": {{"PolicyName": "p", "PolicyDocument": {document}, {targets}}}}}"#
    )
}

#[test]
fn a_policy_that_is_made_under_an_open_condition_hangs_perhaps() {
    let of = |document: &str, more: &str, action: &str| {
        let text = template("", &policy(document, more, r#""Roles": [{"Ref": "R"}]"#));
        asked("t.json", &text, "role/r", action)
    };
    let open = r#", "Condition": "Open""#;
    assert_eq!(of(NO_S3, "", "s3:GetObject"), Some(ExplicitlyDenied));
    assert_eq!(of(NO_S3, open, "s3:GetObject"), DEPENDS);
    assert_eq!(of(SQS, open, "sqs:SendMessage"), DEPENDS);
    assert_eq!(of(SQS, open, "s3:GetObject"), Some(Allowed));
}

#[test]
fn a_policy_of_somebody_who_is_not_known_hangs_on_each_perhaps() {
    let of = |targets: &str, action: &str| {
        asked("t.json", &template("", &policy(SQS, "", targets)), "role/r", action)
    };
    assert_eq!(of(r#""Roles": [{"Ref": "R"}]"#, "sqs:SendMessage"), Some(Allowed));
    assert_eq!(of(r#""Roles": ["r"]"#, "sqs:SendMessage"), Some(Allowed));
    assert_eq!(of(r#""Roles": ["another"]"#, "sqs:SendMessage"), Some(ImplicitlyDenied));
    assert_eq!(of(r#""Roles": [{"Ref": "Name"}]"#, "sqs:SendMessage"), DEPENDS);
    assert_eq!(of(r#""Roles": [{"Fn::Sub": "${Name}-x"}]"#, "sqs:SendMessage"), DEPENDS);
    // A user is no role.
    assert_eq!(of(r#""Users": [{"Ref": "Name"}]"#, "sqs:SendMessage"), Some(ImplicitlyDenied));
}

#[test]
fn a_boundary_that_is_not_known_may_be_any() {
    let of = |boundary: &str| {
        let properties = format!(r#", "PermissionsBoundary": {boundary}"#);
        let managed = format!(
            r#", "M": {{"Type": "AWS::IAM::ManagedPolicy", "Properties": {{"ManagedPolicyName": "m", "PolicyDocument": {SQS}}}}}"#
        );
        asked("t.json", &template(&properties, &managed), "role/r", "s3:GetObject")
    };
    assert_eq!(of(r#"{"Ref": "M"}"#), Some(ImplicitlyDenied));
    assert_eq!(of(r#"{"Ref": "Name"}"#), DEPENDS);
}

#[test]
fn users_are_put_into_groups_from_elsewhere() {
    let of = |group: &str| {
        let others = format!(
            r#", "U": {{"Type": "AWS::IAM::User", "Properties": {{"UserName": "u"}}}},
            "G": {{"Type": "AWS::IAM::Group", "Properties": {{"GroupName": "g", "Policies":
                [{{"PolicyName": "p", "PolicyDocument": {SQS}}}]}}}},
            "A": {{"Type": "AWS::IAM::UserToGroupAddition", "Properties": {{"GroupName": {group}, "Users": [{{"Ref": "U"}}]}}}}"#
        );
        asked("t.json", &template("", &others), "user/u", "sqs:SendMessage")
    };
    assert_eq!(of(r#"{"Ref": "G"}"#), Some(Allowed));
    assert_eq!(of(r#"{"Ref": "Name"}"#), DEPENDS);
}

#[test]
fn sam_adds_policies_to_the_role_of_a_function() {
    let of = |more: &str, action: &str| {
        let others = format!(r#", "F": {{"Type": "AWS::Serverless::Function", "Properties": {{{more}}}}}"#);
        asked("t.json", &template("", &others), "role/FRole", action)
    };
    assert_eq!(of("", "logs:PutLogEvents"), Some(Allowed));
    assert_eq!(of("", "xray:PutTraceSegments"), Some(ImplicitlyDenied));
    assert_eq!(of(r#""Tracing": "Active""#, "xray:PutTraceSegments"), DEPENDS);
}

/// A plan that makes these resources: type, what is known of it, what is not, and the expressions of its configuration.
fn plan(resources: &[(&str, &str, &str, &str)]) -> String {
    let changes = resources.iter().map(|(kind, after, unknown, _)| {
        format!(
            r#"{{"address": "{kind}.it", "mode": "managed", "type": "{kind}", "name": "it",
                "change": {{"actions": ["create"], "before": null, "after": {{{after}}}, "after_unknown": {{{unknown}}}}}}}"#
        )
    });
    let configured = resources.iter().map(|(kind, _, _, expressions)| {
        format!(
            r#"{{"address": "{kind}.it", "mode": "managed", "type": "{kind}", "name": "it", "expressions": {{{expressions}}}}}"#
        )
    });
    let (changes, configured): (Vec<String>, Vec<String>) = (changes.collect(), configured.collect());
    format!(
        r#"{{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {{"root_module": {{}}}},
        "resource_changes": [{}], "configuration": {{"root_module": {{"resources": [{}]}}}}}}"#,
        changes.join(","),
        configured.join(",")
    )
}

const TRUST: &str =
    r#""name": "r", "path": "/", "assume_role_policy": "{\"Version\":\"2012-10-17\",\"Statement\":[]}""#;
const QUEUES: &str = r#""policy": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}}""#;

#[test]
fn terraform_attaches_to_somebody_who_is_not_known() {
    let role = ("aws_iam_role", TRUST, "", "");
    let of =
        |own: (&str, &str, &str, &str)| asked("plan.json", &plan(&[role, own]), "role/r", "sqs:SendMessage");
    let known = format!(r#"{QUEUES}, "role": "r""#);
    assert_eq!(of(("aws_iam_role_policy", &known, "", "")), Some(Allowed));
    let other = format!(r#"{QUEUES}, "role": "x""#);
    assert_eq!(of(("aws_iam_role_policy", &other, "", "")), Some(ImplicitlyDenied));
    let expression = r#""role": {"references": ["data.external.who.result", "data.external.who"]}"#;
    assert_eq!(of(("aws_iam_role_policy", QUEUES, r#""role": true"#, expression)), DEPENDS);
}

#[test]
fn terraform_has_boundaries_and_groups_that_are_not_known() {
    let boundary = r#""permissions_boundary": {"references": ["data.external.b.result"]}"#;
    let role = ("aws_iam_role", TRUST, r#""permissions_boundary": true"#, boundary);
    let known = format!(r#"{QUEUES}, "role": "r""#);
    let own = ("aws_iam_role_policy", known.as_str(), "", "");
    assert_eq!(asked("plan.json", &plan(&[role, own]), "role/r", "sqs:SendMessage"), DEPENDS);

    let group_policy = format!(r#"{QUEUES}, "group": "g""#);
    let of = |after: &str, unknown: &str| {
        let resources = [
            ("aws_iam_user", r#""name": "u", "path": "/""#, "", ""),
            ("aws_iam_group", r#""name": "g", "path": "/""#, "", ""),
            ("aws_iam_group_policy", group_policy.as_str(), "", ""),
            ("aws_iam_group_membership", after, unknown, ""),
        ];
        asked("plan.json", &plan(&resources), "user/u", "sqs:SendMessage")
    };
    assert_eq!(of(r#""users": ["u"], "group": "g""#, ""), Some(Allowed));
    assert_eq!(of(r#""users": ["v"], "group": "g""#, ""), Some(ImplicitlyDenied));
    assert_eq!(of(r#""users": ["u"]"#, r#""group": true"#), DEPENDS);
}
