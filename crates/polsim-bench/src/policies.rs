//! Policies, as text.

use crate::numbers::Numbers;

/// The policy of the S3 endpoint in SageMaker's guide: package repositories are denied, all else is allowed.
pub const SAGEMAKER_ENDPOINT: &str = r#"{"Version":"2012-10-17","Statement":[
 {"Sid":"AmazonLinuxAMIRepositoryAccess","Effect":"Deny","Principal":"*","Action":["s3:GetObject"],
  "Resource":["arn:aws:s3:::packages.*.amazonaws.com/*","arn:aws:s3:::repo.*.amazonaws.com/*"]},
 {"Sid":"AmazonLinux2AMIRepositoryAccess","Effect":"Deny","Principal":"*","Action":["s3:GetObject"],
  "Resource":["arn:aws:s3:::amazonlinux.*.amazonaws.com/*"]},
 {"Sid":"DefaultAllow","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#;

const ACTIONS: [&str; 10] = [
    "s3:GetObject",
    "s3:Get*",
    "s3:*",
    "sqs:SendMessage",
    "sqs:*",
    "dynamodb:GetItem",
    "dynamodb:*Item",
    "lambda:Invoke*",
    "iam:PassRole",
    "ec2:Describe*",
];

const CONDITIONS: [&str; 4] = [
    r#"{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}"#,
    r#"{"Bool":{"aws:SecureTransport":"true"}}"#,
    r#"{"StringLike":{"aws:PrincipalTag/team":"a*"}}"#,
    r#"{"StringEquals":{"aws:RequestedRegion":["us-east-1","eu-west-1"]}}"#,
];

/// An identity policy of so many statements, one in five of them a Deny, each with one condition.
#[must_use]
pub fn policy(statements: usize) -> String {
    let mut numbers = Numbers::new(3);
    let statements: Vec<String> = (0..statements).map(|_| statement(&mut numbers)).collect();
    format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(",\n "))
}

fn statement(numbers: &mut Numbers) -> String {
    let effect = if numbers.below(5) == 0 { "Deny" } else { "Allow" };
    let (first, second) = (numbers.pick(&ACTIONS), numbers.pick(&ACTIONS));
    let bucket = numbers.below(400);
    let condition = numbers.pick(&CONDITIONS);
    format!(
        r#"{{"Effect":"{effect}","Action":["{first}","{second}"],"Resource":["arn:aws:s3:::bucket-{bucket}/*","arn:aws:sqs:*:*:queue-{bucket}-*"],"Condition":{condition}}}"#
    )
}
