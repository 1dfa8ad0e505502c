//! Users, roles and groups of a template, with all that is attached to them or may be.
//!
//! A newcomer would leave out what is attached to a name that is not known. It may be any of the names here, and then a
//! claim that something is denied, or allowed, would be proved wrongly: so it is attached to all, perhaps.

use super::arn;
use super::attached::{Attached, Same, same};
use super::evaluate::NOT_GIVEN;
use super::resources::Reading;
use super::sam::map;
use super::template::Resource;
use crate::load::later::{Hole, Kind, Piece, Value, found, hung};
use crate::load::{FoundPolicy, GroupFact, IamKind, ManagedPolicyFact, PrincipalFact, Told};
use polsim_policy::PolicyType;
use polsim_text::Span;
use std::sync::Arc;

/// The properties that name entities.
const TARGETS: [(&str, IamKind); 6] = [
    ("Roles", IamKind::Role),
    ("Users", IamKind::User),
    ("Groups", IamKind::Group),
    ("RoleName", IamKind::Role),
    ("UserName", IamKind::User),
    ("GroupName", IamKind::Group),
];

/// Properties of a function for which SAM adds policies to the role that it makes, beside the one for logs.
const MORE_POLICIES: [&str; 7] = [
    "VpcConfig",
    "Tracing",
    "Events",
    "DeadLetterQueue",
    "EventInvokeConfig",
    "DeploymentPreference",
    "FileSystemConfigs",
];

/// What the policy allows that SAM adds to the role of every function, `AWSLambdaBasicExecutionRole`.
const LOGS: [&str; 3] = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

const ADDED_BY_SAM: &str = "SAM adds policies for what the function uses";

impl Reading<'_, '_> {
    /// The policies that are written on a user, group or role.
    pub(super) fn inline_policies(&mut self, logical: &str, resource: &Resource<'_>) {
        if kind_of(resource).is_none() {
            return;
        }
        let policies = resource.property("Policies").map(|node| self.evaluator.value(node));
        for (at, entry) in policies.iter().flat_map(Value::one_or_many).enumerate() {
            // A policy that an `If` chooses is one like any other.
            let (document, own) = match (entry.get("PolicyDocument"), &entry.kind) {
                (Some(document), _) => (
                    document,
                    entry.get("PolicyName").and_then(Value::as_text).unwrap_or_else(|| at.to_string()),
                ),
                (None, Kind::Unknown(_)) => (entry, at.to_string()),
                (None, _) => continue,
            };
            let policy =
                self.policy_of(document, PolicyType::Identity, &format!("{logical}.Policies[{own}]"));
            self.inline.entry(logical.to_owned()).or_default().push(policy);
        }
        let managed = resource.property("ManagedPolicyArns").map(|node| self.evaluator.value(node));
        for arn in managed.iter().flat_map(Value::one_or_many) {
            match arn.as_text() {
                Some(text) => {
                    let told = self.told(text, arn.span);
                    self.managed.entry(logical.to_owned()).or_default().push(told);
                }
                // Which policy that is, is not known: it may allow anything.
                None => {
                    let name = format!("{logical}.ManagedPolicyArns");
                    let hole = arn.first_hole().cloned().unwrap_or_else(|| Hole::text(&name, NOT_GIVEN));
                    let policy = self.anything(&name, hole, arn.span, PolicyType::Identity);
                    self.inline.entry(logical.to_owned()).or_default().push(policy);
                }
            }
        }
    }

    /// Remembers whom a policy says that it is attached to.
    pub(super) fn attach_to_entities(
        &mut self,
        resource: &Resource<'_>,
        written: &Value,
        policy: &Arc<FoundPolicy>,
    ) {
        let doubt = self.doubt(resource);
        for (property, kind) in TARGETS {
            let targets = resource.property(property).map(|node| self.evaluator.value(node));
            for target in targets.iter().flat_map(Value::one_or_many) {
                self.attached.push(Attached {
                    kind,
                    target: target.clone(),
                    policy: Arc::clone(policy),
                    written: written.clone(),
                    doubt: doubt.clone(),
                });
            }
        }
    }

    /// The user, role or group with all that is attached to it.
    pub(super) fn entity(&mut self, logical: &str, resource: &Resource<'_>) {
        let is_function = resource.has_own_role();
        let kind = if is_function { Some(IamKind::Role) } else { kind_of(resource) };
        let Some(kind) = kind else { return };
        let key = if is_function { format!("{logical}Role") } else { logical.to_owned() };
        let (arn, name) = if is_function {
            let account = self.template.given("AWS::AccountId");
            let arn = account
                .map(|account| self.told(format!("arn:aws:iam::{account}:role/{key}"), resource.node.span));
            (arn, vec![Piece::Hole(Hole::name(&key, NOT_GIVEN))])
        } else {
            let name = arn::of_reference(self.evaluator, logical, resource).unwrap_or_default();
            (self.arn(logical, resource), name)
        };
        let Some(arn) = arn else { return self.tell_no_account(logical, resource) };
        let mut inline = self.inline.get(&key).cloned().unwrap_or_default();
        inline.extend(self.attached_to(kind, &name));
        let attached = self.managed.get(&key).cloned().unwrap_or_default();
        if is_function {
            inline.extend(self.added_by_sam(logical, resource));
        }
        if kind == IamKind::Group {
            let fact = GroupFact { arn, inline: Some(inline), attached: Some(attached) };
            return self.loaded.facts.groups.push(fact);
        }
        let trust = resource.property("AssumeRolePolicyDocument").and_then(|_| {
            let name = format!("{logical}.AssumeRolePolicyDocument");
            self.loaded.policies.iter().find(|policy| policy.name == name).cloned()
        });
        let groups = if kind == IamKind::User {
            self.groups(logical, resource, &name, &mut inline)
        } else {
            Vec::new()
        };
        let boundary = self.boundary(logical, resource);
        self.loaded.facts.principals.push(PrincipalFact {
            arn,
            inline: Some(inline),
            attached: Some(attached),
            groups: Some(groups),
            tells_boundary: true,
            boundary,
            trust,
            unique_id: None,
            tags: Vec::new(),
        });
    }

