//! The resources of a template that have policies, and what they are attached to.

use super::attached::Attached;
use super::evaluate::{CONDITION, Evaluator};
use super::template::{Resource, Template, beginning};
use super::{arn, sam};
use crate::hang::Place;
use crate::load::later::{Hole, Piece, Value, found, hung};
use crate::load::{
    Attachment, Diagnosis, EndpointFact, FoundPolicy, Loaded, ManagedPolicyFact, OrganizationPolicyFact,
    ResourceFact, Sniffed, Told,
};
use crate::schema::EndpointKind;
use polsim_policy::PolicyType;
use polsim_text::Span;
use polsim_text::json::Node;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Resources with one policy each: type, property, type of the policy.
const SINGLE: [(&str, &str, PolicyType); 21] = [
    ("AWS::IAM::ManagedPolicy", "PolicyDocument", PolicyType::Identity),
    ("AWS::IAM::Policy", "PolicyDocument", PolicyType::Identity),
    ("AWS::IAM::RolePolicy", "PolicyDocument", PolicyType::Identity),
    ("AWS::IAM::UserPolicy", "PolicyDocument", PolicyType::Identity),
    ("AWS::IAM::GroupPolicy", "PolicyDocument", PolicyType::Identity),
    ("AWS::IAM::Role", "AssumeRolePolicyDocument", PolicyType::Trust),
    ("AWS::S3::BucketPolicy", "PolicyDocument", PolicyType::Resource),
    ("AWS::S3::AccessPoint", "Policy", PolicyType::AccessPoint),
    ("AWS::EC2::VPCEndpoint", "PolicyDocument", PolicyType::Endpoint),
    ("AWS::SQS::QueuePolicy", "PolicyDocument", PolicyType::Resource),
    ("AWS::SQS::QueueInlinePolicy", "PolicyDocument", PolicyType::Resource),
    ("AWS::SNS::TopicPolicy", "PolicyDocument", PolicyType::Resource),
    ("AWS::SNS::TopicInlinePolicy", "PolicyDocument", PolicyType::Resource),
    ("AWS::KMS::Key", "KeyPolicy", PolicyType::Kms),
    ("AWS::KMS::ReplicaKey", "KeyPolicy", PolicyType::Kms),
    ("AWS::SecretsManager::ResourcePolicy", "ResourcePolicy", PolicyType::Resource),
    ("AWS::ECR::Repository", "RepositoryPolicyText", PolicyType::Resource),
    ("AWS::EFS::FileSystem", "FileSystemPolicy", PolicyType::Resource),
    ("AWS::DynamoDB::Table", "ResourcePolicy.PolicyDocument", PolicyType::Resource),
    ("AWS::OpenSearchService::Domain", "AccessPolicies", PolicyType::Resource),
    ("AWS::Organizations::Policy", "Content", PolicyType::Scp),
];

/// The policies of one resource, until all are attached.
pub(super) struct Reading<'r, 't> {
    pub(super) evaluator: &'r Evaluator<'t>,
    pub(super) template: &'r Template<'t>,
    pub(super) documents: &'r Sniffed<'r>,
    pub(super) loaded: &'r mut Loaded,
    /// The policies that are written on an entity, by its logical name.
    pub(super) inline: BTreeMap<String, Vec<Arc<FoundPolicy>>>,
    /// The ARNs of the managed policies that an entity lists, by its logical name.
    pub(super) managed: BTreeMap<String, Vec<Told<String>>>,
    /// What is attached to entities from elsewhere.
    pub(super) attached: Vec<Attached>,
}

