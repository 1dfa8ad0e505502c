//! SAM's shorthands: the policies of functions, and permissions to call one.
//!
//! SAM knows policy templates by name. A name without a text here is a policy that is not known, never one that is left out.

use super::arn::Resolve as _;
use super::evaluate::Evaluator;
use super::template::Resource;
use crate::load::later::{Hole, Kind, Nature, Piece, Value};
use polsim_text::json::{Node, NodeKind};
use polsim_text::{Span, Spanned};

/// The policy templates whose statements are known: name, parameter, actions, the ARN up to the parameter, endings.
const TEMPLATES: [PolicyTemplate; 6] = [
    PolicyTemplate {
        name: "SQSPollerPolicy",
        parameter: "QueueName",
        actions: &[
            "sqs:ChangeMessageVisibility",
            "sqs:ChangeMessageVisibilityBatch",
            "sqs:DeleteMessage",
            "sqs:DeleteMessageBatch",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage",
        ],
        service: "sqs",
        before: "",
        endings: &[""],
    },
    PolicyTemplate {
        name: "SQSSendMessagePolicy",
        parameter: "QueueName",
        actions: &["sqs:SendMessage*"],
        service: "sqs",
        before: "",
        endings: &[""],
    },
    PolicyTemplate {
        name: "LambdaInvokePolicy",
        parameter: "FunctionName",
        actions: &["lambda:InvokeFunction"],
        service: "lambda",
        before: "function:",
        endings: &["*"],
    },
    PolicyTemplate {
        name: "SNSPublishMessagePolicy",
        parameter: "TopicName",
        actions: &["sns:Publish"],
        service: "sns",
        before: "",
        endings: &[""],
    },
    PolicyTemplate {
        name: "DynamoDBReadPolicy",
        parameter: "TableName",
        actions: &[
            "dynamodb:GetItem",
            "dynamodb:Scan",
            "dynamodb:Query",
            "dynamodb:BatchGetItem",
            "dynamodb:DescribeTable",
        ],
        service: "dynamodb",
        before: "table/",
        endings: &["", "/index/*"],
    },
    PolicyTemplate {
        name: "DynamoDBWritePolicy",
        parameter: "TableName",
        actions: &["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"],
        service: "dynamodb",
        before: "table/",
        endings: &["", "/index/*"],
    },
];

struct PolicyTemplate {
    name: &'static str,
    parameter: &'static str,
    actions: &'static [&'static str],
    service: &'static str,
    before: &'static str,
    endings: &'static [&'static str],
}

const NOT_KNOWN: &str = "its text is not known here";

/// The policies of a function: documents, lists of statements, policy templates, and names of managed policies.
pub(super) fn policies(
    evaluator: &Evaluator<'_>,
    logical: &str,
    resource: &Resource<'_>,
) -> Vec<(String, Value)> {
    let Some(policies) = resource.property("Policies") else { return Vec::new() };
    let mut found = Vec::new();
    for (at, entry) in policies.one_or_many().iter().enumerate() {
        let name = format!("{logical}.Policies[{at}]");
        let value = match &entry.kind {
            NodeKind::Object(_) if entry.get("Statement").is_some() => evaluator.value(entry),
            NodeKind::Object(members) => match members.as_slice() {
                [only] if !only.key.value.starts_with("Fn::") && only.key.value != "Ref" => {
                    template(evaluator, &only.key.value, &only.value, entry.span)
                }
                _ => managed(entry.span, &name),
            },
            _ => {
                let text = entry.as_str().unwrap_or(&name);
                managed(entry.span, text)
            }
        };
        found.push((name, value));
    }
    found
}

/// A managed policy that is only named.
fn managed(span: Span, name: &str) -> Value {
    Value::unknown(span, Hole::text(name, NOT_KNOWN))
}

