//! Users, roles and groups of Terraform, with all that is attached to them or may be.
//!
//! What is attached to somebody who is known only later may hang on any of them, and then a claim that something is denied,
//! or allowed, would be proved wrongly: so it hangs on all, perhaps.

use super::attach::Attaching;
use super::instance::Instance;
use crate::load::later::{Value, found};
use crate::load::{FoundPolicy, ManagedPolicyFact, PrincipalFact, Told};
use polsim_policy::PolicyType;
use std::sync::Arc;

/// The kinds of entities, and what attributes call them.
const ENTITIES: [(&str, &str); 3] =
    [("aws_iam_role", "role"), ("aws_iam_user", "user"), ("aws_iam_group", "group")];

impl Attaching<'_> {
    /// A resource that attaches something to something.
    pub(super) fn attachment(&mut self, instance: &Instance) {
        for (kind, word) in ENTITIES {
            if instance.kind == format!("{kind}_policy") {
                match self.target(instance, word, kind, instance.values.get(word)) {
                    Some(target) => {
                        let found = self.of(instance);
                        self.inline.entry(target).or_default().extend(found);
                    }
                    None => self.hang_on_anyone(kind, instance, word),
                }
            } else if instance.kind == format!("{kind}_policy_attachment") {
                let target = self.target(instance, word, kind, instance.values.get(word));
                self.managed_policy(
                    instance,
                    "policy_arn",
                    instance.values.get("policy_arn"),
                    (kind, target),
                );
            } else if instance.kind == format!("{kind}_policy_attachments_exclusive") {
                let name = format!("{word}_name");
                let target = self.target(instance, &name, kind, instance.values.get(&name));
                for arn in instance.values.get("policy_arns").map(Value::one_or_many).unwrap_or_default() {
                    self.managed_policy(instance, "policy_arns", Some(arn), (kind, target.clone()));
                }
            } else if instance.kind == "aws_iam_policy_attachment" {
                let names = format!("{word}s");
                for name in instance.values.get(&names).map(Value::one_or_many).unwrap_or_default() {
                    let target = self.target(instance, &names, kind, Some(name));
                    let arn = instance.values.get("policy_arn");
                    self.managed_policy(instance, "policy_arn", arn, (kind, target));
                }
            }
        }
        if instance.kind == "aws_iam_role" {
            for arn in instance.values.get("managed_policy_arns").map(Value::one_or_many).unwrap_or_default()
            {
                // When the configuration does not set it, it is what the attachments make of it.
                let is_set = instance.references.contains_key("managed_policy_arns");
                if arn.as_text().is_some() || is_set {
                    let target = ("aws_iam_role", Some(instance.address.clone()));
                    self.managed_policy(instance, "managed_policy_arns", Some(arn), target);
                }
            }
        }
    }

    /// A managed policy that is attached, by its ARN or by the resource that makes it.
    fn managed_policy(
        &mut self,
        instance: &Instance,
        attribute: &str,
        arn: Option<&Value>,
        (kind, target): (&'static str, Option<String>),
    ) {
        let Some(target) = target else { return self.hang_on_anyone(kind, instance, attribute) };
        if let Some((text, span)) = arn.and_then(|arn| Some((arn.as_text()?, arn.span))) {
            let told = self.told(text, span);
            self.managed.entry(target).or_default().push(told);
            return;
        }
        let reference = instance.references.get(attribute).and_then(|references| references.first());
        let made = reference.and_then(|reference| self.module.resolve(instance, reference));
        match made {
            Some(policy) => {
                let found = self.of(policy);
                self.inline.entry(target).or_default().extend(found);
            }
            // Which policy it is, is not known: it may allow anything.
            None => {
                let policy = self.anything(instance, attribute, PolicyType::Identity);
                self.inline.entry(target).or_default().push(policy);
            }
        }
    }

    /// Attaches what an instance attaches to each entity of a kind, perhaps: which it is, is known only later.
    fn hang_on_anyone(&mut self, kind: &'static str, instance: &Instance, attribute: &str) {
        let policy = self.anything(instance, attribute, PolicyType::Identity);
        self.anyone.entry(kind).or_default().push(policy);
    }

    /// A policy of which nothing is known, because of an attribute.
    fn anything(
        &mut self,
        instance: &Instance,
        attribute: &str,
        policy_type: PolicyType,
    ) -> Arc<FoundPolicy> {
        let span = instance.values.get(attribute).map_or(instance.values.span, |value| value.span);
        let name = format!("{}.{attribute}", instance.address);
        let unknown = Value::unknown(span, instance.hole(attribute));
        found(&unknown, policy_type, &name, self.documents.host, self.loaded)
    }

    /// The policies that are written on an entity, and the ARNs of those that are attached.
    pub(super) fn attached(&self, instance: &Instance) -> (Vec<Arc<FoundPolicy>>, Vec<Told<String>>) {
        let name = instance.text("name").map(|name| format!("{} {name}", instance.kind));
        let keys: Vec<&String> = std::iter::once(&instance.address).chain(&name).collect();
        let inline = keys.iter().filter_map(|key| self.inline.get(*key)).flatten().cloned();
        let anyone = self.anyone.get(instance.kind.as_str()).into_iter().flatten().cloned();
        let managed = keys.iter().filter_map(|key| self.managed.get(*key)).flatten().cloned();
        (inline.chain(anyone).collect(), managed.collect())
    }

    pub(super) fn principal(&mut self, instance: &Instance, word: &str) {
        let Some(arn) = self.arn(instance, word) else { return };
        let (mut inline, attached) = self.attached(instance);
        let own = self.of(instance);
        let is_trust = |policy: &Arc<FoundPolicy>| policy.policy_type == PolicyType::Trust;
        let trust = own.iter().find(|policy| is_trust(policy)).cloned();
        inline.extend(own.into_iter().filter(|policy| !is_trust(policy)));
        let groups = if word == "user" { self.groups(instance, &mut inline) } else { Vec::new() };
        let boundary = self.boundary(instance);
        let unique_id = instance.text("unique_id").map(|id| self.told(id, instance.values.span));
        let tags = instance.values.get("tags_all").or_else(|| instance.values.get("tags"));
        let tags = tags.map(Value::members).unwrap_or_default().iter().filter_map(|(key, value)| {
            Some((self.told(key.value.clone(), key.span), self.told(value.as_text()?, value.span)))
        });
        let tags = tags.collect();
        self.loaded.facts.principals.push(PrincipalFact {
            arn,
            inline: Some(inline),
            attached: Some(attached),
            groups: Some(groups),
            tells_boundary: true,
            boundary,
            trust,
            unique_id,
            tags,
        });
    }

    /// The groups that a user is in. Where that is not known, it may have any policy from them.
    fn groups(&mut self, user: &Instance, inline: &mut Vec<Arc<FoundPolicy>>) -> Vec<Told<String>> {
        let module = self.module;
        let mut groups = Vec::new();
        for (kind, users, of) in [
            ("aws_iam_user_group_membership", "user", "groups"),
            ("aws_iam_group_membership", "users", "group"),
        ] {
            for membership in module.instances.iter().filter(|other| other.kind == kind) {
                let one_or_many =
                    |name: &str| membership.values.get(name).map(Value::one_or_many).unwrap_or_default();
                let targets = one_or_many(users)
                    .iter()
                    .map(|value| self.target(membership, users, "aws_iam_user", Some(value)));
                let own = user.text("name").map(|name| format!("aws_iam_user {name}"));
                let mut is_mine = Some(false);
                for target in targets {
                    match target {
                        Some(target) if target == user.address || Some(&target) == own.as_ref() => {
                            is_mine = Some(true);
                            break;
                        }
                        Some(_) => {}
                        None => is_mine = None,
                    }
                }
                let of_group = one_or_many(of);
                let is_told = of_group.iter().all(|group| group.as_text().is_some());
                match is_mine {
                    Some(false) => {}
                    Some(true) if is_told => {
                        let names = of_group.iter().filter_map(|group| Some((group.as_text()?, group.span)));
                        groups.extend(names.map(|(name, span)| self.told(name, span)));
                    }
                    _ => inline.push(self.anything(membership, of, PolicyType::Identity)),
                }
            }
        }
        groups
    }

    /// The ARN of the boundary. One that is known only later may be any: it allows and denies anything, perhaps.
    fn boundary(&mut self, instance: &Instance) -> Option<Told<String>> {
        let value = instance.values.get("permissions_boundary")?;
        match value.as_text() {
            Some(text) if text.is_empty() => None,
            Some(text) => Some(self.told(text, value.span)),
            None => {
                let made = instance.references.get("permissions_boundary").and_then(|names| names.first());
                let made = made.and_then(|reference| self.module.resolve(instance, reference));
                let text = made.and_then(|policy| self.of(policy).into_iter().next());
                let span = value.span;
                let text = text
                    .unwrap_or_else(|| self.anything(instance, "permissions_boundary", PolicyType::Boundary));
                let arn = self.told(format!("{}.permissions_boundary", instance.address), span);
                self.loaded.facts.managed.push(ManagedPolicyFact { arn: arn.clone(), text });
                Some(arn)
            }
        }
    }
}
