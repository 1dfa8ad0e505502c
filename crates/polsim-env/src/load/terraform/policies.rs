//! The policies of resources of the AWS provider.

use super::document;
use super::instance::{Found, Instance, Module};
use crate::load::later::{Kind, Piece, Value, found};
use crate::load::{FoundPolicy, Loaded, Sniffed};
use polsim_policy::PolicyType;
use polsim_text::{Embedded, Source};
use std::sync::Arc;

/// The attributes that are policies: type of resource, attribute, type of policy.
const ATTRIBUTES: [(&str, &str, PolicyType); 41] = [
    ("aws_iam_policy", "policy", PolicyType::Identity),
    ("aws_iam_role_policy", "policy", PolicyType::Identity),
    ("aws_iam_user_policy", "policy", PolicyType::Identity),
    ("aws_iam_group_policy", "policy", PolicyType::Identity),
    ("aws_iam_role", "assume_role_policy", PolicyType::Trust),
    ("aws_ssoadmin_permission_set_inline_policy", "inline_policy", PolicyType::Identity),
    ("aws_s3_bucket", "policy", PolicyType::Resource),
    ("aws_s3_bucket_policy", "policy", PolicyType::Resource),
    ("aws_s3_access_point", "policy", PolicyType::AccessPoint),
    ("aws_s3control_access_point_policy", "policy", PolicyType::AccessPoint),
    ("aws_vpc_endpoint", "policy", PolicyType::Endpoint),
    ("aws_vpc_endpoint_policy", "policy", PolicyType::Endpoint),
    ("aws_sqs_queue", "policy", PolicyType::Resource),
    ("aws_sqs_queue_policy", "policy", PolicyType::Resource),
    ("aws_sns_topic", "policy", PolicyType::Resource),
    ("aws_sns_topic_policy", "policy", PolicyType::Resource),
    ("aws_kms_key", "policy", PolicyType::Kms),
    ("aws_kms_external_key", "policy", PolicyType::Kms),
    ("aws_kms_replica_key", "policy", PolicyType::Kms),
    ("aws_kms_key_policy", "policy", PolicyType::Kms),
    ("aws_secretsmanager_secret", "policy", PolicyType::Resource),
    ("aws_secretsmanager_secret_policy", "policy", PolicyType::Resource),
    ("aws_organizations_policy", "content", PolicyType::Scp),
    ("aws_ecr_repository_policy", "policy", PolicyType::Resource),
    ("aws_ecr_registry_policy", "policy", PolicyType::Resource),
    ("aws_ecrpublic_repository_policy", "policy", PolicyType::Resource),
    ("aws_efs_file_system_policy", "policy", PolicyType::Resource),
    ("aws_glue_resource_policy", "policy", PolicyType::Resource),
    ("aws_cloudwatch_event_bus_policy", "policy", PolicyType::Resource),
    ("aws_cloudwatch_log_resource_policy", "policy_document", PolicyType::Resource),
    ("aws_cloudwatch_log_destination_policy", "access_policy", PolicyType::Resource),
    ("aws_backup_vault_policy", "policy", PolicyType::Resource),
    ("aws_glacier_vault", "access_policy", PolicyType::Resource),
    ("aws_opensearch_domain", "access_policies", PolicyType::Resource),
    ("aws_opensearch_domain_policy", "access_policies", PolicyType::Resource),
    ("aws_elasticsearch_domain", "access_policies", PolicyType::Resource),
    ("aws_elasticsearch_domain_policy", "access_policies", PolicyType::Resource),
    ("aws_dynamodb_resource_policy", "policy", PolicyType::Resource),
    ("aws_kinesis_resource_policy", "policy", PolicyType::Resource),
    ("aws_api_gateway_rest_api_policy", "policy", PolicyType::Resource),
    ("aws_media_store_container_policy", "policy", PolicyType::Resource),
];

/// Finds the policies of all resources.
pub(super) fn read(module: &Module, documents: &Sniffed<'_>, loaded: &mut Loaded) -> Found {
    let mut policies = Found::new();
    for instance in module.instances.iter().filter(|instance| !instance.is_data) {
        for policy in policies_of(module, instance, documents, loaded) {
            policies.entry(instance.address.clone()).or_default().push(policy);
        }
    }
    policies
}

fn policies_of(
    module: &Module,
    instance: &Instance,
    documents: &Sniffed<'_>,
    loaded: &mut Loaded,
) -> Vec<Arc<FoundPolicy>> {
    let mut found_here = Vec::new();
    for (kind, attribute, policy_type) in ATTRIBUTES {
        if kind != instance.kind {
            continue;
        }
        let policy_type = match instance.text("type").as_deref() {
            Some("RESOURCE_CONTROL_POLICY") => PolicyType::Rcp,
            Some(other) if policy_type == PolicyType::Scp && other != "SERVICE_CONTROL_POLICY" => continue,
            _ => policy_type,
        };
        let Some(value) = instance.values.get(attribute) else { continue };
        // What nobody wrote and nobody knows is AWS's own.
        let is_computed = instance.has_configuration && !instance.references.contains_key(attribute);
        if is_computed && matches!(value.kind, Kind::Unknown(_)) {
            continue;
        }
        let name = format!("{}.{attribute}", instance.address);
        found_here.extend(policy(module, instance, attribute, value, policy_type, &name, documents, loaded));
    }
    if instance.kind == "aws_iam_role" {
        let blocks = instance.values.get("inline_policy").map(Value::one_or_many).unwrap_or_default();
        for (at, block) in blocks.iter().enumerate() {
            let own = block.get("name").and_then(Value::as_text).unwrap_or_else(|| at.to_string());
            if let Some(value) = block.get("policy") {
                let name = format!("{}.inline_policy[{own}]", instance.address);
                let policy_type = PolicyType::Identity;
                found_here.extend(policy(
                    module,
                    instance,
                    "inline_policy",
                    value,
                    policy_type,
                    &name,
                    documents,
                    loaded,
                ));
            }
        }
    }
    if instance.kind == "aws_lambda_permission" {
        let value = permission(instance);
        found_here.push(found(&value, PolicyType::Resource, &instance.address, documents.host, loaded));
    }
    found_here
}

