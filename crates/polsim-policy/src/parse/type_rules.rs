//! What the type of the policy permits in a statement (S1.11, and S1.7.7, S1.7.10, S1.9.1 which depend on it).

use super::principal::{ProviderForm, provider_form};
use super::reader::Reader;
use super::statement::{find, opening};
use crate::{Effect, Element, ElementName, PolicyType, Principal, PrincipalType, ProblemKind};
use polsim_arn::{ActionName, ActionPattern};
use polsim_text::json::Member;
use polsim_text::{Span, Spanned};

/// Services that resource control policies are known to reach (S4.10.3); AWS adds to them. As of 2025.
pub const RCP_SERVICES: [&str; 10] = [
    "aoss",
    "cognito-identity",
    "dynamodb",
    "ecr",
    "kms",
    "logs",
    "s3",
    "secretsmanager",
    "sqs",
    "sts",
];

/// The services whose policies and ARNs are S3's.
const S3_SERVICES: [&str; 4] = ["s3", "s3-object-lambda", "s3-outposts", "s3express"];

/// The actions that mean something in a trust policy (S1.11.3).
const TRUST_ACTIONS: [&str; 6] = [
    "sts:assumerole",
    "sts:assumerolewithsaml",
    "sts:assumerolewithwebidentity",
    "sts:tagsession",
    "sts:setsourceidentity",
    "sts:setcontext",
];

type Actions = Element<Vec<Spanned<ActionPattern>>>;
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

    fn principal_presence(&mut self, span: Span, members: &[Member], effect: Option<Spanned<Effect>>) {
        let policy_type = self.policy_type;
        let (plain, negated) = (
            find(members, ElementName::Principal),
            find(members, ElementName::NotPrincipal),
        );
        if !policy_type.has_principal() {
            for member in plain.into_iter().chain(negated) {
                self.problem(ProblemKind::PrincipalNotAllowed(policy_type), member.key.span);
            }
            return;
        }
        if plain.is_none() && negated.is_none() {
            self.problem(ProblemKind::MissingPrincipal(policy_type), opening(span));
        }
        let Some(negated) = negated else { return };
        if matches!(policy_type, PolicyType::Trust | PolicyType::Rcp) {
            self.problem(ProblemKind::NotPrincipalNotAllowed(policy_type), negated.key.span);
        } else if let Some(effect) = effect.filter(|effect| effect.value == Effect::Allow) {
            self.problem_with(
                ProblemKind::NotPrincipalWithAllow,
                negated.key.span,
                effect.span,
                "the statement allows",
            );
        }
    }

    fn resource_presence(&mut self, span: Span, members: &[Member], action: Option<&Actions>) {
        let (plain, negated) = (
            find(members, ElementName::Resource),
            find(members, ElementName::NotResource),
        );
        if self.policy_type == PolicyType::Trust {
            for (element, member) in [
                (ElementName::Resource, plain),
                (ElementName::NotResource, negated),
            ] {
                if let Some(member) = member {
                    self.problem(ProblemKind::TrustResource(element), member.key.span);
                }
            }
            return;
        }
        let required = match self.policy_type {
            // Other services than S3 and KMS take a missing element for the attached resource; which service it is
            // only the actions tell, and without such evidence the statement gets the benefit of the doubt.
            PolicyType::Resource => action.is_some_and(|action| {
                let bucket_or_key = |service| S3_SERVICES.contains(&service) || service == "kms";
                !action.is_negated()
                    && action
                        .listed()
                        .iter()
                        .filter_map(|action| action.value.service())
                        .any(bucket_or_key)
            }),
            _ => true,
        };
        if required && plain.is_none() && negated.is_none() {
            self.problem(ProblemKind::MissingResource, opening(span));
        }
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
                    self.problem(
                        ProblemKind::RcpService {
                            service: service.to_owned(),
                        },
                        pattern.span,
                    );
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
        for entry in entries
            .iter()
            .filter(|entry| entry.principal_type == PrincipalType::Aws)
        {
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
        let trust_actions: Vec<ActionName> = TRUST_ACTIONS
            .iter()
            .filter_map(|name| ActionName::parse(name).ok())
            .collect();
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
        for entry in entries
            .iter()
            .filter(|entry| !is_s3 && entry.principal_type == PrincipalType::CanonicalUser)
        {
            self.problem(ProblemKind::CanonicalUserOutsideS3, entry.value.span);
        }
    }
}

/// Whether a resource can match an access point or its objects. Wildcards and short forms are left alone.
fn could_be_access_point(resource: &str) -> bool {
    let mut fields = resource.splitn(6, ':').skip(2);
    let (Some(service), Some(name)) = (fields.next(), fields.nth(2)) else {
        return true;
    };
    let word = name.split(['/', ':', '*', '?']).next().unwrap_or("");
    let is_prefix_of_word = "accesspoint".starts_with(word) && name.starts_with(&format!("{word}*"));
    let of_outposts = service == "s3-outposts" && word == "outpost";
    (service.contains(['*', '?']) || S3_SERVICES.contains(&service))
        && (word == "accesspoint" || is_prefix_of_word || of_outposts || name.starts_with(['*', '?']))
}
