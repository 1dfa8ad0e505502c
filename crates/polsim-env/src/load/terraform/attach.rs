//! Who the resources of Terraform make, and what is attached to whom.

use super::instance::{Found, Instance, Module};
use crate::hang::Place;
use crate::load::later::Value;
use crate::load::{
    Attachment, Diagnosis, EndpointFact, FoundPolicy, GroupFact, Loaded, ManagedPolicyFact,
    OrganizationPolicyFact, ResourceFact, Sniffed, Told,
};
use crate::schema::EndpointKind;
use polsim_policy::PolicyType;
use polsim_text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The parameter that tells the account, as in templates.
const ACCOUNT: &str = "AWS::AccountId";

/// Adds what the resources tell to the facts.
pub(super) fn facts(module: &Module, policies: &Found, documents: &Sniffed<'_>, loaded: &mut Loaded) {
    let account = account(module, documents);
    let mut attaching = Attaching {
        module,
        policies,
        documents,
        account,
        loaded,
        inline: BTreeMap::new(),
        managed: BTreeMap::new(),
        anyone: BTreeMap::new(),
    };
    for instance in module.instances.iter().filter(|instance| !instance.is_data) {
        attaching.attachment(instance);
    }
    for instance in module.instances.iter().filter(|instance| !instance.is_data) {
        attaching.entity(instance);
    }
}

/// The account: it is given, or the only one in the ARNs of what is there already.
fn account(module: &Module, documents: &Sniffed<'_>) -> Option<String> {
    if let Some(given) = documents.parameters.get(ACCOUNT) {
        return Some(given.clone());
    }
    let own = module.instances.iter().filter(|instance| instance.kind == "aws_caller_identity");
    let told = own.filter_map(|instance| instance.text("account_id")).next();
    let of_arn = |instance: &Instance| {
        let arn = instance.text("arn")?;
        let account = arn.split(':').nth(4)?;
        (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then(|| account.to_owned())
    };
    told.or_else(|| module.instances.iter().filter(|instance| !instance.is_data).find_map(of_arn))
}

pub(super) struct Attaching<'a> {
    pub(super) module: &'a Module,
    pub(super) policies: &'a Found,
    pub(super) documents: &'a Sniffed<'a>,
    pub(super) account: Option<String>,
    pub(super) loaded: &'a mut Loaded,
    /// Policies by the kind and the name, or the address, of the entity that they are written on.
    pub(super) inline: BTreeMap<String, Vec<Arc<FoundPolicy>>>,
    pub(super) managed: BTreeMap<String, Vec<Told<String>>>,
    /// Policies that are attached to somebody of a kind who is known only later: they hang on each, perhaps.
    pub(super) anyone: BTreeMap<&'static str, Vec<Arc<FoundPolicy>>>,
}

