//! Single commands of `aws iam`, put together by name.

use crate::support::{codes, corpus, environment, load_text, merged, verdict};
use polsim_env::load::{Loaded, load};
use polsim_eval::Verdict;
use polsim_text::Limits;

const FILES: [&str; 6] = [
    "get-policy-version.View.json",
    "get-policy-version.arn%3Aaws%3Aiam%3A%3A111122223333%3Apolicy%2Flimits.json",
    "get-role-policy.etl.write.json",
    "get-role.etl.json",
    "list-attached-role-policies.etl.json",
    "list-role-policies.etl.json",
];
const ETL: &str = "arn:aws:iam::111122223333:role/jobs/etl";

fn folder(is_there: impl Fn(&str) -> bool) -> Loaded {
    let mut loaded = Loaded::default();
    for name in FILES.into_iter().filter(|name| is_there(name)) {
        loaded.append(load(&corpus(&format!("iam/{name}")), None, &Limits::default()));
    }
    loaded
}

#[test]
fn outputs_of_several_commands_are_one_role() {
    let loaded = folder(|_| true);
    assert_eq!((codes(&loaded.problems), codes(&loaded.notes)), (vec![], vec![]));
    assert_eq!(codes(&merged(folder(|_| true)).notes), [] as [&str; 0]);
    let environment = environment(loaded);
    let ask = |action: &str, resource: &str| verdict(&environment, ETL, action, resource);
    assert_eq!(ask("s3:PutObject", "arn:aws:s3:::lake/in/a"), Verdict::Allowed);
    assert_eq!(ask("ec2:DescribeVpcs", "*"), Verdict::Allowed);
    assert_eq!(ask("ec2:CreateVpc", "*"), Verdict::ImplicitlyDenied);
    let [role] = environment.principals() else { unreachable!("one role") };
    assert!(role.boundary.is_some() && role.trust.is_some());
}

#[test]
fn what_no_command_was_asked_is_told() {
    let without = |name: &'static str| merged(folder(move |file| !file.starts_with(name)));
    let role = |merged: polsim_env::load::Merged| (codes(&merged.problems), codes(&merged.notes));
    // Who knows what else is written on it.
    assert_eq!(role(without("list-role-policies")), (vec![], vec!["LOD012"]));
    assert_eq!(role(without("list-attached")), (vec![], vec!["LOD012"]));
    // A policy that is written on it, and one that is attached, without their texts.
    assert_eq!(role(without("get-role-policy")), (vec!["LOD009"], vec![]));
    assert_eq!(role(without("get-policy-version.View")), (vec!["LOD009"], vec![]));
    // A boundary without its text.
    assert_eq!(role(without("get-policy-version.arn")), (vec!["LOD009"], vec![]));
    // Nothing tells the ARN of `etl`: each of the three outputs says so.
    assert_eq!(role(without("get-role.")), (vec!["LOD019"; 3], vec![]));
}

#[test]
fn lists_do_not_tell_boundaries() {
    let text = r#"{"Roles": [{"RoleName": "r", "Arn": "arn:aws:iam::111122223333:role/r", "AssumeRolePolicyDocument": {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]
    }}]}"#;
    let notes = merged(load_text("list-roles.json", text)).notes;
    let said: Vec<String> = notes.iter().map(ToString::to_string).collect();
    for what in ["the boundary", "the inline policies", "the attached policies"] {
        assert!(said.iter().any(|note| note.contains(what)), "{what}: {said:?}");
    }
}