/// Reads a template.
pub(super) fn read(node: &Node, documents: &Sniffed<'_>, loaded: &mut Loaded) {
    let template = Template::of(node, documents.parameters);
    let evaluator = Evaluator::new(&template);
    let before = loaded.policies.len();
    let mut reading = Reading {
        evaluator: &evaluator,
        template: &template,
        documents,
        loaded,
        inline: BTreeMap::new(),
        managed: BTreeMap::new(),
        attached: Vec::new(),
    };
    let mut resources: Vec<(&String, &Resource<'_>)> = template.resources.iter().collect();
    resources.sort_by_key(|(_, resource)| resource.node.span.start());
    for (logical, resource) in &resources {
        if reading.is_made(resource) {
            reading.resource(logical, resource);
        }
    }
    for (logical, resource) in &resources {
        if reading.is_made(resource) {
            reading.entity(logical, resource);
        }
    }
    if loaded.policies.len() == before {
        let place = beginning(documents, node);
        loaded.note(Diagnosis::NoPolicies("template"), documents.source(), place);
    }
    for (diagnosis, span) in evaluator.problems() {
        loaded.problem(diagnosis, documents.source(), span);
    }
}

impl Reading<'_, '_> {
    /// Whether a resource is made; one of which that is not known is.
    fn is_made(&self, resource: &Resource<'_>) -> bool {
        self.condition(resource) != Some(false)
    }

    /// Whether the condition of a resource holds; `None` when that is not known.
    fn condition(&self, resource: &Resource<'_>) -> Option<bool> {
        let Some(condition) = resource.condition else { return Some(true) };
        condition.as_str().and_then(|name| self.evaluator.condition(name, condition.span, 0))
    }

    /// What decides whether a resource is made, when that is not known.
    pub(super) fn doubt(&self, resource: &Resource<'_>) -> Option<Hole> {
        let name = resource.condition.and_then(Node::as_str).unwrap_or("Condition");
        self.condition(resource).is_none().then(|| Hole::text(format!("If {name}"), CONDITION))
    }

    pub(super) fn policy_of(
        &mut self,
        value: &Value,
        policy_type: PolicyType,
        name: &str,
    ) -> Arc<FoundPolicy> {
        found(value, policy_type, name, self.documents.host, self.loaded)
    }

    pub(super) fn told(&self, text: String, span: Span) -> Told<String> {
        Told::new(text, Place { source: self.documents.source().clone(), span })
    }

    /// A policy as it hangs on something, which it does perhaps when it is not known whether it is made.
    fn as_made(
        &self,
        resource: &Resource<'_>,
        written: &Value,
        policy: &Arc<FoundPolicy>,
    ) -> Arc<FoundPolicy> {
        match self.doubt(resource) {
            Some(hole) => hung(written, policy.policy_type, &policy.name, self.documents.host, Some(&hole)),
            None => Arc::clone(policy),
        }
    }

    /// Finds the policies of a resource.
    fn resource(&mut self, logical: &str, resource: &Resource<'_>) {
        if resource.kind == "AWS::Serverless::Function" || resource.kind == "AWS::Serverless::StateMachine" {
            let policies = sam::policies(self.evaluator, logical, resource);
            for (name, value) in policies {
                let policy = self.policy_of(&value, PolicyType::Identity, &name);
                self.inline.entry(format!("{logical}Role")).or_default().push(policy);
            }
            return;
        }
        if resource.kind == "AWS::Lambda::Permission" {
            let value = sam::permission(self.evaluator, logical, resource);
            self.policy_of(&value, PolicyType::Resource, logical);
            // It is one statement of a policy that has others from elsewhere.
            let span = first_line(self.documents, resource.node);
            self.loaded.note(Diagnosis::NoResource, self.documents.source(), span);
            return;
        }
        self.inline_policies(logical, resource);
        let Some((_, path, policy_type)) = SINGLE.iter().find(|(kind, ..)| *kind == resource.kind) else {
            return;
        };
        let mut node = resource.properties;
        for step in path.split('.') {
            node = node.and_then(|node| node.get(step));
        }
        let Some(node) = node else { return };
        let policy_type = match resource.property("Type").and_then(Node::as_str) {
            Some("RESOURCE_CONTROL_POLICY") => PolicyType::Rcp,
            Some(kind) if kind != "SERVICE_CONTROL_POLICY" && *policy_type == PolicyType::Scp => return,
            _ => *policy_type,
        };
        let name = if policy_type == PolicyType::Trust {
            format!("{logical}.AssumeRolePolicyDocument")
        } else {
            logical.to_owned()
        };
        let written = self.evaluator.value(node);
        let policy = self.policy_of(&written, policy_type, &name);
        self.attach(logical, resource, &written, &policy);
    }

    /// Says what a policy hangs on.
    fn attach(&mut self, logical: &str, resource: &Resource<'_>, written: &Value, policy: &Arc<FoundPolicy>) {
        match resource.kind {
            "AWS::IAM::Policy"
            | "AWS::IAM::ManagedPolicy"
            | "AWS::IAM::RolePolicy"
            | "AWS::IAM::UserPolicy"
            | "AWS::IAM::GroupPolicy" => {
                self.attach_to_entities(resource, written, policy);
                if resource.kind == "AWS::IAM::ManagedPolicy"
                    && let Some(arn) = self.arn(logical, resource)
                {
                    self.loaded.facts.managed.push(ManagedPolicyFact { arn, text: Arc::clone(policy) });
                }
            }
            "AWS::EC2::VPCEndpoint" => self.endpoint(logical, resource, policy),
            "AWS::Organizations::Policy" => {
                let id = self.told(logical.to_owned(), written.span);
                let policy_type = policy.policy_type;
                let targets = resource.property("TargetIds").map(|node| self.evaluator.value(node));
                for target in targets.iter().flat_map(Value::one_or_many) {
                    let Some(text) = target.as_text() else {
                        self.loaded
                            .facts
                            .organization
                            .unplaced
                            .push(self.told(logical.to_owned(), target.span));
                        continue;
                    };
                    let target = self.told(text, target.span);
                    let attachment =
                        Attachment { policy: id.clone(), policy_type: Some(policy_type), target };
                    self.loaded.facts.organization.attachments.push(attachment);
                }
                let text = self.as_made(resource, written, policy);
                let fact = OrganizationPolicyFact { id, policy_type, text: Some(text) };
                self.loaded.facts.organization.policies.push(fact);
            }
            "AWS::IAM::Role" | "AWS::S3::AccessPoint" => {}
            _ => self.of_resource(logical, resource, written, policy),
        }
    }

    /// The policy of the resource itself, or of those that it names.
    fn of_resource(
        &mut self,
        logical: &str,
        resource: &Resource<'_>,
        written: &Value,
        policy: &Arc<FoundPolicy>,
    ) {
        let policy = &self.as_made(resource, written, policy);
        let mut arns = Vec::new();
        match resource.kind {
            "AWS::S3::BucketPolicy" => {
                if let Some(bucket) = resource.property("Bucket") {
                    let value = self.evaluator.value(bucket);
                    // A bucket without a name of its own goes by its logical name.
                    let name = value.as_text().or_else(|| self.logical_name(&value));
                    arns.extend(name.map(|name| self.told(format!("arn:aws:s3:::{name}"), bucket.span)));
                }
            }
            "AWS::SNS::TopicPolicy" => {
                for topic in resource.property("Topics").map(Node::one_or_many).unwrap_or_default() {
                    let arn = self.evaluator.value(topic).as_text();
                    arns.extend(arn.map(|arn| self.told(arn, topic.span)));
                }
            }
            "AWS::SQS::QueuePolicy" => {
                for queue in resource.property("Queues").map(Node::one_or_many).unwrap_or_default() {
                    let name = queue.get("Ref").and_then(Node::as_str);
                    let target = name.and_then(|name| Some((name, self.template.resources.get(name)?)));
                    arns.extend(target.and_then(|(name, target)| self.arn(name, target)));
                }
            }
            _ => arns.extend(self.arn(logical, resource)),
        }
        let is_none = arns.is_empty();
        let span = first_line(self.documents, resource.node);
        let account = self.template.given("AWS::AccountId").map(|id| self.told(id.to_owned(), span));
        for arn in arns {
            let policy = Some(Arc::clone(policy));
            self.loaded.facts.resources.push(ResourceFact {
                arn,
                account: account.clone(),
                policy,
                restrict_public_buckets: None,
            });
        }
        if is_none {
            self.tell_no_account(logical, resource);
        }
    }

    pub(super) fn logical_name(&self, value: &Value) -> Option<String> {
        let hole = value.first_hole()?;
        self.template.resources.contains_key(&hole.name).then(|| hole.name.clone())
    }

    fn endpoint(&mut self, logical: &str, resource: &Resource<'_>, policy: &Arc<FoundPolicy>) {
        let text = |name: &str| {
            let node = resource.property(name)?;
            Some((self.evaluator.value(node).as_text()?, node.span))
        };
        let kind = match text("VpcEndpointType") {
            Some((kind, _)) if kind == "Interface" => EndpointKind::Interface,
            _ => EndpointKind::Gateway,
        };
        let id = self.told(logical.to_owned(), resource.node.span);
        match (text("ServiceName"), resource.property("VpcId")) {
            (Some((service, at)), Some(vpc)) => {
                let name = self.evaluator.value(vpc).as_text();
                let vpc = self.told(name.unwrap_or_else(|| "vpc-later".to_owned()), vpc.span);
                let service = self.told(service, at);
                let policy = Some(Arc::clone(policy));
                self.loaded.facts.endpoints.push(EndpointFact { id, kind, service, vpc, policy });
            }
            _ => self.tell_no_account(logical, resource),
        }
    }

    /// The ARN of a resource that is made; its logical name stands for a name that it gets later. `None` when the account
    /// or the region is not known.
    pub(super) fn arn(&mut self, logical: &str, resource: &Resource<'_>) -> Option<Told<String>> {
        let pieces = arn::of_resource(self.evaluator, logical, resource)?;
        let mut text = String::new();
        let mut is_named_later = false;
        for piece in pieces {
            match piece {
                Piece::Literal(part) => text.push_str(&part),
                Piece::Hole(hole) if hole.name == logical => {
                    is_named_later = true;
                    text.push_str(logical);
                }
                Piece::Hole(_) => return None,
            }
        }
        let span = first_line(self.documents, resource.node);
        if is_named_later {
            let diagnosis = Diagnosis::NamedLater(logical.to_owned(), text.clone());
            self.loaded.note(diagnosis, self.documents.source(), span);
        }
        Some(self.told(text, span))
    }

    pub(super) fn tell_no_account(&mut self, logical: &str, resource: &Resource<'_>) {
        let span = first_line(self.documents, resource.node);
        self.loaded.note(Diagnosis::NoAccount(logical.to_owned()), self.documents.source(), span);
    }
}

fn first_line(documents: &Sniffed<'_>, node: &Node) -> Span {
    beginning(documents, node)
}
