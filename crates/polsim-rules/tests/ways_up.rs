//! Which policies are as good as an administrator's (ESC001), and which look like it and are not.

use polsim_lint::{Linter, Selection, Selector, Text};
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};

fn text(policy_type: PolicyType, statements: &str) -> Text {
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    Text::parse(Source::new(format!("{policy_type}.json"), policy), policy_type, &Limits::default())
}

/// What is found in a project.
fn found(texts: &[Text]) -> Vec<String> {
    let selection = Selection { select: vec![Selector::Code("ESC001".to_owned())], ignore: vec![] };
    let found = Linter::new(&polsim_rules::all(), &selection).lint_project(texts);
    found.into_iter().map(|found| found.finding.sentence).collect()
}

fn leads_up(statements: &str) -> bool {
    !found(&[text(PolicyType::Identity, statements)]).is_empty()
}

#[test]
fn conditions_and_resources_that_close_a_way_close_it() {
    for statements in [
        r#"{"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "*",
            "Condition": {"ArnEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}}"#,
        r#"{"Effect": "Allow", "Action": ["iam:PutRolePolicy", "iam:AttachRolePolicy"], "Resource": "*",
            "Condition": {"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limit"}}}"#,
        r#"{"Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/owner": "${aws:username}"}}}"#,
        r#"{"Effect": "Allow", "Action": "iam:CreateLoginProfile", "Resource": "arn:aws:iam::*:user/${aws:username}"}"#,
        r#"{"Effect": "Allow", "Action": ["iam:PassRole", "ec2:RunInstances"],
            "Resource": "arn:aws:iam::111122223333:role/web-server"}"#,
        r#"{"Effect": "Allow", "Action": "ssm:SendCommand",
            "Resource": ["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:document/acme-restart"]}"#,
        r#"{"Effect": "Allow", "Action": "iam:*", "Resource": "*"},
           {"Effect": "Deny", "NotAction": ["iam:Get*", "iam:List*"], "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "lambda:UpdateFunctionCode", "Resource": "*",
            "Condition": {"ForAnyValue:StringEquals": {"aws:CalledVia": "cloudformation.amazonaws.com"}}}"#,
    ] {
        assert!(!leads_up(statements), "{statements}");
    }
}

#[test]
fn what_leaves_a_way_open_is_found() {
    for statements in [
        r#"{"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "arn:aws:iam::*:user/${aws:username}"}"#,
        r#"{"Effect": "Allow", "NotAction": ["iam:Update*", "iam:Create*", "iam:Attach*"], "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/*",
            "Condition": {"StringLike": {"iam:PassedToService": "ec2*"}}},
           {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"},
           {"Effect": "Deny", "Action": ["ec2:Modify*", "ec2:RequestSpot*"], "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "*", "Resource": "*"},
           {"Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*"},
           {"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "lambda:Update*", "Resource": "*"}"#,
    ] {
        assert!(leads_up(statements), "{statements}");
    }
}

#[test]
fn an_administrator_has_nothing_to_gain() {
    assert!(!leads_up(r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#));
}

#[test]
fn a_boundary_of_the_project_binds() {
    let identity = text(
        PolicyType::Identity,
        r#"{"Effect": "Allow", "Action": ["iam:PutUserPolicy", "lambda:UpdateFunctionCode"], "Resource": "*"}"#,
    );
    let closed = text(PolicyType::Boundary, r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#);
    let half = text(
        PolicyType::Boundary,
        r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}"#,
    );
    assert!(found(&[identity.clone(), closed]).is_empty());
    let open = found(&[identity, half]);
    assert_eq!(open, ["whoever has this policy can change the code of any function"]);
}
