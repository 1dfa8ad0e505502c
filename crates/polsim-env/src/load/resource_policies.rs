//! Policies of resources, as each service prints them.
//!
//! Most of these outputs do not say which resource they are about. Then the policy tells it, when all its statements
//! name one; a bucket policy has to (S2.3). Else the name of the file does.

use super::{Diagnosis, FoundPolicy, Loaded, Loader, Object, ResourceFact, Sniffed, Told};
use crate::hang::Place;
use polsim_arn::Arn;
use polsim_policy::PolicyType;
use polsim_text::json::Node;
use polsim_text::{Limits, Span};
use std::sync::Arc;

/// The commands whose output is named for the bucket, function or key.
const COMMANDS: [&str; 4] = ["get-bucket-policy", "get-policy", "get-key-policy", "get-resource-policy"];

/// Outputs with the policy of one resource, or a table of resources.
pub(super) struct ResourcePolicies;

impl Loader for ResourcePolicies {
    fn name(&self) -> &'static str {
        "resource-policies"
    }

    fn about(&self) -> &'static str {
        "aws s3api get-bucket-policy, lambda get-policy, kms get-key-policy, sqs get-queue-attributes, \
         sns get-topic-attributes, secretsmanager get-resource-policy; a table of Buckets and Keys"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        let Some(node) = document.documents.first() else { return false };
        let is_string = |name: &str| node.get(name).is_some_and(|policy| policy.as_str().is_some());
        let attributes = node.get("Attributes");
        let has = |name: &str| attributes.is_some_and(|attributes| attributes.get(name).is_some());
        is_string("Policy")
            || (is_string("ResourcePolicy") && is_string("ARN"))
            || has("QueueArn")
            || has("TopicArn")
            || (document.has(&["Account"]) && document.has_any(&["Buckets", "Keys"]))
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        for node in documents.documents {
            let document = Object { host: documents.host, form: documents.form, node };
            if document.get("ResourcePolicy").is_some() {
                let arn = document.needed("ARN", loaded);
                with_policy(document, "ResourcePolicy", arn, loaded);
            } else if let Some(attributes) = document.get("Attributes") {
                let arn = attributes.text("QueueArn").or_else(|| attributes.text("TopicArn"));
                with_policy(attributes, "Policy", arn, loaded);
            } else if document.get("Policy").is_some() {
                one(document, documents, loaded);
            } else {
                table(document, loaded);
            }
        }
    }
}

/// A resource that tells its ARN.
fn with_policy(
    entry: Object<'_>,
    member: &str,
    arn: Option<Told<String>>,
    loaded: &mut Loaded,
) -> Option<Arc<FoundPolicy>> {
    let arn = arn?;
    let policy = policy(entry, member, &arn.value, loaded);
    push(arn, None, policy.clone(), loaded);
    policy
}

/// The policy of a resource.
pub(super) fn policy(
    entry: Object<'_>,
    member: &str,
    arn: &str,
    loaded: &mut Loaded,
) -> Option<Arc<FoundPolicy>> {
    let is_key = Arn::parse(arn).is_some_and(|arn| arn.service == "kms");
    let policy_type = if is_key { PolicyType::Kms } else { PolicyType::Resource };
    entry.policy(member, &format!("policy of {arn}"), policy_type, loaded)
}

fn push(
    arn: Told<String>,
    account: Option<Told<String>>,
    policy: Option<Arc<FoundPolicy>>,
    loaded: &mut Loaded,
) {
    loaded.facts.resources.push(ResourceFact { arn, account, policy, restrict_public_buckets: None });
}

