//! Principals (S2.4).

use crate::arn::{last_component, segment};
use crate::context::lookup;
use crate::{AwsStar, Context, PrincipalKind, Readings, SparedPrincipal, Value};
use polsim_policy::{Element, Principal as Listed, PrincipalEntry, PrincipalType};
use std::collections::BTreeSet;

/// The class of a match, best first (S2.4). `Everyone` is the class direct of `*` (S2.4.8), kept apart for A32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Names the principal itself.
    Direct,
    /// Names everyone.
    Everyone,
    /// Names the role of the session, or the user who issued it.
    Issuer,
    /// Names the account.
    Account,
}

/// The principal and the derived context, in which `aws:userid` stands.
#[derive(Clone, Copy)]
pub(crate) struct Asker<'a> {
    pub(crate) principal: &'a crate::Principal,
    pub(crate) context: &'a Context,
    pub(crate) readings: Readings,
}

impl Asker<'_> {
    /// The class in which `Principal` or `NotPrincipal` applies; `None` when it does not.
    pub(crate) fn class(&self, element: &Element<Listed>) -> Option<Class> {
        let classes = self.classes(element.listed());
        match element {
            Element::Is(_) => classes.first().copied(),
            // S2.4.9; who is not listed is one of "everyone else".
            Element::Not(_) => (!self.is_spared(&classes)).then_some(Class::Everyone),
        }
    }

    /// S2.4.1: the classes of all entries that match.
    fn classes(&self, listed: &Listed) -> BTreeSet<Class> {
        match listed {
            // S2.4.8
            Listed::Everyone => BTreeSet::from([Class::Everyone]),
            Listed::Entries(entries) => entries.iter().filter_map(|entry| self.entry_class(entry)).collect(),
        }
    }

    /// S2.4.9, A24.
    fn is_spared(&self, classes: &BTreeSet<Class>) -> bool {
        if self.readings.spared_principal == SparedPrincipal::AnyClass || classes.contains(&Class::Everyone) {
            return !classes.is_empty();
        }
        let needed: &[Class] = match self.principal.kind {
            PrincipalKind::User => &[Class::Direct, Class::Account],
            PrincipalKind::RoleSession | PrincipalKind::FederatedUser => {
                &[Class::Direct, Class::Issuer, Class::Account]
            }
            _ => &[Class::Direct],
        };
        needed.iter().all(|class| classes.contains(class))
    }

    fn entry_class(&self, entry: &PrincipalEntry) -> Option<Class> {
        let value = entry.value.value.as_str();
        let kind = self.principal.kind;
        match entry.principal_type {
            PrincipalType::Aws => self.aws_class(value),
            // S2.4.7
            PrincipalType::Service => {
                (kind == PrincipalKind::Service && self.is_arn(value)).then_some(Class::Direct)
            }
            PrincipalType::Federated => {
                let federated = matches!(kind, PrincipalKind::Saml | PrincipalKind::Oidc);
                (federated && self.is_arn(value)).then_some(Class::Direct)
            }
            PrincipalType::CanonicalUser => {
                let owns = self.principal.canonical_id.as_deref() == Some(value);
                if owns { self.account_class() } else { None }
            }
        }
    }

    /// One value under `AWS`.
    fn aws_class(&self, value: &str) -> Option<Class> {
        let kind = self.principal.kind;
        if value == "*" {
            // S2.4.8, A23
            let spared = kind == PrincipalKind::Service && self.readings.aws_star == AwsStar::SparesServices;
            return (!spared).then_some(Class::Everyone);
        }
        if self.is_own_account(value) {
            return self.account_class();
        }
        match kind {
            // S2.4.3, S2.4.6
            PrincipalKind::User => {
                let by_id = value.starts_with("AIDA") && self.user_id() == Some(value);
                (self.is_arn(value) || by_id).then_some(Class::Direct)
            }
            // S2.4.4, S2.4.5, S2.4.6
            PrincipalKind::RoleSession => {
                let role_id = self.user_id().and_then(|id| id.split(':').next());
                if self.is_arn(value) {
                    Some(Class::Direct)
                } else if self.is_role(value) || (value.starts_with("AROA") && role_id == Some(value)) {
                    Some(Class::Issuer)
                } else {
                    None
                }
            }
            // S2.4.5, S4.5.6
            PrincipalKind::FederatedUser => {
                if self.is_arn(value) {
                    Some(Class::Direct)
                } else {
                    (self.principal.user_arn.as_deref() == Some(value)).then_some(Class::Issuer)
                }
            }
            PrincipalKind::Root
            | PrincipalKind::Service
            | PrincipalKind::Saml
            | PrincipalKind::Oidc
            | PrincipalKind::Anonymous => None,
        }
    }

    fn is_arn(&self, value: &str) -> bool {
        self.principal.arn.as_deref() == Some(value)
    }

    /// S2.4.2: the account's id, or its root ARN in the same partition.
    fn is_own_account(&self, value: &str) -> bool {
        let Some(account) = self.principal.account.as_deref() else {
            return false;
        };
        let partition = segment(self.principal.arn.as_deref().unwrap_or(""), 2);
        value == account || value == format!("arn:{partition}:iam::{account}:root")
    }

    /// S2.4.2: the class of an account's match.
    fn account_class(&self) -> Option<Class> {
        match self.principal.kind {
            PrincipalKind::Root => Some(Class::Direct),
            PrincipalKind::User | PrincipalKind::RoleSession | PrincipalKind::FederatedUser => {
                Some(Class::Account)
            }
            PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc | PrincipalKind::Anonymous => {
                None
            }
        }
    }

    /// S2.4.4: the role that came with the session; without it partition, account and the last component of the path.
    fn is_role(&self, value: &str) -> bool {
        if let Some(role_arn) = &self.principal.role_arn {
            return role_arn == value;
        }
        let session = self.principal.arn.as_deref().unwrap_or("");
        let is_role_arn = segment(value, 3) == "iam" && segment(value, 6).starts_with("role/");
        is_role_arn
            && segment(value, 2) == segment(session, 2)
            && segment(value, 5) == segment(session, 5)
            && Some(last_component(value)) == session_role_name(session)
    }

    /// `aws:userid` (S2.4.6).
    fn user_id(&self) -> Option<&str> {
        match lookup(self.context, "aws:userid")? {
            Value::One(id) => Some(id),
            Value::Many(_) => None,
        }
    }
}