impl Attaching<'_> {
    pub(super) fn told(&self, text: String, span: Span) -> Told<String> {
        Told::new(text, Place { source: self.documents.source().clone(), span })
    }

    pub(super) fn of(&self, instance: &Instance) -> Vec<Arc<FoundPolicy>> {
        self.policies.get(&instance.address).cloned().unwrap_or_default()
    }

    /// What an attribute names: the address of an entity that is made here, or `KIND NAME`.
    pub(super) fn target(
        &self,
        instance: &Instance,
        attribute: &str,
        kind: &str,
        value: Option<&Value>,
    ) -> Option<String> {
        if let Some(text) = value.and_then(Value::as_text) {
            let name = text.rsplit('/').next().unwrap_or(&text);
            return Some(format!("{kind} {name}"));
        }
        let reference = instance.references.get(attribute)?.first()?;
        Some(self.module.resolve(instance, reference)?.address.clone())
    }

    fn entity(&mut self, instance: &Instance) {
        match instance.kind.as_str() {
            "aws_iam_role" => self.principal(instance, "role"),
            "aws_iam_user" => self.principal(instance, "user"),
            "aws_iam_group" => {
                let Some(arn) = self.arn(instance, "group") else { return };
                let (inline, attached) = self.attached(instance);
                self.loaded.facts.groups.push(GroupFact {
                    arn,
                    inline: Some(inline),
                    attached: Some(attached),
                });
            }
            "aws_iam_policy" => {
                let Some(arn) = self.arn(instance, "policy") else { return };
                if let Some(text) = self.of(instance).into_iter().next() {
                    self.loaded.facts.managed.push(ManagedPolicyFact { arn, text });
                }
            }
            "aws_vpc_endpoint" => self.endpoint(instance),
            "aws_organizations_policy" => {
                let Some(text) = self.of(instance).into_iter().next() else { return };
                let id = self.told(
                    instance.text("id").unwrap_or_else(|| instance.address.clone()),
                    instance.values.span,
                );
                let policy_type = text.policy_type;
                let fact = OrganizationPolicyFact { id, policy_type, text: Some(text) };
                self.loaded.facts.organization.policies.push(fact);
            }
            "aws_organizations_policy_attachment" => {
                let policy = instance.text("policy_id").or_else(|| {
                    let reference = instance.references.get("policy_id")?.first()?;
                    Some(self.module.resolve(instance, reference)?.address.clone())
                });
                let span = instance.values.span;
                match (policy, instance.text("target_id")) {
                    (Some(policy), Some(target)) => {
                        let (policy, target) = (self.told(policy, span), self.told(target, span));
                        let attachment = Attachment { policy, policy_type: None, target };
                        self.loaded.facts.organization.attachments.push(attachment);
                    }
                    _ => {
                        let policy = self.told(instance.address.clone(), first(span));
                        self.loaded.facts.organization.unplaced.push(policy);
                    }
                }
            }
            _ => self.resource(instance),
        }
    }

    /// The ARN of something of IAM: as it is, or as it will be.
    pub(super) fn arn(&mut self, instance: &Instance, word: &str) -> Option<Told<String>> {
        let span = instance.values.get("name").map_or_else(|| first(instance.values.span), |name| name.span);
        if let Some(arn) = instance.text("arn") {
            return Some(self.told(arn, span));
        }
        let source = self.documents.source();
        let Some(account) = &self.account else {
            self.loaded.note(Diagnosis::NoAccount(instance.address.clone()), source, span);
            return None;
        };
        let path = instance.text("path").unwrap_or_else(|| "/".to_owned());
        let name = instance.text("name");
        let shown = name.clone().unwrap_or_else(|| instance.address.replace(['[', ']', '"'], "-"));
        let arn = format!("arn:aws:iam::{account}:{word}{path}{shown}");
        if name.is_none() {
            self.loaded.note(Diagnosis::NamedLater(instance.address.clone(), arn.clone()), source, span);
        }
        Some(self.told(arn, span))
    }

    fn endpoint(&mut self, instance: &Instance) {
        let (Some(service), Some(vpc)) = (instance.text("service_name"), instance.values.get("vpc_id"))
        else {
            return;
        };
        let kind = match instance.text("vpc_endpoint_type").as_deref() {
            Some("Interface") => EndpointKind::Interface,
            _ => EndpointKind::Gateway,
        };
        let vpc_name = vpc.as_text().unwrap_or_else(|| "vpc-later".to_owned());
        let id = instance.text("id").unwrap_or_else(|| instance.address.clone());
        let span = first(instance.values.span);
        let (id, service, vpc) =
            (self.told(id, span), self.told(service, span), self.told(vpc_name, vpc.span));
        let beside = self.module.instances.iter().find(|other| {
            other.kind == "aws_vpc_endpoint_policy"
                && other
                    .references
                    .get("vpc_endpoint_id")
                    .and_then(|references| references.first())
                    .is_some_and(|reference| {
                        self.module.resolve(other, reference).is_some_and(|it| it.address == instance.address)
                    })
        });
        let policy = self.of(beside.unwrap_or(instance)).into_iter().next();
        self.loaded.facts.endpoints.push(EndpointFact { id, kind, service, vpc, policy });
    }

    /// A resource with a policy of its own, or a policy of one.
    fn resource(&mut self, instance: &Instance) {
        let policies = self.of(instance);
        let Some(policy) = policies
            .into_iter()
            .find(|policy| matches!(policy.policy_type, PolicyType::Resource | PolicyType::Kms))
        else {
            return;
        };
        let attribute = |name: &str| Some((instance.text(name)?, instance.values.get(name)?.span));
        let arn = match instance.kind.as_str() {
            "aws_s3_bucket" | "aws_s3_bucket_policy" => {
                attribute("bucket").map(|(name, span)| (format!("arn:aws:s3:::{name}"), span))
            }
            "aws_secretsmanager_secret_policy" => attribute("secret_arn"),
            "aws_dynamodb_resource_policy" | "aws_kinesis_resource_policy" => attribute("resource_arn"),
            _ => attribute("arn"),
        };
        match arn {
            Some((arn, span)) => {
                let arn = self.told(arn, span);
                let policy = Some(policy);
                let account = self.account.as_ref().map(|id| self.told(id.clone(), span));
                self.loaded.facts.resources.push(ResourceFact {
                    arn,
                    account,
                    policy,
                    restrict_public_buckets: None,
                });
            }
            None => {
                let span = first(instance.values.span);
                let diagnosis = Diagnosis::NoAccount(instance.address.clone());
                self.loaded.note(diagnosis, self.documents.source(), span);
            }
        }
    }
}

/// A place of one sign: the whole of a resource is no place to point at.
fn first(span: Span) -> Span {
    Span::new(span.start(), span.start() + 1)
}
