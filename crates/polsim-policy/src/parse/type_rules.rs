//! What the type of the policy permits in a statement (S1.11, and S1.7.10 which depends on it).

use super::principal_value::{ProviderForm, provider_form};
use super::reader::Reader;
use super::resource::{S3_SERVICES, could_be_access_point};
use super::statement::find;
use crate::{Effect, Element, ElementName, PolicyType, Principal, PrincipalType, ProblemKind};
use polsim_arn::{ActionName, ActionPattern};
use polsim_text::json::Member;
use polsim_text::{Span, Spanned};

/// Services that resource control policies are known to reach (S4.10.3); AWS adds to them. As of 2025.
pub const RCP_SERVICES: [&str; 10] =
    ["aoss", "cognito-identity", "dynamodb", "ecr", "kms", "logs", "s3", "secretsmanager", "sqs", "sts"];

/// The actions that mean something in a trust policy (S1.11.3).
const TRUST_ACTIONS: [&str; 6] = [
    "sts:assumerole",
    "sts:assumerolewithsaml",
    "sts:assumerolewithwebidentity",
    "sts:tagsession",
    "sts:setsourceidentity",
    "sts:setcontext",
];

pub(super) type Actions = Element<Vec<Spanned<ActionPattern>>>;
type Resources = Element<Vec<Spanned<String>>>;