/// `role` of `…:assumed-role/role/session`.
pub(crate) fn session_role_name(session: &str) -> Option<&str> {
    segment(session, 6).strip_prefix("assumed-role/")?.split('/').next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Principal;

    fn session(role_arn: Option<&str>) -> Principal {
        Principal {
            kind: PrincipalKind::RoleSession,
            arn: Some("arn:aws:sts::111111111111:assumed-role/app/i-1".into()),
            account: Some("111111111111".into()),
            role_arn: role_arn.map(String::from),
            ..Principal::default()
        }
    }

    fn class(principal: &Principal, value: &str) -> Option<Class> {
        let context = Context::new();
        Asker { principal, context: &context, readings: Readings::default() }.aws_class(value)
    }

    #[test]
    fn s2_4_2_accounts() {
        let mut principal = session(None);
        assert_eq!(class(&principal, "111111111111"), Some(Class::Account));
        assert_eq!(class(&principal, "arn:aws:iam::111111111111:root"), Some(Class::Account));
        assert_eq!(class(&principal, "arn:aws-cn:iam::111111111111:root"), None);
        principal.kind = PrincipalKind::Root;
        assert_eq!(class(&principal, "111111111111"), Some(Class::Direct));
    }

    #[test]
    fn s2_4_4_roles() {
        let known = session(Some("arn:aws:iam::111111111111:role/svc/app"));
        assert_eq!(class(&known, "arn:aws:iam::111111111111:role/svc/app"), Some(Class::Issuer));
        assert_eq!(class(&known, "arn:aws:iam::111111111111:role/app"), None);
        let unknown = session(None);
        assert_eq!(class(&unknown, "arn:aws:iam::111111111111:role/svc/app"), Some(Class::Issuer));
        assert_eq!(class(&unknown, "arn:aws:iam::222222222222:role/app"), None);
        assert_eq!(class(&unknown, "arn:aws:iam::111111111111:user/app"), None);
    }

    #[test]
    fn s2_4_5_sessions() {
        let principal = session(None);
        assert_eq!(class(&principal, "arn:aws:sts::111111111111:assumed-role/app/i-1"), Some(Class::Direct));
        assert_eq!(class(&principal, "arn:aws:sts::111111111111:assumed-role/app/i-2"), None);
    }
}
