//! Configuration items of AWS Config: histories, snapshots and `batch-get-resource-config`.
//!
//! The CLI prints `configuration` and the members of `supplementaryConfiguration` as JSON in strings, the files that
//! Config delivers have them as objects; policies of IAM are URL-encoded in both. Both are read.

use super::page::tell_truncated;
use super::{
    Form, FoundPolicy, Loaded, Loader, Object, ResourceFact, Sniffed, Told, endpoints, iam_entry,
    resource_policies,
};
use polsim_text::Limits;
use std::sync::Arc;

/// Configuration items.
pub(super) struct ConfigurationItems;

impl Loader for ConfigurationItems {
    fn name(&self) -> &'static str {
        "config"
    }

    fn about(&self) -> &'static str {
        "aws configservice get-resource-config-history, batch-get-resource-config; snapshots that AWS Config delivers"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        document.has_any(&["configurationItems", "baseConfigurationItems"])
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        for node in documents.documents {
            let document = Object { host: documents.host, form: documents.form, node };
            let base = document.list("baseConfigurationItems", loaded);
            for item in document.list("configurationItems", loaded).chain(base) {
                with_object(item, "configuration", loaded, &mut |configuration, loaded| {
                    read(item, configuration, loaded);
                });
            }
        }
        tell_truncated(documents, loaded);
    }
}

/// Hands over a member that is an object, or a string with one in it.
fn with_object(
    of: Object<'_>,
    member: &'static str,
    loaded: &mut Loaded,
    read: &mut dyn FnMut(Object<'_>, &mut Loaded),
) {
    let Some(value) = of.get(member) else { return };
    if value.node.members().is_some() {
        read(value, loaded);
    } else if let Some((host, node)) = of.json_in_string(member, &Limits::default()) {
        read(Object { host: &host, form: Form::Json, node: &node }, loaded);
    }
}

fn read(item: Object<'_>, configuration: Object<'_>, loaded: &mut Loaded) {
    let kind = item.text("resourceType").map(|kind| kind.value).unwrap_or_default();
    let account = item.text("awsAccountId").or_else(|| item.text("accountId"));
    let arn = item.text("ARN").or_else(|| item.text("arn"));
    match kind.as_str() {
        "AWS::IAM::User" => iam_entry::user(configuration, loaded),
        "AWS::IAM::Role" => iam_entry::role(configuration, loaded),
        "AWS::IAM::Group" => iam_entry::group(configuration, loaded),
        "AWS::IAM::Policy" => iam_entry::managed(configuration, loaded),
        "AWS::SQS::Queue" | "AWS::SNS::Topic" => {
            let Some(arn) = arn else { return };
            let policy = resource_policies::policy(configuration, "Policy", &arn.value, loaded);
            resource(arn, account, policy, None, loaded);
        }
        "AWS::EC2::VPCEndpoint" => endpoints::endpoint(configuration, loaded),
        "AWS::S3::Bucket" | "AWS::KMS::Key" | "AWS::Lambda::Function" => {
            let Some(arn) = arn else { return };
            let (mut policy, mut restrict) = (None, None);
            with_object(item, "supplementaryConfiguration", loaded, &mut |more, loaded| {
                with_object(more, "BucketPolicy", loaded, &mut |bucket, loaded| {
                    policy = resource_policies::policy(bucket, "policyText", &arn.value, loaded);
                });
                with_object(more, "PublicAccessBlockConfiguration", loaded, &mut |block, _| {
                    restrict = block.flag("restrictPublicBuckets");
                });
                if let Some(own) = resource_policies::policy(more, "Policy", &arn.value, loaded) {
                    policy = Some(own);
                }
            });
            resource(arn, account, policy, restrict, loaded);
        }
        _ => {}
    }
}

fn resource(
    arn: Told<String>,
    account: Option<Told<String>>,
    policy: Option<Arc<FoundPolicy>>,
    restrict_public_buckets: Option<bool>,
    loaded: &mut Loaded,
) {
    // The account in an ARN and the one of the item are the same; one of them is enough.
    let tells = polsim_arn::Arn::parse(&arn.value).is_some_and(|arn| !arn.account.is_empty());
    let account = account.filter(|_| !tells);
    loaded.facts.resources.push(ResourceFact { arn, account, policy, restrict_public_buckets });
}
