//! `Principal` and `NotPrincipal` (S1.7).

use super::near;
use super::principal_value::{
    AwsForm, ProviderForm, aws_form, is_canonical_user, is_service, looks_like, provider_form,
};
use super::reader::Reader;
use crate::{ElementName, PolicyType, Principal, PrincipalEntry, PrincipalType, ProblemKind};
use polsim_text::Spanned;
use polsim_text::json::{Node, NodeKind};

impl Reader<'_> {
    /// The value of the element; `None` when a part of it could not be read.
    pub(super) fn principal(&mut self, element: ElementName, node: &Node) -> Option<Principal> {
        let members = match &node.kind {
            NodeKind::String(text) if text == "*" => return Some(Principal::Everyone),
            NodeKind::String(text) => {
                let kind = ProblemKind::PrincipalString { element, looks_like: looks_like(text) };
                self.problem(kind, node.span);
                return None;
            }
            NodeKind::Object(members) => members,
            _ => {
                self.wrong_type(element, node);
                return None;
            }
        };
        if members.is_empty() {
            self.problem(ProblemKind::EmptyPrincipalMap(element), node.span);
        }
        let mut entries = Vec::new();
        let mut readable = true;
        for member in members {
            let name = member.key.value.as_str();
            let known = PrincipalType::ALL.into_iter().find(|kind| kind.as_str() == name);
            let near = near::nearest(name, &PrincipalType::ALL, PrincipalType::as_str);
            if known.is_none() {
                let kind = ProblemKind::UnknownPrincipalType { name: name.to_owned(), near };
                self.problem(kind, member.key.span);
                readable = false;
            }
            if known == Some(PrincipalType::Federated) && self.policy_type != PolicyType::Trust {
                self.problem(ProblemKind::FederatedOutsideTrust, member.key.span);
            }
            let items = member.value.one_or_many();
            if items.is_empty() {
                self.problem(ProblemKind::EmptyPrincipalList, member.value.span);
            }
            for item in items {
                match item.as_str() {
                    Some(text) => {
                        // A misspelt type does not hide what is wrong with the values under it.
                        if let Some(principal_type) = known.or(near) {
                            readable &= self.principal_value(element, principal_type, text, item);
                            let value = Spanned::new(text.to_owned(), item.span);
                            entries.push(PrincipalEntry { principal_type, value });
                        }
                    }
                    None => {
                        self.wrong_kind(item, ProblemKind::PrincipalValueType { found: item.kind_name() });
                        readable = false;
                    }
                }
            }
        }
        readable.then_some(Principal::Entries(entries))
    }

    /// Reports what is wrong with one value; tells whether it is lawful for its type.
    fn principal_value(
        &mut self,
        element: ElementName,
        principal_type: PrincipalType,
        text: &str,
        node: &Node,
    ) -> bool {
        if principal_type == PrincipalType::Aws && text == "*" {
            return true;
        }
        let (kind, lawful) = if text.contains("${") {
            (Some(ProblemKind::VariableInElement(element)), false)
        } else if text.contains(['*', '?']) {
            (Some(ProblemKind::WildcardInPrincipal(principal_type)), false)
        } else {
            match principal_type {
                PrincipalType::Aws => match aws_form(text) {
                    AwsForm::Principal => (None, true),
                    AwsForm::UserId => (Some(ProblemKind::UserId), true),
                    AwsForm::RoleId => (Some(ProblemKind::RoleId), true),
                    AwsForm::Group => (Some(ProblemKind::GroupPrincipal), false),
                    AwsForm::Unknown => (Some(ProblemKind::InvalidAwsPrincipal), false),
                },
                PrincipalType::Federated if provider_form(text) == ProviderForm::Unknown => {
                    (Some(ProblemKind::InvalidFederated), false)
                }
                PrincipalType::CanonicalUser if !is_canonical_user(text) => {
                    (Some(ProblemKind::InvalidCanonicalUser), false)
                }
                PrincipalType::Service if !is_service(text) => (Some(ProblemKind::UnusualService), true),
                _ => (None, true),
            }
        };
        if let Some(kind) = kind {
            self.problem(kind, node.span);
        }
        lawful
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::testing::{S3, Short, help, invalid, of_principal, policy, problems, short};
    use crate::{PolicyType, Severity};

    const ACCOUNT: &str = "111111111111";

    fn of_aws(value: &str) -> Vec<Short> {
        of_principal(&format!(r#"{{"AWS": ["*", "{value}"]}}"#))
    }

    fn of_trust(principal: &str) -> Vec<Short> {
        let text =
            policy(&[&format!(r#""Effect": "Allow", "Principal": {principal}, "Action": "sts:Assume*""#)]);
        problems(PolicyType::Trust, &text)
    }

    #[test]
    fn s1_7_1_notprincipal_takes_the_same_values() {
        let text =
            policy(&[&format!(r#""Effect": "Deny", "NotPrincipal": {{"AWS": ["x", "{ACCOUNT}"]}}, {S3}"#)]);
        assert_eq!(problems(PolicyType::Resource, &text), invalid("PRN006", "S1.7.4", "\"x\""));
        let text = policy(&[&format!(r#""Effect": "Deny", "NotPrincipal": "x", {S3}"#)]);
        assert_eq!(problems(PolicyType::Resource, &text), invalid("PRN001", "S1.7.2", "\"x\""));
    }

    #[test]
    fn s1_7_2_a_star_or_a_map() {
        assert_eq!(of_principal("\"*\""), []);
        assert_eq!(of_principal("[\"*\"]"), invalid("SYN002", "S1.7.2", "[\"*\"]"));
        for (text, hint) in [
            ("arn:aws:iam::111111111111:root", "write {\"AWS\": …} around it"),
            ("ec2.amazonaws.com", "write {\"Service\": …} around it"),
            ("accounts.google.com", "write {\"Federated\": …} around it"),
            ("me", "write {\"AWS\": …}, {\"Service\": …}, {\"Federated\": …} or \"*\""),
        ] {
            assert_eq!(
                of_principal(&format!("\"{text}\"")),
                invalid("PRN001", "S1.7.2", &format!("\"{text}\""))
            );
            let document = policy(&[&format!(r#""Effect": "Allow", "Principal": "{text}", {S3}"#)]);
            assert_eq!(help(PolicyType::Resource, &document), [hint]);
        }
    }

    #[test]
    fn s1_7_3_four_types_of_principal() {
        let found = of_principal(r#"{"aws": "111111111111", "User": "x", "AWS": {"a": 1}}"#);
        let expected = [
            ("PRN002", "S1.7.3", Severity::Invalid, "\"aws\"".to_owned()),
            ("PRN002", "S1.7.3", Severity::Invalid, "\"User\"".to_owned()),
            ("SYN002", "S1.7.3", Severity::Invalid, "{\"a\": 1}".to_owned()),
        ];
        assert_eq!(found, expected);
        assert_eq!(of_principal(r#"{"AWS": [null]}"#), invalid("SYN002", "S1.1.7", "null"));
        let found = of_principal(r#"{"aws": "x"}"#);
        assert_eq!(found.len(), 2, "a misspelt type does not hide a bad value: {found:?}");
    }

    #[test]
    fn s1_7_4_forms_of_aws_principals() {
        for good in [
            "*",
            ACCOUNT,
            "arn:aws:iam::111111111111:root",
            "arn:aws-us-gov:iam::111111111111:user/a.b+c=d,e@f-g_h",
            "arn:aws-iso-b:iam::111111111111:role/team/blue/x",
            "arn:aws:sts::111111111111:assumed-role/r/s@x",
            "arn:aws-cn:sts::111111111111:federated-user/Bob",
            "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE",
        ] {
            assert_eq!(of_aws(good), [], "{good}");
        }
        for bad in [
            "",
            "11111111111",
            "1111111111111",
            "arn:aws:iam::11111111111:root",
            "arn:aws:iam:us-east-1:111111111111:root",
            "arn:AWS:iam::111111111111:root",
            "arn:aws:iam::111111111111:root/x",
            "arn:aws:iam::111111111111:user",
            "arn:aws:iam::111111111111:user/",
            "arn:aws:iam::111111111111:role/a b",
            "arn:aws:iam::111111111111:policy/p",
            "arn:aws:sts::111111111111:assumed-role/r",
            "arn:aws:sts::111111111111:assumed-role/r/s/t",
            "arn:aws:sts::111111111111:role/r",
            "arn:aws:iam::<account>:root",
            " arn:aws:iam::111111111111:root",
            "AKIAIOSFODNN7EXAMPLE",
        ] {
            assert_eq!(of_aws(bad), invalid("PRN006", "S1.7.4", &format!("\"{bad}\"")), "{bad}");
        }
        for (id, code) in [("AIDACKCEVSQ6C2EXAMPLE", "PRN011"), ("AROACKCEVSQ6C2EXAMPLE", "PRN010")] {
            assert_eq!(of_aws(id), short(code, "S1.7.4", Severity::Warning, &format!("\"{id}\"")));
        }
    }

    #[test]
    fn s1_7_5_no_partial_wildcards() {
        for value in ["arn:aws:iam::111111111111:role/*", "arn:aws:iam::*:root", "11111111111?", "**"] {
            assert_eq!(of_aws(value), invalid("PRN004", "S1.7.5", &format!("\"{value}\"")));
        }
        assert_eq!(of_principal(r#"{"Service": "*"}"#), invalid("PRN004", "S1.7.5", "\"*\""));
        assert_eq!(of_principal(r#"{"CanonicalUser": "*"}"#), invalid("PRN004", "S1.7.5", "\"*\""));
        assert_eq!(of_trust(r#"{"Federated": "*"}"#), invalid("PRN004", "S1.7.5", "\"*\""));
    }

    #[test]
    fn s1_7_6_groups_are_no_principals() {
        for group in ["arn:aws:iam::111111111111:group/g", "AGPACKCEVSQ6C2EXAMPLE"] {
            assert_eq!(of_aws(group), invalid("PRN200", "S1.7.6", &format!("\"{group}\"")));
        }
    }

    #[test]
    fn s1_7_8_providers_stand_in_trust_policies() {
        for good in [
            "arn:aws:iam::111111111111:saml-provider/corp",
            "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
            "arn:aws:iam::111111111111:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC",
            "cognito-identity.amazonaws.com",
            "www.amazon.com",
            "graph.facebook.com",
            "accounts.google.com",
        ] {
            assert_eq!(of_trust(&format!(r#"{{"Federated": "{good}"}}"#)), [], "{good}");
            let found = of_principal(&format!(r#"{{"Federated": "{good}"}}"#));
            assert_eq!(found, invalid("PRN005", "S1.7.8", "\"Federated\""));
        }
        for bad in ["github.com", "arn:aws:iam::111111111111:role/r", "arn:aws:iam::1:saml-provider/x"] {
            let found = of_trust(&format!(r#"{{"Federated": "{bad}"}}"#));
            assert_eq!(found, invalid("TRU004", "S1.7.8", &format!("\"{bad}\"")));
        }
    }

    #[test]
    fn s1_7_9_no_one_is_lawful() {
        assert_eq!(of_principal("{}"), short("RED004", "S1.7.9", Severity::Warning, "{}"));
        assert_eq!(of_principal(r#"{"AWS": []}"#), short("RED003", "S1.7.9", Severity::Warning, "[]"));
        let text = policy(&[&format!(r#""Effect": "Deny", "NotPrincipal": {{}}, {S3}"#)]);
        assert_eq!(problems(PolicyType::Resource, &text), short("RED004", "S1.7.9", Severity::Warning, "{}"));
    }

    #[test]
    fn s1_7_10_canonical_users_have_64_digits() {
        let id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
        assert_eq!(of_principal(&format!(r#"{{"CanonicalUser": "{id}"}}"#)), []);
        assert_eq!(of_principal(r#"{"CanonicalUser": "79a5"}"#), invalid("PRN201", "S1.7.10", "\"79a5\""));
    }

    #[test]
    fn s1_7_11_services_look_like_hosts() {
        for good in ["ec2.amazonaws.com", "logs.eu-west-1.amazonaws.com", "ec2.amazonaws.com.cn"] {
            assert_eq!(of_principal(&format!(r#"{{"Service": "{good}"}}"#)), [], "{good}");
        }
        for odd in ["ec2", "EC2.amazonaws.com", ".amazonaws.com", "ec2.amazonaws.org"] {
            let found = of_principal(&format!(r#"{{"Service": ["{odd}"]}}"#));
            assert_eq!(found, short("PRN203", "S1.7.11", Severity::Warning, &format!("\"{odd}\"")));
        }
    }

    #[test]
    fn s3_15_1_a_principal_takes_no_variables() {
        let value = "arn:aws:iam::111111111111:user/${aws:username}";
        assert_eq!(of_aws(value), invalid("VAR007", "S3.15.1", &format!("\"{value}\"")));
    }
}
