//! Which of the elements that depend on the type a statement must have, and which it must not (S1.7.7, S1.9.1, S1.11).

use super::reader::Reader;
use super::resource::S3_SERVICES;
use super::statement::{find, opening};
use super::type_rules::Actions;
use crate::{Effect, ElementName, PolicyType, ProblemKind};
use polsim_text::json::Member;
use polsim_text::{Span, Spanned};

impl Reader<'_> {
    /// Holds `Principal` and `NotPrincipal` against the type, and `NotPrincipal` against the effect.
    pub(super) fn principal_presence(
        &mut self,
        span: Span,
        members: &[Member],
        effect: Option<Spanned<Effect>>,
    ) {
        let policy_type = self.policy_type;
        let (plain, negated) =
            (find(members, ElementName::Principal), find(members, ElementName::NotPrincipal));
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

    /// Holds `Resource` and `NotResource` against the type.
    pub(super) fn resource_presence(&mut self, span: Span, members: &[Member], action: Option<&Actions>) {
        let (plain, negated) =
            (find(members, ElementName::Resource), find(members, ElementName::NotResource));
        if self.policy_type == PolicyType::Trust {
            for (element, member) in [(ElementName::Resource, plain), (ElementName::NotResource, negated)] {
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
                    && action.listed().iter().filter_map(|action| action.value.service()).any(bucket_or_key)
            }),
            _ => true,
        };
        if required && plain.is_none() && negated.is_none() {
            self.problem(ProblemKind::MissingResource, opening(span));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::PolicyType;
    use crate::parse::testing::{S3, Short, invalid, policy, problems};

    fn of(policy_type: PolicyType, members: &str) -> Vec<Short> {
        problems(policy_type, &policy(&[members]))
    }

    #[test]
    fn s1_7_7_notprincipal_goes_with_deny() {
        let members = format!(r#""Effect": "Allow", "NotPrincipal": {{"AWS": "111111111111"}}, {S3}"#);
        assert_eq!(of(PolicyType::Resource, &members), invalid("PRN020", "S1.7.7", "\"NotPrincipal\""));
        assert_eq!(of(PolicyType::Resource, &members.replace("Allow", "Deny")), []);
    }

    #[test]
    fn s1_9_1_who_needs_a_resource() {
        let identity = r#""Effect": "Allow", "Action": "s3:*""#;
        assert_eq!(of(PolicyType::Identity, identity), invalid("SYN008", "S1.9.1", "{"));
        let with = |action: &str| format!(r#""Effect": "Allow", "Principal": "*", "Action": "{action}""#);
        assert_eq!(of(PolicyType::Resource, &with("s3:GetObject")), invalid("SYN008", "S1.9.1", "{"));
        assert_eq!(of(PolicyType::Resource, &with("sqs:SendMessage")), []);
        assert_eq!(of(PolicyType::Endpoint, &with("sqs:SendMessage")), invalid("SYN008", "S1.9.1", "{"));
        let trust = r#""Effect": "Allow", "Principal": {"AWS": "111111111111"}, "Action": "sts:AssumeRole", "NotResource": "*""#;
        assert_eq!(of(PolicyType::Trust, trust), invalid("TRU002", "S1.9.1", "\"NotResource\""));
    }
}