fn template(evaluator: &Evaluator<'_>, name: &str, parameters: &Node, span: Span) -> Value {
    let Some(template) = TEMPLATES.iter().find(|template| template.name == name) else {
        return managed(span, name);
    };
    let parameter = parameters.get(template.parameter).map(|node| evaluator.value(node));
    let Some(pieces) = parameter.and_then(|value| value.pieces()) else { return managed(span, name) };
    let literal = |text: String| Piece::Literal(text);
    let arns = template.endings.iter().map(|ending| {
        let mut arn = vec![literal("arn:".to_owned())];
        arn.extend(evaluator.pseudo("AWS::Partition"));
        arn.push(literal(format!(":{}:", template.service)));
        arn.extend(evaluator.pseudo("AWS::Region"));
        arn.push(literal(":".to_owned()));
        arn.extend(evaluator.pseudo("AWS::AccountId"));
        arn.push(literal(format!(":{}", template.before)));
        arn.extend(pieces.iter().cloned());
        arn.push(literal((*ending).to_owned()));
        Value::new(span, Kind::Text(arn))
    });
    let actions = template.actions.iter().map(|action| Value::literal(span, *action));
    let statement = map(
        span,
        vec![
            ("Effect", Value::literal(span, "Allow")),
            ("Action", Value::new(span, Kind::List(actions.collect()))),
            ("Resource", Value::new(span, Kind::List(arns.collect()))),
        ],
    );
    map(span, vec![("Version", Value::literal(span, "2012-10-17")), ("Statement", statement)])
}

/// What a permission adds to the policy of a function.
pub(super) fn permission(evaluator: &Evaluator<'_>, logical: &str, resource: &Resource<'_>) -> Value {
    let span = resource.node.span;
    let property = |name: &str| resource.property(name).map(|node| evaluator.value(node));
    let unknown =
        |name: &str| Value::unknown(span, Hole::text(format!("{logical}.{name}"), "it is not told"));
    let principal = property("Principal").map(|value| match value.as_text() {
        Some(text) if text == "*" => value,
        Some(text) if text.contains(".amazonaws.com") => map(value.span, vec![("Service", value)]),
        _ => map(value.span, vec![("AWS", value)]),
    });
    // A function may be named, or given by its ARN.
    let function = property("FunctionName").map(|value| match value.as_text() {
        Some(text) if text.starts_with("arn:") => value,
        _ => {
            let mut pieces: Vec<Piece> = vec![Piece::Literal("arn:".to_owned())];
            pieces.extend(evaluator.pseudo("AWS::Partition"));
            pieces.push(Piece::Literal(":lambda:".to_owned()));
            pieces.extend(evaluator.pseudo("AWS::Region"));
            pieces.push(Piece::Literal(":".to_owned()));
            pieces.extend(evaluator.pseudo("AWS::AccountId"));
            pieces.push(Piece::Literal(":function:".to_owned()));
            match value.pieces() {
                Some(own) if !starts_with_arn(&own) => {
                    pieces.extend(own);
                    Value::new(value.span, Kind::Text(pieces))
                }
                _ => value,
            }
        }
    });
    let mut members = vec![
        ("Sid", Value::literal(span, logical)),
        ("Effect", Value::literal(span, "Allow")),
        ("Principal", principal.unwrap_or_else(|| unknown("Principal"))),
        ("Action", property("Action").unwrap_or_else(|| unknown("Action"))),
        ("Resource", function.unwrap_or_else(|| unknown("FunctionName"))),
    ];
    let conditions = [
        ("ArnLike", "AWS:SourceArn", "SourceArn"),
        ("StringEquals", "AWS:SourceAccount", "SourceAccount"),
        ("StringEquals", "aws:PrincipalOrgID", "PrincipalOrgID"),
        ("StringEquals", "lambda:EventSourceToken", "EventSourceToken"),
        ("StringEquals", "lambda:FunctionUrlAuthType", "FunctionUrlAuthType"),
    ];
    let mut operators: Vec<(&str, Vec<(&str, Value)>)> = Vec::new();
    for (operator, key, name) in conditions {
        if let Some(value) = property(name) {
            match operators.iter_mut().find(|(known, _)| *known == operator) {
                Some((_, keys)) => keys.push((key, value)),
                None => operators.push((operator, vec![(key, value)])),
            }
        }
    }
    if !operators.is_empty() {
        let operators = operators.into_iter().map(|(operator, keys)| (operator, map(span, keys)));
        members.push(("Condition", map(span, operators.collect())));
    }
    map(span, vec![("Version", Value::literal(span, "2012-10-17")), ("Statement", map(span, members))])
}

fn starts_with_arn(pieces: &[Piece]) -> bool {
    match pieces.first() {
        Some(Piece::Literal(text)) => text.starts_with("arn:"),
        Some(Piece::Hole(hole)) => hole.nature == Nature::Text,
        None => false,
    }
}

pub(super) fn map(span: Span, members: Vec<(&str, Value)>) -> Value {
    let members = members.into_iter().map(|(name, value)| (Spanned::new(name.to_owned(), span), value));
    Value::new(span, Kind::Map(members.collect()))
}
