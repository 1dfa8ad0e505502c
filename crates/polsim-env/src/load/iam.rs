//! Single commands of `aws iam`: `get-role`, `get-user`, `get-role-policy`, `get-policy-version` and their relatives.
//!
//! Each says a part. What is written on a role is in one output for each policy, what is attached to it in another, and
//! most name neither ARN nor account; they are put together by name.

use super::page::tell_truncated;
use super::{
    FoundPolicy, GroupFact, IamKind, Loaded, Loader, ManagedPolicyFact, NamedFact, Object, PrincipalFact,
    Sniffed, Told, iam_entry,
};
use polsim_policy::PolicyType;
use polsim_text::Span;
use std::sync::Arc;

/// Kinds with the member that names one, and the commands that list policies.
const KINDS: [(IamKind, &str, &str, &str); 3] = [
    (IamKind::Role, "RoleName", "list-attached-role-policies", "list-role-policies"),
    (IamKind::User, "UserName", "list-attached-user-policies", "list-user-policies"),
    (IamKind::Group, "GroupName", "list-attached-group-policies", "list-group-policies"),
];

/// Outputs of single IAM commands.
pub(super) struct Iam;

impl Loader for Iam {
    fn name(&self) -> &'static str {
        "iam"
    }

    fn about(&self) -> &'static str {
        "aws iam get-role, get-user, list-roles, list-users, get-role-policy, get-user-policy, get-group-policy, \
         get-policy-version, list-attached-role-policies, list-role-policies, list-groups-for-user and their relatives"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        let Some(node) = document.documents.first() else { return false };
        let has_arn = |name: &str| node.get(name).is_some_and(|entry| entry.get("Arn").is_some());
        let lists = |name: &str, member: &str| {
            let first = node.get(name).and_then(|list| list.items()?.first());
            first.is_some_and(|entry| entry.get(member).is_some() && entry.get("Arn").is_some())
        };
        has_arn("Role")
            || has_arn("User")
            || has_arn("Group")
            || lists("Roles", "RoleName")
            || lists("Users", "UserName")
            || (document.has(&["PolicyName", "PolicyDocument"]))
            || node.get("PolicyVersion").is_some_and(|version| version.get("Document").is_some())
            || node.get("Policy").is_some_and(|policy| policy.get("DefaultVersionId").is_some())
            || KINDS.iter().any(|(_, _, attached, inline)| {
                document.subject(attached).is_some() || document.subject(inline).is_some()
            })
            || document.subject("list-groups-for-user").is_some()
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        for node in documents.documents {
            output(Object { host: documents.host, form: documents.form, node }, documents, loaded);
        }
        tell_truncated(documents, loaded);
    }
}

fn output(output: Object<'_>, documents: &Sniffed<'_>, loaded: &mut Loaded) {
    if let Some(role) = output.get("Role") {
        principal(role, true, loaded);
    }
    if let Some(user) = output.get("User") {
        principal(user, true, loaded);
    }
    // The lists leave out boundaries and tags.
    let is_of_group = output.get("Group").is_some();
    let lists = output.list("Roles", loaded).chain(output.list("Users", loaded));
    for entry in lists.filter(|_| !is_of_group) {
        principal(entry, false, loaded);
    }
    if let Some(group) = output.get("Group") {
        // Its users are told by `list-groups-for-user`, which tells all groups of one.
        if let Some(arn) = group.needed("Arn", loaded) {
            loaded.facts.groups.push(GroupFact { arn, inline: None, attached: None });
        }
    }
    if let Some(version) = output.get("PolicyVersion") {
        version_of(version, documents, loaded);
    }
    for (kind, member, list_attached, list_inline) in KINDS {
        if let Some(name) = output.text(member).filter(|_| output.get("PolicyDocument").is_some()) {
            let Some(own) = output.needed("PolicyName", loaded) else { continue };
            let of = format!("{}{}", kind.prefix(), name.value);
            let found = iam_entry::inline_policy(output, &own.value, &of, loaded);
            let inline = found.into_iter().map(|found| (own.clone(), found)).collect();
            loaded.facts.named.push(NamedFact { inline, ..about(kind, name) });
        }
        if let Some(name) = subject(documents, list_attached, output) {
            let attached = Some(iam_entry::attached(output, "AttachedPolicies", loaded));
            loaded.facts.named.push(NamedFact { attached, ..about(kind, name) });
        }
        if let Some(name) = subject(documents, list_inline, output) {
            let names = output.list("PolicyNames", loaded).filter_map(|name| name.as_told()).collect();
            loaded.facts.named.push(NamedFact { inline_names: Some(names), ..about(kind, name) });
        }
    }
    if let Some(name) = subject(documents, "list-groups-for-user", output) {
        let groups = output.list("Groups", loaded).filter_map(|group| group.text("GroupName")).collect();
        loaded.facts.named.push(NamedFact { groups: Some(groups), ..about(IamKind::User, name) });
    }
}

fn about(kind: IamKind, name: Told<String>) -> NamedFact {
    NamedFact { kind, name, inline: Vec::new(), inline_names: None, attached: None, groups: None }
}

fn subject(documents: &Sniffed<'_>, command: &str, output: Object<'_>) -> Option<Told<String>> {
    let start = output.node.span.start();
    let subject = documents.subject(command)?;
    Some(Told::new(subject.to_owned(), output.place(Span::new(start, start + 1))))
}

fn principal(entry: Object<'_>, tells_boundary: bool, loaded: &mut Loaded) {
    let Some(arn) = entry.needed("Arn", loaded) else { return };
    let trust: Option<Arc<FoundPolicy>> = iam_entry::trust(entry, &arn.value, loaded);
    let fact = iam_entry::about(entry, arn, loaded);
    loaded.facts.principals.push(PrincipalFact { trust, tells_boundary, ..fact });
}

/// `get-policy-version`, which does not repeat the policy.
fn version_of(version: Object<'_>, documents: &Sniffed<'_>, loaded: &mut Loaded) {
    let subject = subject(documents, "get-policy-version", version);
    let name = subject.as_ref().map(|subject| documents.decoded(&subject.value));
    let shown = name.clone().unwrap_or_else(|| format!("policy in {}", documents.source().name()));
    let text = version.policy("Document", &shown, PolicyType::Identity, loaded);
    let is_in_force = version.flag("IsDefaultVersion") != Some(false);
    if let (Some(name), Some(text), Some(subject), true) = (name, text, subject, is_in_force) {
        let arn = Told::new(name, subject.place);
        loaded.facts.managed.push(ManagedPolicyFact { arn, text });
    }
}