#[expect(clippy::too_many_arguments, reason = "all of it tells one attribute from another")]
fn policy(
    module: &Module,
    instance: &Instance,
    attribute: &str,
    value: &Value,
    policy_type: PolicyType,
    name: &str,
    documents: &Sniffed<'_>,
    loaded: &mut Loaded,
) -> Option<Arc<FoundPolicy>> {
    if let Some(text) = value.as_text() {
        if text.trim().is_empty() {
            return None;
        }
        let text = text_of(documents.host, name, value, &text);
        let policy = FoundPolicy {
            name: name.to_owned(),
            policy_type,
            guess: None,
            is_of_aws: false,
            perhaps: Vec::new(),
            text,
        };
        let policy = Arc::new(policy);
        loaded.policies.push(Arc::clone(&policy));
        return Some(policy);
    }
    let tree = match &value.kind {
        Kind::Unknown(_) => document_of(module, instance, attribute),
        _ => document::parsed(value),
    };
    let tree = tree.unwrap_or_else(|| {
        let hole = value.first_hole().cloned().unwrap_or_else(|| instance.hole(attribute));
        Value::unknown(value.span, hole)
    });
    Some(found(&tree, policy_type, name, documents.host, loaded))
}

/// A text with the way back: as the string that it is written as, or as a part of its file.
fn text_of(host: &Embedded, name: &str, value: &Value, text: &str) -> Embedded {
    let written = host.text().slice(value.span);
    if written == text {
        return host.part(name, value.span);
    }
    // A heredoc is its text between the lines of its marks.
    if let Some(at) = written.find(text).filter(|_| written.starts_with("<<") && !text.is_empty()) {
        let start = value.span.start() + at;
        return host.part(name, polsim_text::Span::new(start, start + text.len()));
    }
    if written.starts_with('"') {
        return host.string(name, value.span, text);
    }
    let all = polsim_text::Span::new(0, text.len());
    host.rewritten(Source::new(name, text), vec![(all, value.span)])
}

/// The document that an attribute refers to and to nothing else.
fn document_of(module: &Module, instance: &Instance, attribute: &str) -> Option<Value> {
    let references = instance.references.get(attribute)?;
    let first = references.first()?;
    let base = first.strip_suffix(".json").or_else(|| first.strip_suffix(".minified_json"))?;
    let is_all_of_it = references.iter().all(|other| first.starts_with(other.as_str()));
    if !is_all_of_it || !base.starts_with("data.aws_iam_policy_document.") {
        return None;
    }
    let document = module.resolve(instance, base)?;
    Some(document::policy(&document.values))
}

/// What a permission adds to the policy of a function.
fn permission(instance: &Instance) -> Value {
    let span = instance.values.span;
    let value = |name: &str| instance.values.get(name).cloned();
    let unknown = |name: &str| Value::unknown(span, instance.hole(name));
    let principal = value("principal").map(|value| match value.as_text() {
        Some(text) if text == "*" => value,
        Some(text) if text.contains(".amazonaws.com") => document::map(value.span, vec![("Service", value)]),
        _ => document::map(value.span, vec![("AWS", value)]),
    });
    let function = value("function_name").map(|value| match value.as_text() {
        Some(text) if !text.starts_with("arn:") => {
            let literal = Piece::Literal(format!("arn:aws:lambda:*:*:function:{text}"));
            Value::new(value.span, Kind::Text(vec![literal]))
        }
        _ => value,
    });
    let mut members = vec![
        ("Effect", Value::literal(span, "Allow")),
        ("Principal", principal.unwrap_or_else(|| unknown("principal"))),
        ("Action", value("action").unwrap_or_else(|| unknown("action"))),
        ("Resource", function.unwrap_or_else(|| unknown("function_name"))),
    ];
    let mut operators = Vec::new();
    if let Some(arn) = value("source_arn") {
        operators.push(("ArnLike", document::map(span, vec![("AWS:SourceArn", arn)])));
    }
    let keys: Vec<(&str, Value)> = [
        ("AWS:SourceAccount", "source_account"),
        ("aws:PrincipalOrgID", "principal_org_id"),
        ("lambda:FunctionUrlAuthType", "function_url_auth_type"),
        ("lambda:EventSourceToken", "event_source_token"),
    ]
    .into_iter()
    .filter_map(|(key, name)| Some((key, value(name)?)))
    .collect();
    if !keys.is_empty() {
        operators.push(("StringEquals", document::map(span, keys)));
    }
    if !operators.is_empty() {
        members.push(("Condition", document::map(span, operators)));
    }
    document::map(
        span,
        vec![("Version", Value::literal(span, "2012-10-17")), ("Statement", document::map(span, members))],
    )
}
