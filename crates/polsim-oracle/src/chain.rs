//! `decide`: the pseudo-code of S4.18, part by part.

use crate::arn::{partition, segment};
use crate::attribution::Causes;
use crate::core_grant::{Core, Family, both_allow};
use crate::derive::{account, derive};
use crate::statement::{Answer, Facts, NotPrincipalRule};
use crate::{Case, Context, Decision, InputError, PrincipalKind, ResourceKind, input};
use polsim_policy::Policy;

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
    Ok(Chain { case: &case, context: &context }.causes().decision())
}

/// A25: of the keys that are equal ignoring case, the last stays.
fn keep_last_of_equal_keys(context: &mut Context) {
    let all: Vec<String> = context.keys().cloned().collect();
    for (at, key) in all.iter().enumerate() {
        if all.iter().skip(at + 1).any(|later| later.eq_ignore_ascii_case(key)) {
            context.remove(key);
        }
    }
}

/// A case whose context is complete.
pub(crate) struct Chain<'a> {
    pub(crate) case: &'a Case,
    pub(crate) context: &'a Context,
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
        let unsigned =
            matches!(self.kind(), PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc);
        !unsigned && ["sts:getcalleridentity", "sts:getsessiontoken"].contains(&action.as_str())
    }

    /// S2.6.2; what has no ARN has no partition.
    fn crosses_partitions(&self) -> bool {
        let principal = self.case.request.principal.arn.as_deref().and_then(partition);
        let resource = partition(&self.case.request.resource);
        matches!((principal, resource), (Some(principal), Some(resource)) if principal != resource)
    }

    /// The core of S4.18.
    fn core(&self, causes: &mut Causes) {
        let request = &self.case.request;
        let policies = &self.case.policies;
        let (resource, accesspoint) = self.resource_side();
        let identity = self.principal_layer(Some(&policies.identity));
        let boundary = self.principal_layer(policies.boundary.as_ref());
        let takes_session = matches!(self.kind(), PrincipalKind::RoleSession | PrincipalKind::FederatedUser);
        let passed = policies.session.as_ref().filter(|_| takes_session);
        let session = self.principal_layer(passed);
        for (name, denies) in [
            ("resource", resource.deny),
            ("accesspoint", accesspoint.as_ref().is_some_and(|answer| answer.deny)),
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
            causes.missing.extend(core.missing().into_iter().map(String::from));
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
        (resource, by_accesspoint.then(|| eval(&policies.accesspoint, &request.resource)))
    }

    /// Identity, boundary or session policies, of the kinds that have them (S4.3).
    fn principal_layer(&self, policies: Option<&Vec<Policy>>) -> Answer {
        match policies {
            Some(policies) if self.is_identity_kind() => self.eval(policies, &self.case.request.resource),
            _ => Answer::default(),
        }
    }

    pub(crate) fn eval(&self, policies: &[Policy], resource: &str) -> Answer {
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

    pub(crate) fn kind(&self) -> PrincipalKind {
        self.case.request.principal.kind
    }

    /// The kinds that have identity policies (S4.3).
    pub(crate) fn is_identity_kind(&self) -> bool {
        matches!(self.kind(), PrincipalKind::User | PrincipalKind::RoleSession | PrincipalKind::FederatedUser)
    }
}