impl Reader<'_> {
    /// Holds a statement against the row of its type. What could not be read is `None` and was reported.
    pub(super) fn type_rules(
        &mut self,
        span: Span,
        members: &[Member],
        effect: Option<Spanned<Effect>>,
        principal: Option<&Element<Principal>>,
        action: Option<&Actions>,
        resource: Option<&Resources>,
    ) {
        self.principal_presence(span, members, effect);
        self.resource_presence(span, members, action);
        let actions = action.map_or(&[][..], |action| action.listed().as_slice());
        match self.policy_type {
            PolicyType::Rcp => self.rcp(members, effect, principal, action),
            PolicyType::Trust => self.trust(principal, actions),
            PolicyType::Endpoint => self.endpoint(principal),
            PolicyType::AccessPoint => self.access_point(resource),
            PolicyType::Kms => self.kms(resource),
            _ => {}
        }
        self.canonical_users(principal, actions, resource);
    }

    fn rcp(
        &mut self,
        members: &[Member],
        effect: Option<Spanned<Effect>>,
        principal: Option<&Element<Principal>>,
        action: Option<&Actions>,
    ) {
        if let Some(effect) = effect.filter(|effect| effect.value == Effect::Allow) {
            self.problem(ProblemKind::RcpAllow, effect.span);
        }
        if let Some(Element::Is(listed)) = principal
            && listed.value != Principal::Everyone
        {
            self.problem(ProblemKind::RcpPrincipal, listed.span);
        }
        if let Some(member) = find(members, ElementName::NotAction) {
            self.problem(ProblemKind::RcpNotAction, member.key.span);
        }
        let Some(Element::Is(actions)) = action else {
            return;
        };
        for pattern in &actions.value {
            match pattern.value.service() {
                None => self.problem(ProblemKind::RcpAnyAction, pattern.span),
                Some(service) if !RCP_SERVICES.contains(&service) => {
                    self.problem(ProblemKind::RcpService { service: service.to_owned() }, pattern.span);
                }
                Some(_) => {}
            }
        }
    }

    fn trust(&mut self, principal: Option<&Element<Principal>>, actions: &[Spanned<ActionPattern>]) {
        let Some(Element::Is(principal)) = principal else {
            return;
        };
        let entries = match &principal.value {
            Principal::Everyone => {
                self.problem(ProblemKind::TrustEveryone, principal.span);
                &[]
            }
            Principal::Entries(entries) => entries.as_slice(),
        };
        for entry in entries.iter().filter(|entry| entry.principal_type == PrincipalType::Aws) {
            if entry.value.value == "*" {
                self.problem(ProblemKind::TrustEveryone, entry.value.span);
            }
        }
        let has = |form: ProviderForm| {
            entries.iter().any(|entry| {
                entry.principal_type == PrincipalType::Federated && provider_form(&entry.value.value) == form
            })
        };
        let (saml, oidc) = (has(ProviderForm::Saml), has(ProviderForm::Oidc));
        let trust_actions: Vec<ActionName> =
            TRUST_ACTIONS.iter().filter_map(|name| ActionName::parse(name).ok()).collect();
        for action in actions {
            let name = action.value.folded();
            let means_something = trust_actions.iter().any(|known| action.value.matches(known));
            if !means_something {
                self.problem(ProblemKind::TrustAction, action.span);
            }
            let mismatch = match name {
                "sts:assumerolewithsaml" => oidc && !saml,
                "sts:assumerolewithwebidentity" => saml && !oidc,
                _ => false,
            };
            if mismatch {
                self.problem_with(
                    ProblemKind::TrustActionMismatch,
                    action.span,
                    principal.span,
                    "for this provider",
                );
            }
        }
    }

    fn endpoint(&mut self, principal: Option<&Element<Principal>>) {
        if let Some(Element::Is(principal)) = principal
            && let Principal::Entries(entries) = &principal.value
        {
            let everyone = |entry: &&crate::PrincipalEntry| {
                entry.principal_type == PrincipalType::Aws && entry.value.value == "*"
            };
            for entry in entries.iter().filter(|entry| !everyone(entry)) {
                self.problem(ProblemKind::EndpointPrincipal, entry.value.span);
            }
        }
    }

    fn access_point(&mut self, resource: Option<&Resources>) {
        for entry in resource.into_iter().flat_map(|resource| resource.listed()) {
            if !could_be_access_point(&entry.value) {
                self.problem(ProblemKind::AccessPointResource, entry.span);
            }
        }
    }

    fn kms(&mut self, resource: Option<&Resources>) {
        if let Some(Element::Is(resource)) = resource
            && let Some(entry) = resource.value.iter().find(|entry| entry.value != "*")
        {
            self.problem(ProblemKind::KmsResource, entry.span);
        }
    }

    /// `CanonicalUser` belongs to S3 (S1.7.10). Whether a resource or endpoint policy is one of S3 only its actions
    /// and resources tell; without evidence it gets the benefit of the doubt.
    fn canonical_users(
        &mut self,
        principal: Option<&Element<Principal>>,
        actions: &[Spanned<ActionPattern>],
        resource: Option<&Resources>,
    ) {
        let Some(Principal::Entries(entries)) = principal.map(Element::listed) else {
            return;
        };
        let is_s3 = match self.policy_type {
            PolicyType::AccessPoint => true,
            PolicyType::Resource | PolicyType::Endpoint => {
                let of_actions = actions.iter().filter_map(|action| action.value.service());
                let of_resources = resource
                    .into_iter()
                    .flat_map(|resource| resource.listed())
                    .filter_map(|entry| entry.value.split(':').nth(2));
                let mut services = of_actions.chain(of_resources).peekable();
                services.peek().is_none() || services.any(|service| S3_SERVICES.contains(&service))
            }
            _ => false,
        };
        for entry in
            entries.iter().filter(|entry| !is_s3 && entry.principal_type == PrincipalType::CanonicalUser)
        {
            self.problem(ProblemKind::CanonicalUserOutsideS3, entry.value.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::testing::{S3, Short, invalid, policy, problems, read, short};
    use crate::{PolicyType, Severity};

    fn of(policy_type: PolicyType, members: &str) -> Vec<Short> {
        problems(policy_type, &policy(&[members]))
    }

    fn is_invalid(policy_type: PolicyType, members: &str) -> bool {
        read(policy_type, &policy(&[members])).single().is_none()
    }

    #[test]
    fn s1_11_the_table() {
        use PolicyType::{
            AccessPoint, Boundary, Endpoint, Identity, Kms, Rcp, Resource, Scp, Session, Trust,
        };
        let access_point = "arn:aws:s3:eu-west-1:111111111111:accesspoint/a/object/*";
        for policy_type in PolicyType::ALL {
            let (action, resource) = match policy_type {
                Trust => ("sts:AssumeRole", None),
                AccessPoint => ("s3:*", Some(access_point)),
                Kms => ("kms:*", Some("*")),
                _ => ("s3:*", Some("arn:aws:s3:::b")),
            };
            let resource = |element: &str| {
                resource.map_or(String::new(), |resource| format!(r#", "{element}": "{resource}""#))
            };
            let principal = if policy_type.has_principal() { r#""Principal": "*", "# } else { "" };
            let not_principal = r#""NotPrincipal": {"AWS": "111111111111"}, "#;
            let condition = r#", "Condition": {"Bool": {"aws:SecureTransport": "true"}}"#;
            let statement = |effect: &str, principal: &str, action_element: &str, rest: &str| {
                format!(r#"{principal}"Effect": "{effect}", "{action_element}": "{action}"{rest}"#)
            };
            let plain = resource("Resource");
            let lawful = |members: String| !is_invalid(policy_type, &members);
            let check = |what: &str, found: bool, expected: bool| {
                assert_eq!(found, expected, "{policy_type}: {what}")
            };

            check("plain Deny", lawful(statement("Deny", principal, "Action", &plain)), true);
            check("Allow", lawful(statement("Allow", principal, "Action", &plain)), policy_type != Rcp);
            let conditional = statement("Deny", principal, "Action", &format!("{plain}{condition}"));
            check("Condition", lawful(conditional), true);
            let without = statement("Deny", "", "Action", &plain);
            check(
                "no principal",
                lawful(without),
                matches!(policy_type, Identity | Boundary | Session | Scp),
            );
            let named = statement("Deny", r#""Principal": {"AWS": "111111111111"}, "#, "Action", &plain);
            check("named principal", lawful(named), policy_type.has_principal() && policy_type != Rcp);
            let takes_negated = matches!(policy_type, Resource | Kms | AccessPoint | Endpoint);
            let negated = |effect| statement(effect, not_principal, "Action", &plain);
            check("NotPrincipal with Deny", lawful(negated("Deny")), takes_negated);
            check("NotPrincipal with Allow", lawful(negated("Allow")), false);
            check("NotAction", lawful(statement("Deny", principal, "NotAction", &plain)), policy_type != Rcp);
            let not_resource = statement("Deny", principal, "Action", &resource("NotResource"));
            check("NotResource", lawful(not_resource), true);
            check("no resource", lawful(statement("Deny", principal, "Action", "")), policy_type == Trust);
        }
    }

    #[test]
    fn s1_11_codes_of_the_table() {
        let principal = format!(r#""Effect": "Deny", "Principal": "*", {S3}"#);
        assert_eq!(of(PolicyType::Identity, &principal), invalid("PRN003", "S1.11", "\"Principal\""));
        assert_eq!(of(PolicyType::Scp, &principal), invalid("ORG001", "S1.11", "\"Principal\""));
        let none = format!(r#""Effect": "Deny", {S3}"#);
        assert_eq!(of(PolicyType::Resource, &none), invalid("SYN009", "S1.11", "{"));
        let rcp = format!(r#""Effect": "Deny", "Principal": {{"AWS": "*"}}, {S3}"#);
        assert_eq!(of(PolicyType::Rcp, &rcp), invalid("ORG003", "S1.11", "{\"AWS\": \"*\"}"));
        let not_action = r#""Effect": "Deny", "Principal": "*", "NotAction": "s3:*", "Resource": "*""#;
        assert_eq!(of(PolicyType::Rcp, not_action), invalid("ORG005", "S1.11", "\"NotAction\""));
    }

    #[test]
    fn s1_11_an_rcp_has_the_new_version() {
        let statement = format!(r#"{{"Effect": "Deny", "Principal": "*", {S3}}}"#);
        for version in ["", r#""Version": "2008-10-17", "#] {
            let text = format!(r#"{{{version}"Statement": {statement}}}"#);
            let found = problems(PolicyType::Rcp, &text);
            assert_eq!((found.len(), found[0].0, found[0].1), (1, "ORG200", "S1.11"), "{found:?}");
        }
    }

    #[test]
    fn s1_7_10_canonical_users_belong_to_s3() {
        let id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
        let members = |action: &str, resource: &str| {
            format!(
                r#""Effect": "Allow", "Principal": {{"CanonicalUser": "{id}"}}, "Action": "{action}", "Resource": "{resource}""#
            )
        };
        assert_eq!(of(PolicyType::Resource, &members("s3:*", "*")), []);
        assert_eq!(of(PolicyType::Resource, &members("*", "arn:aws:s3:::b")), []);
        let found = of(PolicyType::Resource, &members("sqs:*", "arn:aws:sqs:eu-west-1:111111111111:q"));
        assert_eq!(found, invalid("PRN202", "S1.7.10", &format!("\"{id}\"")));
        let found = of(PolicyType::Kms, &members("kms:*", "*"));
        assert_eq!(found, invalid("PRN202", "S1.7.10", &format!("\"{id}\"")));
    }

    #[test]
    fn s1_11_1_no_customer_writes_an_rcp_that_allows() {
        let full = r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*""#;
        assert_eq!(of(PolicyType::Rcp, full), invalid("ORG004", "S1.11.1", "\"Allow\""));
    }

    #[test]
    fn s1_11_2_the_actions_of_an_rcp_name_a_service_that_has_them() {
        let with = |action: &str| {
            format!(r#""Effect": "Deny", "Principal": "*", "Action": ["s3:*", "{action}"], "Resource": "*""#)
        };
        assert_eq!(of(PolicyType::Rcp, &with("*")), invalid("ORG006", "S1.11.2", "\"*\""));
        assert_eq!(of(PolicyType::Rcp, &with("*:*")), invalid("ORG006", "S1.11.2", "\"*:*\""));
        let found = of(PolicyType::Rcp, &with("EC2:RunInstances"));
        assert_eq!(found, short("ORG201", "S1.11.2", Severity::Warning, "\"EC2:RunInstances\""));
    }

    #[test]
    fn s1_11_3_the_actions_of_a_trust_policy() {
        let with = |principal: &str, action: &str| {
            of(
                PolicyType::Trust,
                &format!(r#""Effect": "Allow", "Principal": {principal}, "Action": "{action}""#),
            )
        };
        let account = r#"{"AWS": "111111111111"}"#;
        for good in ["sts:AssumeRole", "sts:setcontext", "sts:*", "*", "sts:Tag*"] {
            assert_eq!(with(account, good), [], "{good}");
        }
        for odd in ["sts:GetCallerIdentity", "s3:*", "sts:Get*"] {
            let expected = short("TRU200", "S1.11.3", Severity::Warning, &format!("\"{odd}\""));
            assert_eq!(with(account, odd), expected);
        }
        let saml = r#"{"Federated": "arn:aws:iam::111111111111:saml-provider/corp"}"#;
        let oidc = r#"{"Federated": "accounts.google.com"}"#;
        assert_eq!(with(saml, "sts:AssumeRoleWithSAML"), []);
        assert_eq!(with(oidc, "sts:AssumeRoleWithWebIdentity"), []);
        for (principal, action) in [(saml, "sts:AssumeRoleWithWebIdentity"), (oidc, "sts:assumerolewithsaml")]
        {
            let expected = short("TRU005", "S1.11.3", Severity::Error, &format!("\"{action}\""));
            assert_eq!(with(principal, action), expected);
        }
    }

    #[test]
    fn s1_11_4_a_role_for_everyone_is_lawful() {
        for (principal, under) in [("\"*\"", "\"*\""), (r#"{"AWS": "*"}"#, "\"*\"")] {
            let members =
                format!(r#""Effect": "Allow", "Principal": {principal}, "Action": "sts:AssumeRole""#);
            let found = of(PolicyType::Trust, &members);
            assert_eq!(found, short("TRU003", "S1.11.4", Severity::Warning, under));
        }
    }

    #[test]
    fn s1_11_6_gateway_endpoints_know_everyone_only() {
        for (principal, is_fine) in
            [("\"*\"", true), (r#"{"AWS": "*"}"#, true), (r#"{"AWS": "111111111111"}"#, false)]
        {
            let found =
                of(PolicyType::Endpoint, &format!(r#""Effect": "Allow", "Principal": {principal}, {S3}"#));
            let expected = short("VPE003", "S1.11.6", Severity::Warning, "\"111111111111\"");
            assert_eq!(found, if is_fine { Vec::new() } else { expected });
        }
    }

    #[test]
    fn s1_11_the_resources_of_an_access_point() {
        let with = |resource: &str| {
            let members =
                format!(r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "{resource}""#);
            of(PolicyType::AccessPoint, &members)
        };
        for good in [
            "arn:aws:s3:eu-west-1:111111111111:accesspoint/a",
            "arn:aws:s3:*:*:accesspoint/*",
            "arn:aws:s3:::accesspoint*",
            "arn:aws:s3:*:111111111111:*",
            "arn:aws:s3-object-lambda:eu-west-1:111111111111:accesspoint/a",
            "arn:aws:s3-outposts:eu-west-1:111111111111:outpost/op-1/accesspoint/a",
            "arn:aws:s3::111111111111:accesspoint/abc.mrap/object/*",
            "*",
        ] {
            assert_eq!(with(good), [], "{good}");
        }
        for bad in ["arn:aws:s3:::bucket/*", "arn:aws:sqs:eu-west-1:111111111111:accesspoint"] {
            assert_eq!(with(bad), invalid("ARN001", "S1.11", &format!("\"{bad}\"")));
        }
    }

    #[test]
    fn s1_11_a_key_policy_speaks_of_its_key() {
        let members = |resource: &str| {
            format!(r#""Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "{resource}""#)
        };
        assert_eq!(of(PolicyType::Kms, &members("*")), []);
        let found = of(PolicyType::Kms, &members("arn:aws:kms:*:*:key/*"));
        assert_eq!(found, short("ARN200", "S1.11", Severity::Suggestion, "\"arn:aws:kms:*:*:key/*\""));
    }
}
