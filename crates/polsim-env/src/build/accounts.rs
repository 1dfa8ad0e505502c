//! Accounts, and which levels bind each.

use super::builder::Builder;
use super::organization::{ResolvedLevel, Tree, rcps, scps};
use crate::environment::Account;
use crate::hang::Hang;
use crate::problem::{ProblemKind, Referent};
use crate::schema::{self, EnvironmentFile, Placed, entries};
use polsim_eval::PolicyId;
use polsim_text::Span;
use std::collections::BTreeMap;

/// The accounts, and whether others may turn up.
pub(super) struct Accounts {
    pub(super) table: BTreeMap<String, Account>,
    /// Without a table of accounts and without an organization, accounts are those that ARNs name.
    is_closed: bool,
}

pub(super) fn build(builder: &mut Builder<'_>, file: &EnvironmentFile, tree: Option<&Tree>) -> Accounts {
    let mut accounts =
        Accounts { table: BTreeMap::new(), is_closed: file.accounts.is_some() || tree.is_some() };
    let mut management: Option<&Placed<String>> = None;
    for (id, account) in entries(file.accounts.as_ref().map(|table| &table.0)) {
        let resolved = resolve(builder, id, account, tree);
        if resolved.is_management {
            if let Some(first) = management {
                let kind = ProblemKind::TwoManagementAccounts {
                    first: first.value.clone(),
                    second: id.value.clone(),
                };
                builder.tell_with(kind, id.span, (first.span, "the first one"));
            }
            management = Some(id);
        }
        accounts.table.insert(id.value.clone(), resolved);
    }
    accounts
}

fn resolve(
    builder: &mut Builder<'_>,
    id: &Placed<String>,
    account: &schema::Account,
    tree: Option<&Tree>,
) -> Account {
    let owner = format!("accounts.{}", id.value);
    let hang = Hang::Account(id.value.clone());
    let own_scps = scps(builder, account.scps.as_ref(), &owner, &hang);
    let own_rcps = rcps(builder, account.rcps.as_deref(), &owner, &hang);
    let is = |flag: &Option<Placed<bool>>| flag.as_ref().is_some_and(|flag| flag.value);
    let mut resolved = Account {
        is_outside: is(&account.outside),
        is_management: is(&account.management),
        canonical_id: account.canonical_id.as_ref().map(|id| id.value.clone()),
        restrict_public_buckets: account.restrict_public_buckets.unwrap_or(false),
        ..Account::default()
    };
    let Some(level) = level_of(builder, id, account, tree) else {
        if own_scps.is_some() || own_rcps.is_some() {
            builder.tell(ProblemKind::GuardrailOutside(id.value.clone()), id.span);
        }
        return resolved;
    };
    let (tree, path) = level;
    let own =
        |policies: &Option<Vec<PolicyId>>| policies.clone().map(|policies| (id.value.clone(), policies));
    resolved.in_organization = true;
    resolved.organization_path = tree.organization_path(&path);
    (resolved.scp_levels, resolved.scps) = split(levels(&path, |level| &level.scps).chain(own(&own_scps)));
    (resolved.rcp_levels, resolved.rcps) = split(levels(&path, |level| &level.rcps).chain(own(&own_rcps)));
    resolved
}

/// The levels above an account in its organization; `None` outside, or when the file does not tell.
fn level_of<'t>(
    builder: &mut Builder<'_>,
    id: &Placed<String>,
    account: &schema::Account,
    tree: Option<&'t Tree>,
) -> Option<(&'t Tree, Vec<&'t ResolvedLevel>)> {
    let outside = account.outside.as_ref().filter(|outside| outside.value);
    let is_management = account.management.as_ref().filter(|management| management.value);
    if let Some(outside) = outside {
        let inside = account.level.as_ref().map(|level| level.span);
        if let Some(span) = inside.or(is_management.map(|management| management.span)) {
            let kind = ProblemKind::InsideAndOutside(id.value.clone());
            builder.tell_with(kind, outside.span, (span, "this says that it is inside"));
        }
        return None;
    }
    let names: Vec<&str> =
        tree.iter().flat_map(|tree| &tree.levels).map(|level| level.name.as_str()).collect();
    match (&account.level, tree) {
        (Some(level), tree) => {
            let path = tree.and_then(|tree| Some((tree, tree.path_to(&level.value)?)));
            if path.is_none() {
                builder.unknown(Referent::Level, level, names.into_iter());
            }
            path
        }
        // The management account is in the root unless told otherwise; no policy of the organization binds it anyway.
        (None, Some(tree)) if is_management.is_some() => {
            let root = names.first()?;
            Some((tree, tree.path_to(root)?))
        }
        (None, Some(_)) => {
            builder.tell(ProblemKind::HomelessAccount(id.value.clone()), id.span);
            None
        }
        (None, None) => {
            if let Some(management) = is_management {
                let kind = ProblemKind::ManagementOfNothing(id.value.clone());
                builder.tell(kind, management.span);
            }
            None
        }
    }
}

/// The levels that name policies, with these. A level that names none has AWS's own, which allows everything.
fn levels<'t>(
    path: &[&'t ResolvedLevel],
    policies: impl Fn(&'t ResolvedLevel) -> &'t Option<Vec<PolicyId>>,
) -> impl Iterator<Item = (String, Vec<PolicyId>)> {
    let named: Vec<_> = path
        .iter()
        .filter_map(|level| policies(level).clone().map(|policies| (level.name.clone(), policies)))
        .collect();
    named.into_iter()
}

fn split(levels: impl Iterator<Item = (String, Vec<PolicyId>)>) -> (Vec<String>, Option<Vec<Vec<PolicyId>>>) {
    let (names, policies): (Vec<String>, Vec<Vec<PolicyId>>) = levels.unzip();
    (names, Some(policies).filter(|policies| !policies.is_empty()))
}

impl Accounts {
    /// Notes that an account exists; when accounts are listed, it has to be one of them.
    pub(super) fn meet(&mut self, builder: &mut Builder<'_>, id: &str, span: Span) {
        if self.table.contains_key(id) {
            return;
        }
        if self.is_closed {
            let names: Vec<String> = self.table.keys().cloned().collect();
            let id = Placed::new(id.to_owned(), span);
            builder.unknown(Referent::Account, &id, names.iter().map(String::as_str));
        } else {
            self.table.insert(id.to_owned(), Account::default());
        }
    }
}
