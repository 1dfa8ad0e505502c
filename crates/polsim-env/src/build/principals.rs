//! Principals: what the ARN says that they are, and the policies that go with that.

use super::accounts::Accounts;
use super::builder::Builder;
use super::policies::Hook;
use crate::environment::{Principal, Role};
use crate::hang::Hang;
use crate::problem::{Misfit, ProblemKind, Referent};
use crate::schema::{self, EnvironmentFile, Named, Placed, PolicyRef, entries};
use polsim_arn::Arn;
use polsim_eval::PolicyId;
use polsim_policy::PolicyType;
use polsim_text::Span;

pub(super) fn build(
    builder: &mut Builder<'_>,
    file: &EnvironmentFile,
    accounts: &mut Accounts,
) -> Vec<Principal> {
    let groups = groups(builder, file.groups.as_ref());
    builder.tell_repeated(entries(file.principals.as_ref()).map(|(name, entry)| (&entry.arn, name)));
    let mut principals = Vec::new();
    for (name, entry) in entries(file.principals.as_ref()) {
        principals.extend(principal(builder, name, entry, accounts, &groups));
    }
    let issuers: Vec<Option<usize>> =
        principals.iter().map(|principal| issuer(builder, file, &principals, principal)).collect();
    for (principal, issuer) in principals.iter_mut().zip(issuers) {
        principal.issuer = issuer;
    }
    principals
}

fn groups(builder: &mut Builder<'_>, groups: Option<&Named<schema::Group>>) -> Vec<(String, Vec<PolicyId>)> {
    let mut resolved = Vec::new();
    for (name, group) in entries(groups) {
        let hook = Hook {
            policy_type: PolicyType::Identity,
            hang: Hang::Group(name.value.clone()),
            owner: &format!("groups.{}", name.value),
        };
        let policies = builder.policies.hang_all(&group.identity, "identity", &hook);
        resolved.push((name.value.clone(), policies));
    }
    resolved
}

fn principal(
    builder: &mut Builder<'_>,
    name: &Placed<String>,
    entry: &schema::Principal,
    accounts: &mut Accounts,
    groups: &[(String, Vec<PolicyId>)],
) -> Option<Principal> {
    let arn = &entry.arn;
    let Some(parts) = Arn::parse(&arn.value) else {
        builder.tell(ProblemKind::NoArn(arn.value.clone()), arn.span);
        return None;
    };
    if !parts.account.is_empty() && !schema::AccountId::is_valid(parts.account) {
        builder.tell(ProblemKind::AccountId(parts.account.to_owned()), arn.span);
        return None;
    }
    let Some(role) = Role::of(&arn.value) else {
        let kind = ProblemKind::OtherArn {
            arn: arn.value.clone(),
            wanted: "a user, a role, a session of a role, a federated user, a root user or a provider of identities",
        };
        builder.tell(kind, arn.span);
        return None;
    };
    accounts.meet(builder, parts.account, arn.span);
    tell_misfits(builder, entry, role);
    let owner = format!("principals.{}", name.value);
    let mut hang = |policies: &[PolicyRef], field: &str, policy_type: PolicyType| {
        let hang = Hang::Principal(name.value.clone());
        let hook = Hook { policy_type, hang, owner: &owner };
        builder.policies.hang_all(policies, field, &hook)
    };
    let list = |list: &Option<Placed<Vec<PolicyRef>>>| list.as_ref().map(|list| list.value.clone());
    let one = |one: &Option<Placed<PolicyRef>>| one.as_ref().map(|one| vec![one.value.clone()]);
    let mut identity = hang(&list(&entry.identity).unwrap_or_default(), "identity", PolicyType::Identity);
    let boundary =
        one(&entry.boundary).and_then(|policy| hang(&policy, "boundary", PolicyType::Boundary).pop());
    let session = list(&entry.session).map(|policies| hang(&policies, "session", PolicyType::Session));
    let trust = one(&entry.trust).and_then(|policy| hang(&policy, "trust", PolicyType::Trust).pop());
    for group in entry.groups.iter().flat_map(|groups| &groups.value) {
        match groups.iter().find(|(known, _)| *known == group.value) {
            Some((_, policies)) => identity.extend(policies),
            None => builder.unknown(Referent::Group, group, groups.iter().map(|(name, _)| name.as_str())),
        }
    }
    Some(Principal {
        name: name.value.clone(),
        arn: arn.value.clone(),
        account: parts.account.to_owned(),
        role,
        identity,
        boundary,
        session,
        trust,
        issuer: None,
        unique_id: entry.unique_id.as_ref().map(|id| id.value.clone()),
        tags: entries(entry.tags.as_ref())
            .map(|(key, value)| (key.value.clone(), value.value.clone()))
            .collect(),
    })
}

