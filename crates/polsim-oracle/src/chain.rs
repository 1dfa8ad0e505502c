//! `decide`: the pseudo-code of S4.18, part by part.

use crate::arn::{partition, segment};
use crate::attribution::Causes;
use crate::bpa::is_public;
use crate::context::lookup;
use crate::core_grant::{Core, Family, both_allow};
use crate::derive::{account, derive};
use crate::statement::{Answer, Facts, NotPrincipalRule};
use crate::{
    Case, Context, Decision, EndpointKind, InputError, InterfacePrincipals, PrincipalKind, ResourceKind,
    Value, action, input,
};
use polsim_policy::{Element, Policy, Principal, PrincipalType, Statement};

/// The verdict on a request and its primary cause.
///
/// # Errors
/// The request is no request; see [`InputError`].
pub fn decide(case: &Case) -> Result<Decision, InputError> {
    let mut case = case.clone();
    input::check(&case)?;
    keep_last_of_equal_keys(&mut case.request.context);
    case.request.principal.account = account(&case.request.principal).map(String::from);
    let context = derive(&case.request)?;
    Ok(Chain {
        case: &case,
        context: &context,
    }
    .causes()
    .decision())
}

/// A25: of the keys that are equal ignoring case, the last stays.
fn keep_last_of_equal_keys(context: &mut Context) {
    let all: Vec<String> = context.keys().cloned().collect();
    for (at, key) in all.iter().enumerate() {
        if all
            .iter()
            .skip(at + 1)
            .any(|later| later.eq_ignore_ascii_case(key))
        {
            context.remove(key);
        }
    }
}

/// A case whose context is complete.
struct Chain<'a> {
    case: &'a Case,
    context: &'a Context,
}

