//! The ARNs and names of resources of a template: mostly built of what is known.
//!
//! A resource without a name of its own gets one when the stack is made; that is a hole with the name of the resource. What
//! `Ref` gives differs from type to type: a name, an ARN or a URL.

use super::template::Resource;
use crate::load::later::{Hole, Piece, Value, joined};
use polsim_text::json::Node;

/// Who resolves the parts of an ARN.
pub(super) trait Resolve {
    /// What a node says.
    fn value(&self, node: &Node) -> Value;

    /// The parts of a pseudo parameter.
    fn pseudo(&self, name: &str) -> Vec<Piece>;
}

/// How the ARN of a type is built: service, whether it has a region, whether it has an account, what stands before the
/// name, and the property with the name.
struct Form {
    kind: &'static str,
    service: &'static str,
    has_region: bool,
    has_account: bool,
    before: &'static str,
    name: &'static str,
    /// What `Ref` gives.
    reference: Given,
}

/// What `Ref` gives for a type.
#[derive(Clone, Copy, PartialEq)]
enum Given {
    Name,
    Arn,
    /// Something else that is known only when it is there.
    Other,
}

const fn form(
    kind: &'static str,
    service: &'static str,
    (has_region, has_account): (bool, bool),
    before: &'static str,
    name: &'static str,
    reference: Given,
) -> Form {
    Form { kind, service, has_region, has_account, before, name, reference }
}

const GLOBAL: (bool, bool) = (false, true);
const REGIONAL: (bool, bool) = (true, true);

const FORMS: [Form; 14] = [
    form("AWS::S3::Bucket", "s3", (false, false), "", "BucketName", Given::Name),
    form("AWS::SQS::Queue", "sqs", REGIONAL, "", "QueueName", Given::Other),
    form("AWS::SNS::Topic", "sns", REGIONAL, "", "TopicName", Given::Arn),
    form("AWS::DynamoDB::Table", "dynamodb", REGIONAL, "table/", "TableName", Given::Name),
    form("AWS::Serverless::SimpleTable", "dynamodb", REGIONAL, "table/", "TableName", Given::Name),
    form("AWS::Lambda::Function", "lambda", REGIONAL, "function:", "FunctionName", Given::Name),
    form("AWS::Serverless::Function", "lambda", REGIONAL, "function:", "FunctionName", Given::Name),
    form("AWS::IAM::Role", "iam", GLOBAL, "role/", "RoleName", Given::Name),
    form("AWS::IAM::User", "iam", GLOBAL, "user/", "UserName", Given::Name),
    form("AWS::IAM::Group", "iam", GLOBAL, "group/", "GroupName", Given::Name),
    form("AWS::IAM::ManagedPolicy", "iam", GLOBAL, "policy/", "ManagedPolicyName", Given::Arn),
    form("AWS::KMS::Key", "kms", REGIONAL, "key/", "", Given::Name),
    form("AWS::Logs::LogGroup", "logs", REGIONAL, "log-group:", "LogGroupName", Given::Name),
    form("AWS::ECR::Repository", "ecr", REGIONAL, "repository/", "RepositoryName", Given::Name),
];

/// What `Ref` gives, when it is built of what is known.
pub(super) fn of_reference(
    evaluator: &impl Resolve,
    logical: &str,
    resource: &Resource<'_>,
) -> Option<Vec<Piece>> {
    let form = FORMS.iter().find(|form| form.kind == resource.kind)?;
    match form.reference {
        Given::Name => Some(name(evaluator, logical, resource, form)),
        Given::Arn => Some(arn(evaluator, logical, resource, form)),
        Given::Other => None,
    }
}

/// The ARN that an attribute gives, when it is built of what is known.
pub(super) fn of_attribute(
    evaluator: &impl Resolve,
    logical: &str,
    resource: &Resource<'_>,
    attribute: &str,
) -> Option<Vec<Piece>> {
    let form = FORMS.iter().find(|form| form.kind == resource.kind)?;
    let own = ["Arn", "TopicArn", "PolicyArn"];
    let mut pieces = own.contains(&attribute).then(|| arn(evaluator, logical, resource, form))?;
    // The ARN of a log group ends in a wildcard for its streams.
    if form.kind == "AWS::Logs::LogGroup" {
        pieces.push(Piece::Literal(":*".to_owned()));
    }
    Some(joined(pieces))
}

/// The ARN of a resource.
pub(super) fn of_resource(
    evaluator: &impl Resolve,
    logical: &str,
    resource: &Resource<'_>,
) -> Option<Vec<Piece>> {
    FORMS.iter().find(|form| form.kind == resource.kind).map(|form| arn(evaluator, logical, resource, form))
}

fn name(evaluator: &impl Resolve, logical: &str, resource: &Resource<'_>, form: &Form) -> Vec<Piece> {
    let told = resource.property(form.name).and_then(|node| evaluator.value(node).pieces());
    told.unwrap_or_else(|| vec![Piece::Hole(Hole::name(logical, "it gets its name when the stack is made"))])
}

fn arn(evaluator: &impl Resolve, logical: &str, resource: &Resource<'_>, form: &Form) -> Vec<Piece> {
    let literal = |text: &str| Piece::Literal(text.to_owned());
    let mut pieces = vec![literal("arn:")];
    pieces.extend(evaluator.pseudo("AWS::Partition"));
    pieces.push(Piece::Literal(format!(":{}:", form.service)));
    if form.has_region {
        pieces.extend(evaluator.pseudo("AWS::Region"));
    }
    pieces.push(literal(":"));
    if form.has_account {
        pieces.extend(evaluator.pseudo("AWS::AccountId"));
    }
    pieces.push(Piece::Literal(format!(":{}", form.before)));
    // The path of an IAM entity stands before its name.
    let path = resource.property("Path").filter(|_| form.service == "iam");
    if let Some(path) = path.and_then(|node| evaluator.value(node).pieces()) {
        let path = joined(path).into_iter().map(|piece| match piece {
            Piece::Literal(text) => Piece::Literal(text.trim_start_matches('/').to_owned()),
            hole @ Piece::Hole(_) => hole,
        });
        pieces.extend(path);
    }
    pieces.extend(name(evaluator, logical, resource, form));
    joined(pieces)
}
