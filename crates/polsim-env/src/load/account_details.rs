//! `aws iam get-account-authorization-details`: all of IAM of one account.
//!
//! The CLI decodes the policies; the API, and what others store of it, has them URL-encoded. Both are read. Pages may
//! follow one another; the last one says that it is the last by not being truncated.

use super::page::tell_truncated;
use super::{
    Diagnosis, Facts, FoundPolicy, GroupFact, Loaded, Loader, ManagedPolicyFact, Object, PrincipalFact,
};
use super::{Sniffed, Told};
use polsim_policy::PolicyType;
use polsim_text::Span;
use std::sync::Arc;

/// The lists of the dump; any of them may be missing when it was made with a filter.
const LISTS: [&str; 4] = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];

/// Account authorization details.
pub(super) struct AccountDetails;

impl Loader for AccountDetails {
    fn name(&self) -> &'static str {
        "account-authorization-details"
    }

    fn about(&self) -> &'static str {
        "aws iam get-account-authorization-details"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        document.has_any(&["UserDetailList", "GroupDetailList", "RoleDetailList"])
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        let before = loaded.facts.principals.len() + loaded.facts.groups.len();
        for node in documents.documents {
            page(Object { host: documents.host, form: documents.form, node }, loaded);
        }
        let last = documents.documents.last().map(|node| Object {
            host: documents.host,
            form: documents.form,
            node,
        });
        tell_truncated(documents, loaded);
        if let Some(page) = last
            && loaded.facts.principals.len() + loaded.facts.groups.len() == before
        {
            let start = page.node.span.start();
            let place = page.place(Span::new(start, start + 1));
            loaded.note(Diagnosis::Nobody, &place.source, place.span);
        }
    }
}

fn page(page: Object<'_>, loaded: &mut Loaded) {
    let [users, groups, roles, policies] = LISTS;
    for user in page.list(users, loaded) {
        if let Some(fact) = user_or_role(user, "UserPolicyList", loaded) {
            loaded.facts.principals.push(fact);
        }
    }
    for group in page.list(groups, loaded) {
        let Some(arn) = group.needed("Arn", loaded) else { continue };
        let inline = Some(inline(group, "GroupPolicyList", &arn.value, loaded));
        let attached = Some(attached(group, "AttachedManagedPolicies", loaded));
        loaded.facts.groups.push(GroupFact { arn, inline, attached });
    }
    for role in page.list(roles, loaded) {
        let Some(fact) = user_or_role(role, "RolePolicyList", loaded) else { continue };
        let trust = trust(role, &fact.arn.value, loaded);
        loaded.facts.principals.push(PrincipalFact { trust, ..fact });
    }
    for policy in page.list(policies, loaded) {
        managed(policy, loaded);
    }
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
fn managed(entry: Object<'_>, loaded: &mut Loaded) {
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
        let Facts { managed, .. } = &mut loaded.facts;
        managed.push(ManagedPolicyFact { arn, text });
    }
}
