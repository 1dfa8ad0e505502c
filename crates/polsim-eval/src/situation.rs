//! What of a request decides which layers count and how they combine: the finite part of the law (S4.3).

use crate::fold::Truth;
use crate::layers::{Layers, ResourceKind};
use crate::request::{KeyState, NetworkPath, PrincipalKind, Request};
use polsim_arn::{ActionName, Arn};
use polsim_policy::{ConditionKey, RCP_SERVICES};

/// The finite part of a request and its layers. Requests of one situation are decided by one [`Chain`](crate::Chain).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Situation {
    /// The kind of the principal.
    pub kind: PrincipalKind,
    /// Whether principal and resource are in one account (S4.1.3).
    pub accounts: Accounts,
    /// Which rules the resource follows.
    pub family: Family,
    /// The way of the request.
    pub path: NetworkPath,
    /// Whether a request through an access point (S4.17.6).
    pub access_point: bool,
    /// Whether the principal is bound by service control policies, and by how many levels.
    pub scp_levels: u8,
    /// By how many levels of resource control policies the resource is bound.
    pub rcp_levels: u8,
    /// Whether these levels bind the service only by one reading (A35).
    pub rcp_service_is_unlisted: bool,
    /// Whether an endpoint policy is in the way.
    pub has_endpoint_policy: bool,
    /// Whether the principal has a permissions boundary.
    pub has_boundary: bool,
    /// Whether session policies were passed.
    pub has_session: bool,
    /// Whether Denies of the resource policy do not bind: the root user mends its bucket policy (S4.12.3).
    pub escapes_bucket_policy: bool,
    /// Whether the access point takes requests of one VPC only, and this is none of them (S4.17.6); open when it
    /// depends on keys that are.
    pub is_outside_access_point_vpc: Truth,
    /// Whether Block Public Access turns the request away once all policies allow it (S4.17.1).
    pub is_blocked_as_public: bool,
}

/// Whether two accounts are one, and two partitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Accounts {
    /// The principal's account owns the resource.
    Same,
    /// Another account does.
    Cross,
    /// Another account in another partition does (S2.6.2).
    OtherPartition,
}

/// Which rules the resource follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// S4.4–S4.6.
    Ordinary,
    /// A role that is to be assumed (S4.15).
    Trust,
    /// A KMS key (S4.16).
    KmsKey,
    /// Nothing has to allow it (S4.15.12).
    NeedsNoPermission,
}

const ASSUME_ACTIONS: [&str; 6] = [
    "sts:assumerole",
    "sts:assumerolewithsaml",
    "sts:assumerolewithwebidentity",
    "sts:tagsession",
    "sts:setsourceidentity",
    "sts:setcontext",
];

const BUCKET_POLICY_ACTIONS: [&str; 3] =
    ["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"];

/// Actions, in lower case, that no permission is needed for (S4.15.12).
const OPEN_ACTIONS: [&str; 2] = ["sts:getcalleridentity", "sts:getsessiontoken"];

/// The action that resource control policies do not bind (S4.10.6).
const RETIRE_GRANT: &str = "kms:retiregrant";

/// The services with a rule of their own about public access (S4.17.1).
const PUBLIC_ACCESS_SERVICES: [&str; 2] = ["s3", "s3express"];

/// The resources with a [`Family`] of their own: the service, and how the last part of the ARN begins.
const FAMILY_RESOURCES: [(&str, &str); 2] = [("iam", "role/"), ("kms", "key/")];

