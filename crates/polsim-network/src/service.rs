//! Which endpoint service an action of a policy calls.
//!
//! A newcomer would doubt that these differ: policies call a service `cloudwatch`, whose endpoint is `monitoring`.

/// The services whose endpoint has another name than their actions.
const OTHERWISE: [(&str, &str); 9] = [
    ("cloudwatch", "monitoring"),
    ("ecr", "ecr.api"),
    ("firehose", "kinesis-firehose"),
    ("kinesis", "kinesis-streams"),
    ("sagemaker", "sagemaker.api"),
    ("codeartifact", "codeartifact.api"),
    ("email", "email-smtp"),
    ("aps", "aps-workspaces"),
    ("bedrock", "bedrock"),
];

/// Actions, in lower case, that another endpoint takes than the rest of their service.
const OTHER_ENDPOINTS: [(&str, &str); 9] = [
    ("sagemaker:invokeendpoint", "sagemaker.runtime"),
    ("sagemaker:invokeendpointasync", "sagemaker.runtime"),
    ("sagemaker:invokeendpointwithresponsestream", "sagemaker.runtime"),
    ("ecr:batchgetimage", "ecr.dkr"),
    ("ecr:getdownloadurlforlayer", "ecr.dkr"),
    ("ecr:batchchecklayeravailability", "ecr.dkr"),
    ("bedrock:invokemodel", "bedrock-runtime"),
    ("bedrock:invokemodelwithresponsestream", "bedrock-runtime"),
    ("bedrock:converse", "bedrock-runtime"),
];

/// The endpoint service that an action calls, as in the name of the endpoint behind its Region: `s3`, `ecr.api`.
#[must_use]
pub fn endpoint_service(action: &str) -> String {
    let action = action.to_ascii_lowercase();
    if let Some((_, endpoint)) = OTHER_ENDPOINTS.iter().find(|(name, _)| *name == action) {
        return (*endpoint).to_owned();
    }
    let service = action.split(':').next().unwrap_or_default();
    OTHERWISE.iter().find(|(name, _)| *name == service).map_or(service, |(_, endpoint)| *endpoint).to_owned()
}

/// Whether a service can have gateway endpoints (S6.3.2).
pub(crate) fn has_gateways(service: &str) -> bool {
    matches!(service, "s3" | "dynamodb" | "s3express")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s6_4_6_actions_call_endpoints() {
        assert_eq!(endpoint_service("s3:GetObject"), "s3");
        assert_eq!(endpoint_service("sagemaker:CreateModel"), "sagemaker.api");
        assert_eq!(endpoint_service("sagemaker:InvokeEndpoint"), "sagemaker.runtime");
        assert_eq!(endpoint_service("cloudwatch:PutMetricData"), "monitoring");
        assert_eq!(endpoint_service("ecr:GetDownloadUrlForLayer"), "ecr.dkr");
    }
}
