//! Which conditions keep a stranger out of what everyone is allowed (PRN103), and which do not.
//!
//! What is expected follows from who fills a key in (S5.3) and what an operator says of a key that is absent (S3.1).

use polsim_lint::{Linter, Selection, Selector, Text};
use polsim_policy::{PolicyType, Severity};
use polsim_text::{Limits, Source};

fn lets_strangers_in(condition: &str) -> bool {
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage",
            "Resource": "arn:aws:sqs:us-east-1:111122223333:jobs", "Condition": {condition}}}}}"#
    );
    let text = Text::parse(Source::new("policy.json", policy), PolicyType::Resource, &Limits::default());
    let refused = text.problems.iter().find(|problem| problem.severity() == Severity::Invalid);
    assert!(refused.is_none(), "{condition}: {refused:?}");
    let selection = Selection { select: vec![Selector::Code("PRN103".to_owned())], ignore: vec![] };
    let found = Linter::new(&polsim_rules::all(), &selection).lint(&text);
    if let Some(found) = found.first() {
        assert!(found.finding.witness.is_some(), "{condition}: no request is shown");
    }
    !found.is_empty()
}

#[test]
fn keys_that_aws_fills_in_keep_strangers_out() {
    for condition in [
        r#"{"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}"#,
        r#"{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*"}}"#,
        r#"{"StringEquals": {"aws:PrincipalAccount": ["111122223333", "444455556666"]}}"#,
        r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}"#,
        r#"{"StringLike": {"aws:userid": "AROAJ2UCCR6DPCEXAMPLE:*"}}"#,
        r#"{"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}"#,
        r#"{"StringEquals": {"aws:SourceVpc": "vpc-0a1b2c3d4e5f60718"}}"#,
        r#"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#,
        r#"{"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:uploads"}}"#,
        r#"{"ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:acme-uploads"}}"#,
        r#"{"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}, "StringEquals": {"aws:SourceAccount": "111122223333"}}"#,
        r#"{"StringEquals": {"AWS:SourceOwner": "111122223333"}}"#,
        r#"{"StringEquals": {"kms:CallerAccount": "111122223333", "kms:ViaService": "s3.us-east-1.amazonaws.com"}}"#,
        r#"{"StringEquals": {"s3:DataAccessPointAccount": "111122223333"}}"#,
    ] {
        assert!(!lets_strangers_in(condition), "{condition}");
    }
}

#[test]
fn what_a_caller_chooses_keeps_nobody_out() {
    for condition in [
        r#"{"StringLike": {"aws:Referer": "https://www.acme.example/*"}}"#,
        r#"{"StringEquals": {"aws:UserAgent": "acme-client"}}"#,
        r#"{"StringEquals": {"aws:PrincipalTag/team": "red"}}"#,
        r#"{"Bool": {"aws:SecureTransport": "true"}}"#,
        r#"{"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}"#,
        r#"{"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}"#,
        r#"{"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}"#,
    ] {
        assert!(lets_strangers_in(condition), "{condition}");
    }
}

#[test]
fn a_test_that_strangers_meet_keeps_nobody_out() {
    for condition in [
        r#"{"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}"#,
        r#"{"StringNotEquals": {"aws:PrincipalAccount": "444455556666"}}"#,
        r#"{"StringLike": {"aws:PrincipalOrgID": "o-*"}}"#,
        r#"{"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"}}"#,
        r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}"#,
        r#"{"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}"#,
        r#"{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#,
        r#"{"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}"#,
        r#"{"Null": {"aws:SourceVpc": "false"}}"#,
        r#"{"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:uploads"}}"#,
        r#"{"ArnLike": {"aws:SourceArn": "arn:aws:s3:::acme-*"}}"#,
    ] {
        assert!(lets_strangers_in(condition), "{condition}");
    }
}
