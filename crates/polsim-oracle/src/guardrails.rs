//! The guardrails of S4.18: RCP, SCP and endpoint policy. They grant nothing (S4.9.4, S4.11.1).

use crate::arn::segment;
use crate::attribution::Causes;
use crate::chain::Chain;
use crate::principal::Class;
use crate::statement::Answer;
use crate::{EndpointKind, InterfacePrincipals, PrincipalKind, action};
use polsim_policy::{Element, Principal, PrincipalType, Statement};

impl Chain<'_> {
    /// S4.10: every level contains `RCPFullAWSAccess`, so that only Deny counts (S4.10.2).
    pub(crate) fn rcp(&self, causes: &mut Causes) {
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
    pub(crate) fn scp(&self, causes: &mut Causes) {
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
    pub(crate) fn endpoint(&self, causes: &mut Causes) {
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
                    answer.allow.remove(&Class::Account);
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