/// `{ "Policy": "…" }`
fn one(document: Object<'_>, documents: &Sniffed<'_>, loaded: &mut Loaded) {
    let start = document.node.span.start();
    let place = document.place(Span::new(start, start + 1));
    let inner = document.json_in_string("Policy", &Limits::default());
    let named = inner.as_ref().and_then(|(_, node)| one_resource(node));
    let subject = COMMANDS.iter().find_map(|command| Some((*command, documents.subject(command)?)));
    let of_file = subject.map(|(command, subject)| match command {
        "get-bucket-policy" if !subject.starts_with("arn") => format!("arn:aws:s3:::{subject}"),
        _ => documents.decoded(subject),
    });
    let is_arn = |name: &String| Arn::parse(name).is_some();
    let Some(arn) = of_file.filter(is_arn).or(named) else {
        let is_key = document.text("PolicyName").is_some();
        let policy_type = if is_key { PolicyType::Kms } else { PolicyType::Resource };
        let name = format!("policy in {}", documents.source().name());
        document.policy("Policy", &name, policy_type, loaded);
        loaded.note(Diagnosis::NoResource, &place.source, place.span);
        return;
    };
    let account = account_of_folder(documents, &place);
    let found = policy(document, "Policy", &arn, loaded);
    push(Told::new(arn, place), account, found, loaded);
}

/// The account that a folder on the way to the file is named by.
fn account_of_folder(documents: &Sniffed<'_>, place: &Place) -> Option<Told<String>> {
    let is_account = |part: &&str| part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_digit());
    let folder = documents.source().name().rsplit(['/', '\\']).skip(1).find(is_account)?;
    Some(Told::new(folder.to_owned(), place.clone()))
}

/// The one resource that all statements of a policy name: the bucket of objects, the function of versions.
fn one_resource(policy: &Node) -> Option<String> {
    let statements = policy.get("Statement")?.one_or_many();
    let mut only: Option<String> = None;
    for statement in statements {
        for resource in statement.get("Resource")?.one_or_many() {
            let arn = Arn::parse(resource.as_str()?)?;
            let whole = match arn.service {
                "s3" => arn.resource.split('/').next()?,
                _ => arn.resource,
            };
            if whole.is_empty() || whole.contains(['*', '?', '$']) {
                return None;
            }
            let whole =
                format!("arn:{}:{}:{}:{}:{whole}", arn.partition, arn.service, arn.region, arn.account);
            if only.as_ref().is_some_and(|only| *only != whole) {
                return None;
            }
            only = Some(whole);
        }
    }
    only
}

/// Many resources of one account in a table of ours: what `list-buckets` and `list-keys` name, each with its policy.
fn table(document: Object<'_>, loaded: &mut Loaded) {
    let account = document.text("Account");
    for bucket in document.list("Buckets", loaded) {
        let arn = bucket.text("Arn").or_else(|| {
            let name = bucket.text("Name")?;
            Some(Told::new(format!("arn:aws:s3:::{}", name.value), name.place))
        });
        let Some(arn) = arn else { continue };
        let found = policy(bucket, "Policy", &arn.value, loaded);
        let block = bucket.get("PublicAccessBlock");
        loaded.facts.resources.push(ResourceFact {
            arn,
            account: account.clone(),
            policy: found,
            restrict_public_buckets: block.and_then(|block| block.flag("RestrictPublicBuckets")),
        });
    }
    for key in document.list("Keys", loaded) {
        let Some(arn) = key.needed("Arn", loaded) else { continue };
        let found = policy(key, "Policy", &arn.value, loaded);
        push(arn, account.clone(), found, loaded);
    }
    super::endpoints::endpoints(document, loaded);
}

#[cfg(test)]
mod tests {
    use super::*;
    use polsim_text::{Source, json};

    fn of(resources: &str) -> Option<String> {
        let text = format!(r#"{{"Statement": [{{"Resource": {resources}}}]}}"#);
        one_resource(&json::parse(&Source::new("a", text), &Limits::default()).documents[0])
    }

    #[test]
    fn a_policy_tells_its_resource_when_it_names_one() {
        assert_eq!(of(r#"["arn:aws:s3:::b", "arn:aws:s3:::b/*"]"#).as_deref(), Some("arn:aws:s3:::b"));
        assert_eq!(of(r#"["arn:aws:s3:::b", "arn:aws:s3:::c/*"]"#), None);
        assert_eq!(of(r#""arn:aws:s3:::b*""#), None);
        assert_eq!(of(r#""*""#), None);
        let queue = "arn:aws:sqs:eu-west-1:111122223333:q";
        assert_eq!(of(&format!("\"{queue}\"")).as_deref(), Some(queue));
    }
}