impl Chain<'_> {
    /// S4.18 from the partitions to the end.
    fn causes(&self) -> Causes {
        let mut causes = Causes::default();
        if self.needs_no_permission() {
            return causes;
        }
        if self.crosses_partitions() {
            causes.missing.push("partition".into());
            return causes;
        }
        self.rcp(&mut causes);
        self.scp(&mut causes);
        self.endpoint(&mut causes);
        self.core(&mut causes);
        self.block_public_access(&mut causes);
        causes
    }

    /// S4.15.12, for authenticated callers.
    fn needs_no_permission(&self) -> bool {
        let action = self.case.request.action.to_ascii_lowercase();
        let unsigned = matches!(
            self.kind(),
            PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc
        );
        !unsigned && ["sts:getcalleridentity", "sts:getsessiontoken"].contains(&action.as_str())
    }

    /// S2.6.2; what has no ARN has no partition.
    fn crosses_partitions(&self) -> bool {
        let principal = self.case.request.principal.arn.as_deref().and_then(partition);
        let resource = partition(&self.case.request.resource);
        matches!((principal, resource), (Some(principal), Some(resource)) if principal != resource)
    }

    /// S4.10: every level contains `RCPFullAWSAccess`, so that only Deny counts (S4.10.2).
    fn rcp(&self, causes: &mut Causes) {
        let request = &self.case.request;
        let service = action::service(&request.action);
        let exempt = !self.case.settings.rcp_services.contain(&service)
            || request.resource_mgmt
            || self.is_service_linked()
            || request.action.eq_ignore_ascii_case("kms:RetireGrant");
        if exempt {
            return;
        }
        for (level, policies) in self.case.policies.rcp.iter().flatten().enumerate() {
            if self.eval(policies, &request.resource).deny {
                causes.deny.push(format!("rcp{level}"));
            }
        }
    }

    /// S4.9.
    fn scp(&self, causes: &mut Causes) {
        let bound = self.is_identity_kind() || self.kind() == PrincipalKind::Root;
        if !bound || self.case.request.principal.mgmt || self.is_service_linked() {
            return;
        }
        for (level, policies) in self.case.policies.scp.iter().flatten().enumerate() {
            let answer = self.eval(policies, &self.case.request.resource);
            if answer.deny {
                causes.deny.push(format!("scp{level}"));
            }
            if !answer.allows() {
                causes.missing.push(format!("scp{level}"));
            }
        }
    }

    /// S4.11; for an access point request on the access point and on the bucket (S4.11.10).
    fn endpoint(&self, causes: &mut Causes) {
        let request = &self.case.request;
        let (Some(endpoint), Some(policy)) = (request.via_endpoint, &self.case.policies.endpoint) else {
            return;
        };
        let mut policy = policy.clone();
        let only_star = self.case.settings.readings.interface_principals == InterfacePrincipals::StarOnly;
        if endpoint == EndpointKind::Interface && only_star {
            policy.statements.retain(speaks_of_everyone);
        }
        let policies = [policy];
        let resources = std::iter::once(&request.resource).chain(&request.underlying_resource);
        let answers: Vec<Answer> = resources
            .map(|resource| {
                let mut answer = self.eval(&policies, resource);
                // S4.11.5
                if endpoint == EndpointKind::Gateway {
                    answer.allow.remove(&crate::principal::Class::Account);
                }
                answer
            })
            .collect();
        if answers.iter().any(|answer| answer.deny) {
            causes.deny.push("vpce".into());
        }
        if !answers.iter().all(Answer::allows) {
            causes.missing.push("vpce".into());
        }
    }

    /// The core of S4.18.
    fn core(&self, causes: &mut Causes) {
        let request = &self.case.request;
        let policies = &self.case.policies;
        let (resource, accesspoint) = self.resource_side();
        let identity = self.principal_layer(Some(&policies.identity));
        let boundary = self.principal_layer(policies.boundary.as_ref());
        let takes_session = matches!(
            self.kind(),
            PrincipalKind::RoleSession | PrincipalKind::FederatedUser
        );
        let passed = policies.session.as_ref().filter(|_| takes_session);
        let session = self.principal_layer(passed);
        for (name, denies) in [
            ("resource", resource.deny),
            (
                "accesspoint",
                accesspoint.as_ref().is_some_and(|answer| answer.deny),
            ),
            ("identity", identity.deny),
            ("boundary", boundary.deny),
            ("session", session.deny),
        ] {
            if denies {
                causes.deny.push(name.into());
            }
        }
        if self.is_outside_the_accesspoints_vpc() {
            causes.missing.push("accesspoint".into());
        }
        let core = Core {
            kind: self.kind(),
            same_account: request.principal.account.as_deref() == Some(request.resource_account.as_str()),
            family: self.family(),
            resource: match &accesspoint {
                Some(accesspoint) => both_allow(accesspoint, &resource),
                None => resource.allow,
            },
            identity_allows: identity.allows(),
            boundary_ok: policies.boundary.is_none() || boundary.allows(),
            session_ok: match self.kind() {
                PrincipalKind::RoleSession => passed.is_none() || session.allows(),
                // S4.8.6
                PrincipalKind::FederatedUser => session.allows(),
                _ => true,
            },
            readings: self.case.settings.readings,
        };
        if !core.grants() {
            causes
                .missing
                .extend(core.missing().into_iter().map(String::from));
        }
    }

    /// The resource policy on the resource, or on what is behind the access point; and, for an access point request,
    /// the access point's policy on the access point (S2.3.10, S4.17.6).
    fn resource_side(&self) -> (Answer, Option<Answer>) {
        let request = &self.case.request;
        let policies = &self.case.policies;
        // S2.4.10
        let rule = if policies.boundary.is_some() && self.is_identity_kind() {
            NotPrincipalRule::DenyAlways
        } else {
            NotPrincipalRule::Usual
        };
        let eval = |policy: &Option<Policy>, resource: &str| {
            let policies: Vec<Policy> = policy.iter().cloned().collect();
            self.facts().eval(&policies, resource, rule)
        };
        let behind = request.underlying_resource.as_ref().unwrap_or(&request.resource);
        let mut resource = eval(&policies.resource, behind);
        if self.is_root_at_its_bucket_policy() {
            resource.deny = false;
        }
        let by_accesspoint = request.underlying_resource.is_some();
        (
            resource,
            by_accesspoint.then(|| eval(&policies.accesspoint, &request.resource)),
        )
    }

    /// S4.12.3, behind its switch.
    fn is_root_at_its_bucket_policy(&self) -> bool {
        let request = &self.case.request;
        let action = request.action.to_ascii_lowercase();
        self.case.settings.root_bucket_policy_escape
            && self.kind() == PrincipalKind::Root
            && request.principal.account.as_deref() == Some(request.resource_account.as_str())
            && [
                "s3:getbucketpolicy",
                "s3:putbucketpolicy",
                "s3:deletebucketpolicy",
            ]
            .contains(&action.as_str())
    }

    /// S4.17.6: an access point of network origin VPC takes requests of its VPC only. When its VPC is not known, a request
    /// without `aws:SourceVpc` is from another one for certain.
    fn is_outside_the_accesspoints_vpc(&self) -> bool {
        let request = &self.case.request;
        let value = |key| lookup(self.context, key).map(Value::all);
        let of_a_vpc = value("s3:AccessPointNetworkOrigin") == Some(vec!["VPC".to_string()]);
        let source = value("aws:SourceVpc");
        let other_vpc = match (&source, &request.accesspoint_vpc) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(source), Some(own)) => source.as_slice() != [own.clone()],
        };
        request.underlying_resource.is_some() && of_a_vpc && other_vpc
    }

    /// S4.17.1, S4.17.7; after all policies have allowed.
    fn block_public_access(&self, causes: &mut Causes) {
        let request = &self.case.request;
        let policies = &self.case.policies;
        let restricted = match action::service(&request.action).as_str() {
            "s3" => self.case.settings.bpa_restrict_public_buckets,
            "s3express" => true,
            _ => false,
        };
        let of_owner = request.principal.account.as_deref() == Some(request.resource_account.as_str());
        let passes = self.kind() == PrincipalKind::Service || of_owner;
        let public = policies
            .resource
            .iter()
            .chain(&policies.accesspoint)
            .any(is_public);
        if causes.deny.is_empty() && causes.missing.is_empty() && restricted && public && !passes {
            causes.deny.push("s3-bpa".into());
        }
    }

    /// Identity, boundary or session policies, of the kinds that have them (S4.3).
    fn principal_layer(&self, policies: Option<&Vec<Policy>>) -> Answer {
        match policies {
            Some(policies) if self.is_identity_kind() => self.eval(policies, &self.case.request.resource),
            _ => Answer::default(),
        }
    }

    fn eval(&self, policies: &[Policy], resource: &str) -> Answer {
        self.facts().eval(policies, resource, NotPrincipalRule::Usual)
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            principal: &self.case.request.principal,
            action: &self.case.request.action,
            context: self.context,
            settings: &self.case.settings,
        }
    }

    /// S4.15.1: a trust policy, or the actions that ask one. S4.16, S4.16.7: a key, not an alias and not `*`.
    fn family(&self) -> Family {
        let request = &self.case.request;
        let service = segment(&request.resource, 3);
        let sixth = segment(&request.resource, 6);
        let assumes = [
            "assumerole",
            "assumerolewithsaml",
            "assumerolewithwebidentity",
            "tagsession",
            "setsourceidentity",
            "setcontext",
        ]
        .iter()
        .any(|name| request.action.eq_ignore_ascii_case(&format!("sts:{name}")));
        let is_role = service == "iam" && sixth.starts_with("role/");
        if self.case.policies.resource_kind == ResourceKind::Trust || (assumes && is_role) {
            Family::Trust
        } else if service == "kms" && sixth.starts_with("key/") {
            Family::KmsKey
        } else {
            Family::Ordinary
        }
    }

    fn kind(&self) -> PrincipalKind {
        self.case.request.principal.kind
    }

    /// The kinds that have identity policies (S4.3).
    fn is_identity_kind(&self) -> bool {
        matches!(
            self.kind(),
            PrincipalKind::User | PrincipalKind::RoleSession | PrincipalKind::FederatedUser
        )
    }

    /// S4.12.4.
    fn is_service_linked(&self) -> bool {
        let role = self.case.request.principal.role_arn.as_deref().unwrap_or("");
        let by_path = segment(role, 6).starts_with("role/aws-service-role/");
        self.kind() == PrincipalKind::RoleSession && (self.case.request.principal.slr || by_path)
    }
}

/// A33: `"*"`, or a map with `*` under `AWS`.
fn speaks_of_everyone(statement: &Statement) -> bool {
    match &statement.principal {
        Some(Element::Is(listed)) => match &listed.value {
            Principal::Everyone => true,
            Principal::Entries(entries) => entries
                .iter()
                .any(|entry| entry.principal_type == PrincipalType::Aws && entry.value.value == "*"),
        },
        Some(Element::Not(_)) => false,
        None => true,
    }
}
