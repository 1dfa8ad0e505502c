//! Services that can be made to act for another customer, and what a statement says of that.

use crate::stranger;
use polsim_policy::{Effect, PolicyType, Principal, PrincipalType, Statement};
use polsim_text::Span;

/// Services that say for whom they act when they assume a role, by the guides of the services as of 2026-11. AWS
/// publishes no list; one that is missing here is not reported.
const SAY_SO_FOR_ROLES: [&str; 36] = [
    "access-analyzer.amazonaws.com",
    "appflow.amazonaws.com",
    "appsync.amazonaws.com",
    "batchoperations.s3.amazonaws.com",
    "bedrock-agentcore.amazonaws.com",
    "bedrock.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "codebuild.amazonaws.com",
    "cognito-idp.amazonaws.com",
    "comprehend.amazonaws.com",
    "datasync.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "fis.amazonaws.com",
    "forecast.amazonaws.com",
    "frauddetector.amazonaws.com",
    "grafana.amazonaws.com",
    "iot.amazonaws.com",
    "kendra.amazonaws.com",
    "kinesisanalytics.amazonaws.com",
    "lexv2.amazonaws.com",
    "logs.amazonaws.com",
    "mediaconvert.amazonaws.com",
    "personalize.amazonaws.com",
    "pipes.amazonaws.com",
    "rds.amazonaws.com",
    "rekognition.amazonaws.com",
    "sagemaker.amazonaws.com",
    "scheduler.amazonaws.com",
    "ssm-incidents.amazonaws.com",
    "ssm.amazonaws.com",
    "states.amazonaws.com",
    "textract.amazonaws.com",
    "transcribe.streaming.amazonaws.com",
    "transfer.amazonaws.com",
    "translate.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
];

/// Services that do not say for whom they act when they come to a resource, as of 2026-11.
const SILENT_AT_RESOURCES: [&str; 5] = [
    "autoscaling.amazonaws.com",
    "ec2.amazonaws.com",
    "lambda.amazonaws.com",
    "logdelivery.elasticloadbalancing.amazonaws.com",
    "vpce.amazonaws.com",
];

/// The services that an Allow lets in and that could say for whom they act.
pub(super) fn services(policy_type: PolicyType, statement: &Statement) -> Vec<(&str, Span)> {
    let Some(principal) = &statement.principal else { return Vec::new() };
    let Principal::Entries(entries) = principal.listed() else { return Vec::new() };
    if principal.is_negated() || statement.effect.value != Effect::Allow {
        return Vec::new();
    }
    let says_so = |service: &str| match policy_type {
        PolicyType::Trust => SAY_SO_FOR_ROLES.contains(&service),
        _ => !SILENT_AT_RESOURCES.contains(&service),
    };
    let services = entries.iter().filter(|entry| entry.principal_type == PrincipalType::Service);
    let named = services.map(|entry| (entry.value.value.as_str(), entry.value.span));
    named.filter(|(service, _)| says_so(service)).collect()
}

/// Whether a statement looks at whom a service acts for.
pub(super) fn tests_source(statement: &Statement) -> bool {
    let mut keys = statement.condition.blocks.iter().flat_map(|block| &block.keys);
    keys.any(|key| stranger::is_of_source(&key.key.value.folded()))
}
