//! Which tests of a token's subject keep other customers of a shared identity provider out (OID001–OID003, OID005).

use polsim_lint::{Linter, Selection, Selector, Text};
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};

/// The rules that find something in a trust policy for a provider with a condition.
fn found(provider: &str, condition: &str) -> Vec<&'static str> {
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {{"Federated": "arn:aws:iam::111122223333:oidc-provider/{provider}"}},
            "Condition": {condition}}}}}"#
    );
    let text = Text::parse(Source::new("trust.json", policy), PolicyType::Trust, &Limits::default());
    let codes = ["OID001", "OID002", "OID003", "OID005"];
    let select = codes.map(|code| Selector::Code(code.to_owned())).to_vec();
    let linter = Linter::new(&polsim_rules::all(), &Selection { select, ignore: vec![] });
    linter.lint(&text).iter().map(|found| found.rule.code).collect()
}

fn github(operator: &str, sub: &str) -> Vec<&'static str> {
    let provider = "token.actions.githubusercontent.com";
    found(provider, &format!(r#"{{"{operator}": {{"{provider}:sub": "{sub}"}}}}"#))
}

#[test]
fn a_name_that_ends_keeps_others_out() {
    assert!(github("StringEquals", "repo:acme/app:ref:refs/heads/main").is_empty());
    assert!(github("StringLike", "repo:acme/app:ref:refs/heads/*").is_empty());
    assert!(github("StringLike", "repo:acme/app:environment:*").is_empty());
    assert!(github("StringLike", "repo:acme@1234/app@5678:environment:production").is_empty());
    let gitlab =
        |sub: &str| found("gitlab.com", &format!(r#"{{"StringLike": {{"gitlab.com:sub": "{sub}"}}}}"#));
    assert!(gitlab("project_path:acme/*:ref_type:branch:ref:main").is_empty());
}

#[test]
fn a_wildcard_within_the_name_lets_others_in() {
    for sub in [
        "repo:*",
        "repo:acme*",
        "repo:acme-*/app:*",
        "repo:*/app:ref:refs/heads/main",
        "*",
        "*:acme/app:*",
        "repo:ac?e/*",
    ] {
        assert!(github("StringLike", sub).contains(&"OID002"), "{sub}");
    }
}

#[test]
fn any_workflow_is_also_that_of_a_pull_request() {
    assert_eq!(github("StringLike", "repo:acme/app:*"), ["OID005"]);
    assert_eq!(github("StringLike", "repo:acme/*"), ["OID005"]);
    assert_eq!(github("StringEquals", "repo:acme/app:pull_request"), ["OID005"]);
}

#[test]
fn another_claim_can_keep_others_out() {
    let provider = "token.actions.githubusercontent.com";
    let condition = format!(
        r#"{{"StringLike": {{"{provider}:sub": "repo:*:ref:refs/heads/main"}},
            "StringEquals": {{"{provider}:repository_owner_id": "1234"}}}}"#
    );
    assert!(found(provider, &condition).is_empty());
}

#[test]
fn a_provider_of_one_organization_needs_no_claim() {
    let condition = r#"{"StringEquals": {"login.acme.example:aud": "sts.amazonaws.com"}}"#;
    assert!(found("login.acme.example", condition).is_empty());
    let condition = r#"{"StringEquals": {"gitlab.com:aud": "https://gitlab.com"}}"#;
    assert_eq!(found("gitlab.com", condition), ["OID001"]);
}

#[test]
fn operators_that_pass_what_is_absent_tell_nobody_apart() {
    for operator in ["StringLikeIfExists", "ForAllValues:StringLike", "StringNotLike"] {
        assert_eq!(github(operator, "repo:acme/app:ref:refs/heads/main"), ["OID003"], "{operator}");
    }
}
