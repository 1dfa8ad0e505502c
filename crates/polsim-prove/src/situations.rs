//! The finitely many situations that the requests of a region can be in.

use crate::question::{PrincipalRegion, Question, Scope};
use polsim_eval::{
    Accounts, Attribute, Chain, Family, KeyId, KeyState, Layer, NetworkPath, Principal, PrincipalKind,
    ResourceKind, Situation,
};
use rustc_hash::FxHashMap;

/// A situation with the law for it, and what is known of the principal.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) kind: PrincipalKind,
    pub(crate) accounts: Accounts,
    pub(crate) path: NetworkPath,
    pub(crate) is_bounded: bool,
    pub(crate) chain: Chain,
    /// Keys whose state follows from the principal or the region.
    pub(crate) known: FxHashMap<KeyId, KeyState>,
    /// The properties of the principal, when it is one.
    pub(crate) attributes: Option<FxHashMap<Attribute, String>>,
}

impl Setting {
    /// What two settings with equal goals must share for an answer about one to be one about the other.
    pub(crate) fn shape(&self) -> (bool, NetworkPath) {
        (self.kind.is_bound_by_scps(), self.path)
    }
}

/// All settings of a question, those first in which an example is easiest to understand.
pub(crate) fn settings(question: &Question<'_>) -> Vec<Setting> {
    let mut settings = Vec::new();
    for kind in kinds(question) {
        for accounts in accounts(question, kind) {
            for path in paths(question) {
                settings.push(setting(question, kind, accounts, path));
            }
        }
    }
    settings
}

fn kinds(question: &Question<'_>) -> Vec<PrincipalKind> {
    use PrincipalKind as Kind;
    let named = match &question.region.principal {
        PrincipalRegion::One(principal) => return vec![principal.kind],
        PrincipalRegion::Kinds(kinds) => return kinds.clone(),
        PrincipalRegion::Arn(_) => vec![Kind::RoleSession, Kind::User, Kind::FederatedUser, Kind::Root],
        PrincipalRegion::Anyone => vec![
            Kind::RoleSession,
            Kind::User,
            Kind::Root,
            Kind::FederatedUser,
            Kind::Service,
            Kind::Anonymous,
            Kind::Saml,
            Kind::Oidc,
        ],
    };
    // Policies that hang on users and roles speak of nobody else; a federated user needs session policies (S4.8.6).
    let layers = question.layers;
    let of_identities = !layers.identity.is_empty() || layers.boundary.is_some() || layers.session.is_some();
    let of_accounts =
        matches!(question.scope, Scope::Alone(only) if only.iter().all(|l| matches!(l, Layer::Scp(_))));
    named
        .into_iter()
        .filter(|kind| !of_identities || matches!(kind, Kind::RoleSession | Kind::User))
        .filter(|kind| !of_accounts || kind.is_bound_by_scps())
        .collect()
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

fn paths(question: &Question<'_>) -> Vec<NetworkPath> {
    if !question.region.paths.is_empty() {
        return question.region.paths.clone();
    }
    if question.layers.endpoint.is_some() {
        return vec![NetworkPath::Gateway, NetworkPath::Interface];
    }
    vec![NetworkPath::Direct, NetworkPath::Gateway]
}

fn setting(question: &Question<'_>, kind: PrincipalKind, accounts: Accounts, path: NetworkPath) -> Setting {
    let layers = question.layers;
    let is_bounded = layers.boundary.is_some() && kind.has_identity_policies();
    let chain = match question.scope {
        Scope::Alone(only) => Chain::of_layers(only, path),
        Scope::Whole => Chain::of(&Situation {
            kind,
            accounts,
            family: match layers.resource_kind {
                ResourceKind::Ordinary => Family::Ordinary,
                ResourceKind::Trust => Family::Trust,
                ResourceKind::Kms => Family::KmsKey,
            },
            path,
            access_point: false,
            scp_levels: if kind.is_bound_by_scps() { levels(layers.scps.as_deref()) } else { 0 },
            rcp_levels: levels(layers.rcps.as_deref()),
            rcp_service_is_unlisted: false,
            has_endpoint_policy: path != NetworkPath::Direct && layers.endpoint.is_some(),
            has_boundary: is_bounded,
            has_session: layers.session.is_some(),
            escapes_bucket_policy: false,
            is_outside_access_point_vpc: false,
            is_blocked_as_public: false,
        }),
    };
    let mut setting =
        Setting { kind, accounts, path, is_bounded, chain, known: FxHashMap::default(), attributes: None };
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

fn levels(levels: Option<&[Vec<polsim_eval::PolicyId>]>) -> u8 {
    levels.map_or(0, |levels| u8::try_from(levels.len()).unwrap_or(u8::MAX))
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