    /// The policies that SAM adds to the role of a function.
    fn added_by_sam(&mut self, logical: &str, resource: &Resource<'_>) -> Vec<Arc<FoundPolicy>> {
        let span = resource.node.span;
        let literal = |text: &&str| Value::literal(span, *text);
        let statement = map(
            span,
            vec![
                ("Effect", Value::literal(span, "Allow")),
                ("Action", Value::new(span, Kind::List(LOGS.iter().map(literal).collect()))),
                ("Resource", Value::literal(span, "*")),
            ],
        );
        let text = map(span, vec![("Version", Value::literal(span, "2012-10-17")), ("Statement", statement)]);
        let name = format!("{logical}Role.AWSLambdaBasicExecutionRole");
        let mut added = vec![hung(&text, PolicyType::Identity, &name, self.documents.host, None)];
        if self.template.has_globals || MORE_POLICIES.iter().any(|name| resource.property(name).is_some()) {
            let name = format!("{logical}Role.Policies");
            added.push(self.anything(&name, Hole::text(&name, ADDED_BY_SAM), span, PolicyType::Identity));
        }
        added
    }

    /// The policies that say that they are attached to the entity of a name, and those that may mean it.
    fn attached_to(&self, kind: IamKind, name: &[Piece]) -> Vec<Arc<FoundPolicy>> {
        let mine = self.attached.iter().filter(|attached| attached.kind == kind);
        mine.filter_map(|attached| {
            let Attached { policy, written, .. } = attached;
            let hole = match (same(&attached.target, name), &attached.doubt) {
                (Same::No, _) => return None,
                (Same::Yes, None) => return Some(Arc::clone(policy)),
                (Same::Yes, Some(hole)) => hole.clone(),
                (Same::Perhaps(hole), _) => hole,
            };
            Some(hung(written, policy.policy_type, &policy.name, self.documents.host, Some(&hole)))
        })
        .collect()
    }

    /// The groups that a user is in. Where that is not known, it may have any policy from them.
    fn groups(
        &mut self,
        logical: &str,
        resource: &Resource<'_>,
        name: &[Piece],
        inline: &mut Vec<Arc<FoundPolicy>>,
    ) -> Vec<Told<String>> {
        let mut groups = Vec::new();
        let mut unknown: Option<(Hole, Span)> = None;
        let own = resource.property("Groups").map(|node| self.evaluator.value(node));
        let mut named: Vec<Value> = own.iter().flat_map(Value::one_or_many).cloned().collect();
        for addition in self.template.resources.values() {
            if addition.kind != "AWS::IAM::UserToGroupAddition" {
                continue;
            }
            let value = |name: &str| addition.property(name).map(|node| self.evaluator.value(node));
            let (Some(group), users) = (value("GroupName"), value("Users")) else { continue };
            for user in users.iter().flat_map(Value::one_or_many) {
                match (same(user, name), self.doubt(addition)) {
                    (Same::No, _) => {}
                    (Same::Yes, None) => named.push(group.clone()),
                    (Same::Perhaps(hole), _) | (Same::Yes, Some(hole)) => unknown = Some((hole, user.span)),
                }
            }
        }
        for group in named {
            match group.as_text().or_else(|| self.logical_name(&group)) {
                Some(text) => groups.push(self.told(text, group.span)),
                None => unknown = group.first_hole().map(|hole| (hole.clone(), group.span)),
            }
        }
        if let Some((hole, span)) = unknown {
            inline.push(self.anything(&format!("{logical}.Groups"), hole, span, PolicyType::Identity));
        }
        groups
    }

    /// The ARN of the boundary. One that is known only later may be any: it allows and denies anything, perhaps.
    fn boundary(&mut self, logical: &str, resource: &Resource<'_>) -> Option<Told<String>> {
        let value = resource.property("PermissionsBoundary").map(|node| self.evaluator.value(node))?;
        if let Some(text) = value.as_text() {
            return Some(self.told(text, value.span));
        }
        let name = format!("{logical}.PermissionsBoundary");
        let hole = value.first_hole()?.clone();
        let text = self.anything(&name, hole, value.span, PolicyType::Boundary);
        let arn = self.told(name, value.span);
        self.loaded.facts.managed.push(ManagedPolicyFact { arn: arn.clone(), text });
        Some(arn)
    }

    /// A policy of which nothing is known.
    fn anything(&mut self, name: &str, hole: Hole, span: Span, policy_type: PolicyType) -> Arc<FoundPolicy> {
        found(&Value::unknown(span, hole), policy_type, name, self.documents.host, self.loaded)
    }
}

/// What IAM keeps a resource as.
fn kind_of(resource: &Resource<'_>) -> Option<IamKind> {
    match resource.kind {
        "AWS::IAM::Role" => Some(IamKind::Role),
        "AWS::IAM::User" => Some(IamKind::User),
        "AWS::IAM::Group" => Some(IamKind::Group),
        _ => None,
    }
}