/// Fields that do not go with what the principal is (S4.3, S4.7.4, S4.7.5).
fn tell_misfits(builder: &mut Builder<'_>, entry: &schema::Principal, role: Role) {
    fn place<T>(field: &Option<Placed<T>>) -> Option<Span> {
        field.as_ref().map(|field| field.span)
    }
    let fields = [
        ("identity", place(&entry.identity)),
        ("groups", place(&entry.groups)),
        ("boundary", place(&entry.boundary)),
        ("session", place(&entry.session)),
        ("trust", place(&entry.trust)),
        ("issuer", place(&entry.issuer)),
        ("unique-id", place(&entry.unique_id)),
    ];
    for (field, span) in fields {
        let (Some(span), Some(why)) = (span, misfit(role, field)) else {
            continue;
        };
        let kind = ProblemKind::Misplaced { kind: role.as_str(), field, why };
        builder.tell(kind, span);
    }
}

fn misfit(role: Role, field: &str) -> Option<Misfit> {
    match (role, field) {
        (Role::User, "identity" | "groups" | "boundary" | "unique-id")
        | (Role::Role | Role::ServiceLinkedRole, "identity" | "trust" | "unique-id")
        | (Role::Role, "boundary" | "session")
        | (Role::Session, "session" | "unique-id")
        | (Role::FederatedUser, "session" | "issuer") => None,
        (Role::ServiceLinkedRole, "boundary") => Some(Misfit::ServiceLinked),
        (Role::Session, "issuer") => Some(Misfit::ToldByArn),
        (Role::Session | Role::FederatedUser, "identity" | "boundary" | "trust") => Some(Misfit::OnIssuer),
        _ => Some(Misfit::NotInAws),
    }
}

/// The role of a session, the user of a federated user. Without it nobody knows what they may do.
fn issuer(
    builder: &mut Builder<'_>,
    file: &EnvironmentFile,
    principals: &[Principal],
    principal: &Principal,
) -> Option<usize> {
    if !matches!(principal.role, Role::Session | Role::FederatedUser) {
        return None;
    }
    let entry = file.principals.as_ref()?.get(&principal.name)?;
    match principal.role {
        Role::Session => {
            let session = Arn::parse(&principal.arn)?;
            let found = principals.iter().position(|other| other.is_role_of(&session));
            if found.is_none() {
                builder.tell(ProblemKind::SessionOfNothing, entry.arn.span);
            }
            found
        }
        Role::FederatedUser => {
            let Some(issuer) = &entry.issuer else {
                builder.tell(ProblemKind::MissingField("issuer"), entry.arn.span);
                return None;
            };
            let users = || {
                principals
                    .iter()
                    .filter(|other| other.role == Role::User && other.account == principal.account)
            };
            let found = users().any(|user| user.name == issuer.value);
            if !found {
                let names = users().map(|user| user.name.as_str());
                builder.unknown(Referent::User, issuer, names);
                return None;
            }
            principals.iter().position(|other| other.name == issuer.value)
        }
        _ => None,
    }
}
