//! The requests of the small world.

use super::claim::Claim;
use super::keys::{Arity, KEYS, Key, values};
use super::numbers::Random;
use polsim_arn::ActionName;
use polsim_eval::{Context, KeyState, Layer, NetworkPath, Principal, PrincipalKind, Request, Unstated};
use polsim_policy::ConditionKey;
use polsim_prove::{PrincipalRegion, Scope};

const ACTIONS: [&str; 9] = [
    "s3:GetObject",
    "s3:GetObject",
    "s3:PutObject",
    "s3:GetBucketPolicy",
    "kms:Decrypt",
    "kms:RetireGrant",
    "sqs:SendMessage",
    "sts:AssumeRole",
    "sts:GetCallerIdentity",
];
const RESOURCES: [&str; 14] = [
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/bob/x",
    "arn:aws:s3:::b/a",
    "arn:aws:s3:::a",
    "arn:aws:s3:::b/bob/bob",
    "arn:aws:sqs:eu-west-1:222222222222:a",
    "arn:aws:iam::222222222222:role/a",
    "arn:aws:sqs:eu-west-1:222222222222:q",
    "arn:aws:kms:eu-west-1:222222222222:key/k",
    "arn:aws:iam::222222222222:role/r",
    "arn:aws-cn:s3:::b/k",
    "*",
];

/// Principals of all kinds.
pub(crate) fn principals() -> Vec<Principal> {
    let named = [
        "arn:aws:iam::111111111111:user/bob",
        "arn:aws:iam::222222222222:user/path/a",
        "arn:aws:iam::111111111111:role/team/app",
        "arn:aws:iam::222222222222:role/app",
        "arn:aws-cn:iam::111111111111:role/app",
        "arn:aws:sts::111111111111:federated-user/fred",
        "arn:aws:iam::111111111111:root",
        "arn:aws:iam::222222222222:root",
        "sns.amazonaws.com",
        "ec2.amazonaws.com",
        "anonymous",
    ];
    let mut all: Vec<Principal> = named.iter().map(|text| Principal::read(text).unwrap()).collect();
    for principal in &mut all {
        match principal.kind {
            PrincipalKind::User => principal.unique_id = Some("AIDAEXAMPLEBOB".into()),
            PrincipalKind::RoleSession => {
                principal.unique_id = Some("AROAEXAMPLEAPP".into());
                principal.arn = principal.arn.as_deref().map(|arn| arn.replace("/session", "/s"));
            }
            PrincipalKind::FederatedUser => {
                principal.issuer_arn = Some("arn:aws:iam::111111111111:user/bob".into());
            }
            _ => {}
        }
        if principal.kind.is_bound_by_scps() {
            principal.canonical_id = Some("c".repeat(64));
        }
    }
    all.push(Principal::new(PrincipalKind::Oidc, Some("accounts.google.com")));
    all.push(Principal::new(PrincipalKind::Saml, Some("arn:aws:iam::111111111111:saml-provider/idp")));
    all
}

/// A state that a key can have in a request.
pub(crate) fn state(random: &mut Random, key: &Key) -> KeyState {
    let value = |random: &mut Random| -> String {
        if random.percent(6) { String::new() } else { (*random.pick(values(key.sort))).to_owned() }
    };
    let is_list = key.arity == Arity::Many || (key.arity == Arity::Either && random.percent(50));
    if random.percent(30) {
        return KeyState::Absent;
    }
    if !is_list {
        return KeyState::One(value(random));
    }
    let count = [0, 1, 1, 2, 2, 2, 3][random.below(7)];
    KeyState::List((0..count).map(|_| value(random)).collect())
}

/// A request of the region of a claim; `None` when the dice made one of elsewhere.
pub(crate) fn request(random: &mut Random, claim: &Claim) -> Option<Request> {
    let principal = match &claim.region.principal {
        PrincipalRegion::One(principal) => (**principal).clone(),
        _ => {
            let all = principals();
            all[random.below(all.len())].clone()
        }
    };
    let account = match (&claim.region.resource_account, principal.account()) {
        (Some(account), _) => account.clone(),
        (None, Some(own)) if random.percent(60) => own.to_owned(),
        _ => (*random.pick(&["111111111111", "222222222222"])).to_owned(),
    };
    let mut request = Request {
        principal,
        action: ActionName::parse(random.pick(&ACTIONS)).unwrap(),
        resource: (*random.pick(&RESOURCES)).to_owned(),
        underlying_resource: None,
        access_point_vpc: None,
        resource_account: Some(account),
        resource_in_management_account: false,
        path: match random.below(4) {
            0 | 1 => NetworkPath::Direct,
            2 => NetworkPath::Gateway,
            _ => NetworkPath::Interface,
        },
        context: Context::new(Unstated::Absent),
    };
    for key in KEYS.iter().filter(|key| key.arity != Arity::Derived && key.name != "aws:ResourceAccount") {
        let name = ConditionKey::new(key.name).unwrap();
        let known = claim.states.iter().find(|(key, _)| *key == name);
        let state = known.map_or_else(|| state(random, key), |(_, state)| state.clone());
        request.context.replace(name, state);
    }
    request.complete().ok()?;
    is_in_region(claim, &request).then_some(request)
}

/// Whether a completed request is one that the claim speaks of.
pub(crate) fn is_in_region(claim: &Claim, request: &Request) -> bool {
    let region = &claim.region;
    let layers = &claim.layers;
    let kind = request.principal.kind;
    let sides = || std::iter::once(layers).chain(&claim.other);
    let of_identities = sides()
        .any(|layers| !layers.identity.is_empty() || layers.boundary.is_some() || layers.session.is_some());
    let of_accounts =
        matches!(&claim.scope, Scope::Alone(only) if only.iter().all(|l| matches!(l, Layer::Scp(_))));
    let is_common = (!of_identities || matches!(kind, PrincipalKind::User | PrincipalKind::RoleSession))
        && (!of_accounts || kind.is_bound_by_scps());
    let principal = match &region.principal {
        PrincipalRegion::Anyone => is_common,
        PrincipalRegion::Kinds(kinds) => kinds.contains(&kind),
        PrincipalRegion::One(only) => **only == request.principal,
        PrincipalRegion::Arn(pattern) => {
            is_common && request.principal.principal_arn().is_some_and(|arn| pattern.matches(&arn))
        }
    };
    let path = match region.paths.as_slice() {
        [] if sides().any(|layers| layers.endpoint.is_some()) => request.path != NetworkPath::Direct,
        [] => true,
        paths => paths.contains(&request.path),
    };
    let known = claim
        .states
        .iter()
        .all(|(key, state)| request.context.stated(key).unwrap_or(&KeyState::Absent) == state);
    let owner = region.resource_account.is_none() || region.resource_account == request.resource_account;
    principal
        && path
        && known
        && owner
        && (region.actions.is_empty() || region.actions.iter().any(|action| action.matches(&request.action)))
        && (region.resources.is_empty() || region.resources.iter().any(|r| r.matches(&request.resource)))
}
