//! The finitely many situations that the requests of a region can be in.

use crate::cells::{self, Cell, Law};
use crate::hints::principal_arns;
use polsim_arn::ActionName;
use polsim_eval::{
    Accounts, Attribute, Chain, KeyId, KeyState, NetworkPath, Principal, PrincipalKind, Request,
};
use polsim_question::question::{PrincipalRegion, Question, Scope};
use rustc_hash::FxHashMap;

/// Accounts of the owner of a resource, for examples.
pub(crate) const OWNERS: [&str; 2] = ["444455556666", "111122223333"];

/// A situation with the law for it, and what is known of the principal.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) kind: PrincipalKind,
    pub(crate) accounts: Accounts,
    pub(crate) path: NetworkPath,
    pub(crate) side: Side,
    /// The other side, when a claim compares two.
    pub(crate) other: Option<Side>,
    /// The actions and resources that are in this situation; any, when there is no cell.
    pub(crate) cells: Vec<Cell>,
    /// Keys whose state follows from the principal or the region.
    pub(crate) known: FxHashMap<KeyId, KeyState>,
    /// The properties of the principal, when it is one.
    pub(crate) attributes: Option<FxHashMap<Attribute, String>>,
}

/// The law for the policies of one side.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    pub(crate) chain: Chain,
    /// Whether the principal has a permissions boundary (S2.4.10).
    pub(crate) is_bounded: bool,
}

/// All settings of a question, those first in which an example is easiest to understand.
pub(crate) fn settings(question: &Question<'_>) -> Vec<Setting> {
    let mut settings = Vec::new();
    for kind in question.kinds() {
        for accounts in accounts(question, kind) {
            for path in question.paths() {
                settings.extend(settings_of(question, kind, accounts, path));
            }
        }
    }
    settings
}

fn accounts(question: &Question<'_>, kind: PrincipalKind) -> Vec<Accounts> {
    // By themselves policies know no owner of the resource.
    if matches!(question.scope, Scope::Alone(_)) || !kind.is_bound_by_scps() {
        return vec![Accounts::Cross];
    }
    let principal = match &question.region.principal {
        PrincipalRegion::One(principal) => principal.account(),
        _ => None,
    };
    match (principal, question.region.resource_account.as_deref()) {
        (Some(principal), Some(owner)) if principal == owner => vec![Accounts::Same],
        (Some(_), Some(_)) => vec![Accounts::Cross],
        _ => vec![Accounts::Same, Accounts::Cross],
    }
}

fn settings_of(
    question: &Question<'_>,
    kind: PrincipalKind,
    accounts: Accounts,
    path: NetworkPath,
) -> Vec<Setting> {
    let laws = match question.scope {
        Scope::Alone(only) => {
            let chains = question.sides().map(|_| Chain::of_layers(only, path)).collect();
            vec![Law { chains, cells: Vec::new() }]
        }
        Scope::Whole => {
            let example = example(question, kind, accounts, path);
            example.map_or_else(Vec::new, |example| cells::laws(question, &example))
        }
    };
    laws.into_iter().map(|law| setting(question, (kind, accounts, path), law)).collect()
}

/// A request in a situation, but for its action and resource.
fn example(
    question: &Question<'_>,
    kind: PrincipalKind,
    accounts: Accounts,
    path: NetworkPath,
) -> Option<Request> {
    let action = ActionName::parse("example:Example").ok()?;
    let principal = match &question.region.principal {
        PrincipalRegion::One(principal) => (**principal).clone(),
        _ => example_principal(kind),
    };
    let own = principal.account().map(str::to_owned);
    let foreign = OWNERS.into_iter().find(|owner| own.as_deref() != Some(*owner)).map(str::to_owned);
    let owner = if accounts == Accounts::Same { own.or(foreign) } else { foreign };
    Some(Request { resource_account: owner, path, ..Request::of(principal, action) })
}

fn example_principal(kind: PrincipalKind) -> Principal {
    if let Some(principal) = principal_arns(kind).first().and_then(|arn| Principal::read(arn)) {
        return principal;
    }
    let name = match kind {
        PrincipalKind::Service => Some("ec2.amazonaws.com"),
        PrincipalKind::Saml | PrincipalKind::Oidc => Some("accounts.google.com"),
        _ => None,
    };
    Principal::new(kind, name)
}

fn setting(
    question: &Question<'_>,
    (kind, accounts, path): (PrincipalKind, Accounts, NetworkPath),
    law: Law,
) -> Setting {
    let mut sides = question.sides().zip(law.chains).map(|(layers, chain)| Side {
        chain,
        is_bounded: layers.boundary.is_some() && kind.has_identity_policies(),
    });
    let side = sides.next().unwrap_or_default();
    let other = sides.next();
    let mut setting = Setting {
        kind,
        accounts,
        path,
        side,
        other,
        cells: law.cells,
        known: FxHashMap::default(),
        attributes: None,
    };
    setting.known.extend(question.region.known.iter().cloned());
    if let Some(owner) = &question.region.resource_account
        && let Some(key) = question.model.keys().find("aws:resourceaccount")
    {
        setting.known.insert(key, KeyState::One(owner.clone()));
    }
    if let PrincipalRegion::One(principal) = &question.region.principal {
        fix_principal(question, principal, &mut setting.known);
        setting.attributes = Some(attributes(principal));
    }
    setting
}

/// The properties of a principal that are known.
pub(crate) fn attributes(principal: &Principal) -> FxHashMap<Attribute, String> {
    Attribute::ALL
        .into_iter()
        .filter_map(|attribute| Some((attribute, principal.attribute(attribute)?)))
        .collect()
}

/// The keys that follow from a principal.
pub(crate) fn fix_principal(
    question: &Question<'_>,
    principal: &Principal,
    known: &mut FxHashMap<KeyId, KeyState>,
) {
    let derived = principal.derived();
    for derived in derived {
        let key = question.model.keys().find(&derived.key.folded());
        if let Some(key) = key.filter(|_| derived.state != KeyState::Open) {
            known.insert(key, derived.state);
        }
    }
}
