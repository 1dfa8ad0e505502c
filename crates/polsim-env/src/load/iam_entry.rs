//! Users, roles, groups and managed policies, as the IAM API describes them, whichever command prints it.

use super::{Diagnosis, FoundPolicy, GroupFact, Loaded, ManagedPolicyFact, Object, PrincipalFact, Told};
use polsim_policy::PolicyType;
use std::sync::Arc;

/// A user with all that its entry says.
pub(super) fn user(entry: Object<'_>, loaded: &mut Loaded) {
    let fact = user_or_role(entry, "UserPolicyList", loaded);
    loaded.facts.principals.extend(fact);
}

/// A role with all that its entry says.
pub(super) fn role(entry: Object<'_>, loaded: &mut Loaded) {
    let Some(fact) = user_or_role(entry, "RolePolicyList", loaded) else { return };
    let trust = trust(entry, &fact.arn.value, loaded);
    loaded.facts.principals.push(PrincipalFact { trust, ..fact });
}

/// A group with all that its entry says.
pub(super) fn group(entry: Object<'_>, loaded: &mut Loaded) {
    let Some(arn) = entry.needed("Arn", loaded) else { return };
    let inline = Some(inline(entry, "GroupPolicyList", &arn.value, loaded));
    let attached = Some(attached(entry, "AttachedManagedPolicies", loaded));
    loaded.facts.groups.push(GroupFact { arn, inline, attached });
}

/// A user or a role with all that its entry says.
fn user_or_role(entry: Object<'_>, policies: &'static str, loaded: &mut Loaded) -> Option<PrincipalFact> {
    let arn = entry.needed("Arn", loaded)?;
    let inline = inline(entry, policies, &arn.value, loaded);
    let attached = attached(entry, "AttachedManagedPolicies", loaded);
    let groups = entry.list("GroupList", loaded).filter_map(|group| group.as_told()).collect();
    Some(PrincipalFact {
        inline: Some(inline),
        attached: Some(attached),
        groups: Some(groups),
        ..about(entry, arn, loaded)
    })
}

/// What `get-role`, `get-user` and the account's details say alike of a user or a role.
pub(super) fn about(entry: Object<'_>, arn: Told<String>, loaded: &mut Loaded) -> PrincipalFact {
    let boundary = entry.get("PermissionsBoundary");
    let tags =
        entry.list("Tags", loaded).filter_map(|tag| Some((tag.text("Key")?, tag.text("Value")?))).collect();
    PrincipalFact {
        arn,
        inline: None,
        attached: None,
        groups: None,
        tells_boundary: true,
        boundary: boundary.and_then(|boundary| boundary.text("PermissionsBoundaryArn")),
        trust: None,
        unique_id: entry.text("RoleId").or_else(|| entry.text("UserId")),
        tags,
    }
}

/// The trust policy of a role.
pub(super) fn trust(role: Object<'_>, arn: &str, loaded: &mut Loaded) -> Option<Arc<FoundPolicy>> {
    let name = format!("trust policy of {arn}");
    role.policy("AssumeRolePolicyDocument", &name, PolicyType::Trust, loaded)
}

/// The policies that are written on a user, role or group.
fn inline(entry: Object<'_>, list: &'static str, arn: &str, loaded: &mut Loaded) -> Vec<Arc<FoundPolicy>> {
    let mut found = Vec::new();
    for policy in entry.list(list, loaded) {
        let Some(own) = policy.needed("PolicyName", loaded) else { continue };
        found.extend(inline_policy(policy, &own.value, arn, loaded));
    }
    found
}

/// A policy that is written on a user, role or group.
pub(super) fn inline_policy(
    entry: Object<'_>,
    own_name: &str,
    of: &str,
    loaded: &mut Loaded,
) -> Option<Arc<FoundPolicy>> {
    let name = format!("inline policy {own_name} of {of}");
    let found = entry.policy("PolicyDocument", &name, PolicyType::Identity, loaded);
    if entry.get("PolicyDocument").is_none() {
        entry.needed("PolicyDocument", loaded);
    }
    found
}

/// The ARNs of attached policies.
pub(super) fn attached(entry: Object<'_>, list: &'static str, loaded: &mut Loaded) -> Vec<Told<String>> {
    entry.list(list, loaded).filter_map(|policy| policy.text("PolicyArn")).collect()
}

/// A managed policy with its versions, one of which is in force.
pub(super) fn managed(entry: Object<'_>, loaded: &mut Loaded) {
    let Some(arn) = entry.needed("Arn", loaded) else { return };
    let default = entry.text("DefaultVersionId");
    let versions: Vec<Object<'_>> = entry.list("PolicyVersionList", loaded).collect();
    let in_force = versions.iter().find(|version| {
        version.flag("IsDefaultVersion") == Some(true)
            || default
                .as_ref()
                .is_some_and(|default| version.text("VersionId").is_some_and(|id| id.value == default.value))
    });
    let Some(version) = in_force else {
        // A list without versions is no list of texts.
        if !versions.is_empty() {
            let diagnosis = Diagnosis::NoDefaultVersion(arn.value.clone());
            loaded.problem(diagnosis, &arn.place.source, arn.place.span);
        }
        return;
    };
    if let Some(text) = version.policy("Document", &arn.value, PolicyType::Identity, loaded) {
        loaded.facts.managed.push(ManagedPolicyFact { arn, text });
    }
}
