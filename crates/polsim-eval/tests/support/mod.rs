//! From the oracle's cases to ours, for the tests that hold one against the other.

use polsim_eval as eval;
use polsim_oracle as oracle;
use polsim_policy::ConditionKey;

pub(crate) fn layers(case: &oracle::Case, model: &mut eval::Model) -> eval::Layers {
    let policies = &case.policies;
    let mut all = |list: &[polsim_policy::Policy]| list.iter().map(|p| model.add(p)).collect::<Vec<_>>();
    eval::Layers {
        identity: all(&policies.identity),
        boundary: policies.boundary.as_deref().map(&mut all),
        session: policies.session.as_deref().map(&mut all),
        scps: policies.scp.as_deref().map(|levels| levels.iter().map(|level| all(level)).collect()),
        rcps: policies.rcp.as_deref().map(|levels| levels.iter().map(|level| all(level)).collect()),
        resource: policies.resource.as_slice().first().map(|p| all(std::slice::from_ref(p))[0]),
        resource_kind: match policies.resource_kind {
            oracle::ResourceKind::Resource => eval::ResourceKind::Ordinary,
            oracle::ResourceKind::Trust => eval::ResourceKind::Trust,
            oracle::ResourceKind::Kms => eval::ResourceKind::Kms,
        },
        access_point: policies.accesspoint.as_slice().first().map(|p| all(std::slice::from_ref(p))[0]),
        endpoint: policies.endpoint.as_slice().first().map(|p| all(std::slice::from_ref(p))[0]),
        restrict_public_buckets: case.settings.bpa_restrict_public_buckets,
        root_bucket_policy_escape: case.settings.root_bucket_policy_escape,
    }
}

pub(crate) fn request(from: &oracle::Request) -> Result<eval::Request, String> {
    let mut context = eval::Context::default();
    for (key, value) in &from.context {
        let key = ConditionKey::new(key).ok_or("no key")?;
        let state = match value {
            oracle::Value::One(text) => eval::KeyState::One(text.clone()),
            oracle::Value::Many(texts) => eval::KeyState::List(texts.clone()),
        };
        context.state(key, state).map_err(|error| error.to_string())?;
    }
    let who = &from.principal;
    let kind = match who.kind {
        oracle::PrincipalKind::User => eval::PrincipalKind::User,
        oracle::PrincipalKind::RoleSession => eval::PrincipalKind::RoleSession,
        oracle::PrincipalKind::FederatedUser => eval::PrincipalKind::FederatedUser,
        oracle::PrincipalKind::Root => eval::PrincipalKind::Root,
        oracle::PrincipalKind::Service => eval::PrincipalKind::Service,
        oracle::PrincipalKind::Saml => eval::PrincipalKind::Saml,
        oracle::PrincipalKind::Oidc => eval::PrincipalKind::Oidc,
        oracle::PrincipalKind::Anonymous => eval::PrincipalKind::Anonymous,
    };
    let role = who.role_arn.as_deref().unwrap_or("");
    let mut principal = eval::Principal::new(kind, who.arn.as_deref());
    principal.issuer_arn = who.role_arn.clone().or_else(|| who.user_arn.clone());
    principal.unique_id = who.unique_id.clone();
    principal.canonical_id = who.canonical_id.clone();
    principal.in_management_account = who.mgmt;
    principal.is_service_linked = who.slr || role.contains(":role/aws-service-role/");
    Ok(eval::Request {
        principal,
        action: polsim_arn::ActionName::parse(&from.action).map_err(|error| error.to_string())?,
        resource: from.resource.clone(),
        underlying_resource: from.underlying_resource.clone(),
        access_point_vpc: from.accesspoint_vpc.clone(),
        resource_account: Some(from.resource_account.clone()),
        resource_in_management_account: from.resource_mgmt,
        path: match from.via_endpoint {
            None => eval::NetworkPath::Direct,
            Some(oracle::EndpointKind::Gateway) => eval::NetworkPath::Gateway,
            Some(oracle::EndpointKind::Interface) => eval::NetworkPath::Interface,
        },
        context,
    })
}