impl Situation {
    /// The actions, in lower case, that tell situations apart. All other actions of a service are alike.
    pub fn landmark_actions() -> impl Iterator<Item = &'static str> {
        ASSUME_ACTIONS.into_iter().chain(BUCKET_POLICY_ACTIONS).chain(OPEN_ACTIONS).chain([RETIRE_GRANT])
    }

    /// The services of actions that tell situations apart. All other services are alike.
    pub fn landmark_services() -> impl Iterator<Item = &'static str> {
        RCP_SERVICES.iter().copied().chain(PUBLIC_ACCESS_SERVICES)
    }

    /// The resources that tell situations apart: the service, and how the last part of the ARN begins.
    pub fn landmark_resources() -> impl Iterator<Item = (&'static str, &'static str)> {
        FAMILY_RESOURCES.into_iter()
    }

    /// The situation of a request. `has_public_policy` says whether the policy of the resource or of the access point is
    /// public in the sense of S4.17.2.
    #[must_use]
    pub fn of(request: &Request, layers: &Layers, has_public_policy: bool) -> Self {
        let principal = &request.principal;
        let kind = principal.kind;
        let accounts = accounts(request);
        let action = request.action.folded();
        let service = request.action.service();
        let is_service_linked = kind == PrincipalKind::RoleSession && principal.is_service_linked;
        let scps = layers
            .scps
            .as_deref()
            .filter(|_| kind.is_bound_by_scps() && !principal.in_management_account && !is_service_linked);
        let exempt = request.resource_in_management_account || is_service_linked || action == RETIRE_GRANT;
        let rcps = layers.rcps.as_deref().filter(|_| !exempt);
        let restricts = (service == "s3" && layers.restrict_public_buckets) || service == "s3express";
        let is_owner =
            kind == PrincipalKind::Service || (principal.account().is_some() && accounts == Accounts::Same);
        Self {
            kind,
            accounts,
            family: family(request, layers),
            path: request.path,
            access_point: request.underlying_resource.is_some(),
            scp_levels: scps.map_or(0, count),
            rcp_levels: rcps.map_or(0, count),
            rcp_service_is_unlisted: !RCP_SERVICES.contains(&service),
            has_endpoint_policy: request.path != NetworkPath::Direct && layers.endpoint.is_some(),
            has_boundary: layers.boundary.is_some() && kind.has_identity_policies(),
            has_session: layers.session.is_some(),
            escapes_bucket_policy: layers.root_bucket_policy_escape
                && kind == PrincipalKind::Root
                && accounts == Accounts::Same
                && BUCKET_POLICY_ACTIONS.contains(&action),
            is_outside_access_point_vpc: is_outside_access_point_vpc(request),
            is_blocked_as_public: restricts && has_public_policy && !is_owner,
        }
    }
}

fn count(levels: &[Vec<crate::PolicyId>]) -> u8 {
    u8::try_from(levels.len()).unwrap_or(u8::MAX)
}

fn accounts(request: &Request) -> Accounts {
    let resource = Arn::parse(&request.resource);
    let partitions = (request.principal.partition(), resource.map(|arn| arn.partition));
    if matches!(partitions, (Some(principal), Some(resource)) if principal != resource) {
        return Accounts::OtherPartition;
    }
    match (request.principal.account(), request.resource_account.as_deref()) {
        (Some(principal), Some(owner)) if principal != owner => Accounts::Cross,
        _ => Accounts::Same,
    }
}

/// Whether an action on a resource is about assuming a role. Its trust policy is asked then, whether one is given or not
/// (S4.15.3).
#[must_use]
pub fn assumes_role(action: &ActionName, resource: &str) -> bool {
    let is_role =
        Arn::parse(resource).is_some_and(|arn| arn.service == "iam" && arn.resource.starts_with("role/"));
    is_role && ASSUME_ACTIONS.contains(&action.folded())
}

fn family(request: &Request, layers: &Layers) -> Family {
    let action = request.action.folded();
    let is_signed = !matches!(
        request.principal.kind,
        PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc
    );
    if is_signed && OPEN_ACTIONS.contains(&action) {
        return Family::NeedsNoPermission;
    }
    let arn = Arn::parse(&request.resource);
    let names =
        |service: &str, kind: &str| arn.is_some_and(|a| a.service == service && a.resource.starts_with(kind));
    if layers.resource_kind == ResourceKind::Trust || assumes_role(&request.action, &request.resource) {
        return Family::Trust;
    }
    // S4.16.7: aliases and actions without a key follow the ordinary rules.
    if names("kms", "key/") { Family::KmsKey } else { Family::Ordinary }
}

/// S4.17.6. Without knowing the VPC of the access point, only a request from no VPC is known to be turned away. The
/// origin is a property of the access point: where a context says nothing of it, the access point is open to the Internet.
fn is_outside_access_point_vpc(request: &Request) -> Truth {
    let key = |name| ConditionKey::new(name);
    let origin = key("s3:AccessPointNetworkOrigin");
    let by_origin = match origin.and_then(|key| request.context.stated(&key)) {
        None => Truth::No,
        Some(_) if request.underlying_resource.is_none() => Truth::No,
        Some(KeyState::Open) => Truth::Open,
        Some(origin) => (origin.values() == ["VPC"]).into(),
    };
    let source = key("aws:SourceVpc");
    let source = source.map_or(&KeyState::Absent, |key| request.context.get(&key));
    let by_source = match (source, request.access_point_vpc.as_deref()) {
        (KeyState::Open, _) => Truth::Open,
        (KeyState::Absent, _) => Truth::Yes,
        (source, Some(own)) => (source.values() != [own]).into(),
        (KeyState::One(_) | KeyState::List(_), None) => Truth::No,
    };
    Truth::all([by_origin, by_source])
}
