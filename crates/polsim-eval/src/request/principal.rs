//! Who makes a request (S2.4).

use crate::formula::Attribute;
use polsim_arn::Arn;

/// The kinds of principal (S2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PrincipalKind {
    /// An IAM user, also with temporary credentials.
    User,
    /// A session of a role.
    RoleSession,
    /// A federated user (GetFederationToken).
    FederatedUser,
    /// The root user of an account.
    Root,
    /// An AWS service.
    Service,
    /// Somebody with a SAML assertion (AssumeRoleWithSAML).
    Saml,
    /// Somebody with a web identity (AssumeRoleWithWebIdentity).
    Oidc,
    /// Nobody: the request is not signed.
    Anonymous,
}

impl PrincipalKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::User,
        Self::RoleSession,
        Self::FederatedUser,
        Self::Root,
        Self::Service,
        Self::Saml,
        Self::Oidc,
        Self::Anonymous,
    ];

    /// The word for it in the clauses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::RoleSession => "role-session",
            Self::FederatedUser => "federated-user",
            Self::Root => "root",
            Self::Service => "service",
            Self::Saml => "saml",
            Self::Oidc => "oidc",
            Self::Anonymous => "anonymous",
        }
    }

    /// Whether identity policies speak of it (S4.3).
    #[must_use]
    pub fn has_identity_policies(self) -> bool {
        matches!(self, Self::User | Self::RoleSession | Self::FederatedUser)
    }

    /// Whether service control policies bind it (S4.3).
    #[must_use]
    pub fn is_bound_by_scps(self) -> bool {
        self.has_identity_policies() || self == Self::Root
    }
}

/// A principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// What kind it is.
    pub kind: PrincipalKind,
    /// The ARN of the user, session or root user; the name of a service or provider; `None` for anonymous.
    pub arn: Option<String>,
    /// The role's ARN for a session, the user's for a federated user, when it is known.
    pub issuer_arn: Option<String>,
    /// The unique id as in `aws:userid`, when it is known.
    pub unique_id: Option<String>,
    /// The canonical id of the account (S3), when it is known.
    pub canonical_id: Option<String>,
    /// Whether its account is the management account of its organization (S4.9.6).
    pub in_management_account: bool,
    /// Whether it is a service-linked role (S4.12.4).
    pub is_service_linked: bool,
}

impl Principal {
    /// A principal of a kind with the ARN (or name) that it is known by.
    #[must_use]
    pub fn new(kind: PrincipalKind, arn: Option<&str>) -> Self {
        Self {
            kind,
            arn: arn.map(str::to_owned),
            issuer_arn: None,
            unique_id: None,
            canonical_id: None,
            in_management_account: false,
            is_service_linked: false,
        }
    }

    /// Reads what people write for a principal: the ARN of a user, a role session, a federated user or a root user, a
    /// 12-digit account (its root user), a service name, `anonymous`. The ARN of a role stands for a session of it
    /// named `session` (S4.5.1: a role itself makes no requests). `None` for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        use PrincipalKind as Kind;
        if text == "anonymous" {
            return Some(Self::new(Kind::Anonymous, None));
        }
        if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::new(Kind::Root, Some(&format!("arn:aws:iam::{text}:root"))));
        }
        let Some(arn) = Arn::parse(text) else {
            let is_service = text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn");
            return is_service.then(|| Self::new(Kind::Service, Some(text)));
        };
        if arn.account.len() != 12 || !arn.account.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (kind, name) = arn.resource.split_once('/').unwrap_or((arn.resource, ""));
        match (arn.service, kind, name.is_empty()) {
            ("iam", "root", true) => Some(Self::new(Kind::Root, Some(text))),
            ("iam", "user", false) => Some(Self::new(Kind::User, Some(text))),
            ("iam", "saml-provider", false) => Some(Self::new(Kind::Saml, Some(text))),
            ("iam", "oidc-provider", false) => Some(Self::new(Kind::Oidc, Some(text))),
            ("sts", "federated-user", false) => Some(Self::new(Kind::FederatedUser, Some(text))),
            ("sts", "assumed-role", false) if name.contains('/') => {
                Some(Self::new(Kind::RoleSession, Some(text)))
            }
            ("iam", "role", false) => {
                let role = name.rsplit('/').next().unwrap_or(name);
                let session =
                    format!("arn:{}:sts::{}:assumed-role/{role}/session", arn.partition, arn.account);
                let mut principal = Self::new(Kind::RoleSession, Some(&session));
                principal.issuer_arn = Some(text.to_owned());
                principal.is_service_linked = name.starts_with("aws-service-role/");
                Some(principal)
            }
            _ => None,
        }
    }

    /// The account; `None` for services, providers of web identities and anonymous.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        match self.kind {
            PrincipalKind::Service | PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc => {
                None
            }
            _ => self.arn.as_deref().and_then(Arn::parse).map(|arn| arn.account),
        }
    }

    /// The partition; `None` for services and anonymous.
    #[must_use]
    pub fn partition(&self) -> Option<&str> {
        self.arn.as_deref().and_then(Arn::parse).map(|arn| arn.partition)
    }

    /// The ARN that `aws:PrincipalArn` holds (S5.2).
    #[must_use]
    pub fn principal_arn(&self) -> Option<String> {
        match self.kind {
            PrincipalKind::User | PrincipalKind::Root | PrincipalKind::FederatedUser => self.arn.clone(),
            PrincipalKind::RoleSession => self.issuer_arn.clone().or_else(|| {
                let (partition, account, role, _) = self.session_parts()?;
                Some(format!("arn:{partition}:iam::{account}:role/{role}"))
            }),
            _ => None,
        }
    }

    /// Partition, account, name of the role and name of the session.
    pub(crate) fn session_parts(&self) -> Option<(&str, &str, &str, &str)> {
        let arn = self.arn.as_deref().and_then(Arn::parse)?;
        let (role, session) = arn.resource.strip_prefix("assumed-role/")?.split_once('/')?;
        Some((arn.partition, arn.account, role, session))
    }

    /// What `aws:userid` holds of a user or a session, when its unique id is known.
    pub(crate) fn user_id(&self) -> Option<String> {
        let id = self.unique_id.clone()?;
        match self.session_parts() {
            Some((.., session)) if !id.contains(':') => Some(format!("{id}:{session}")),
            _ => Some(id),
        }
    }

    /// A property, as far as it is known.
    #[must_use]
    pub fn attribute(&self, attribute: Attribute) -> Option<String> {
        match attribute {
            Attribute::Arn => self.partition().and(self.arn.clone()),
            Attribute::Account => self.account().map(str::to_owned),
            Attribute::UniqueId => self.user_id(),
            Attribute::CanonicalId => self.canonical_id.clone(),
            Attribute::Name => {
                let named =
                    matches!(self.kind, PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc);
                self.arn.clone().filter(|_| named)
            }
            Attribute::IssuerArn => self.issuer_arn.clone().or_else(|| {
                let (partition, account, role, _) = self.session_parts()?;
                Some(pathless_role(partition, account, role))
            }),
        }
    }
}

/// What stands for the ARN of a role whose path is unknown (S2.4.4). It is no ARN, so that it equals no other text.
pub(crate) fn pathless_role(partition: &str, account: &str, name: &str) -> String {
    format!("role of unknown path: {partition} {account} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s4_5_1_a_role_stands_for_a_session_of_it() {
        let principal = Principal::read("arn:aws:iam::111122223333:role/team/app").unwrap();
        assert_eq!(principal.kind, PrincipalKind::RoleSession);
        assert_eq!(principal.arn.as_deref(), Some("arn:aws:sts::111122223333:assumed-role/app/session"));
        assert_eq!(principal.principal_arn().as_deref(), Some("arn:aws:iam::111122223333:role/team/app"));
    }

    #[test]
    fn what_is_no_principal_is_refused() {
        for text in [
            "",
            "bob",
            "arn:aws:iam::1:user/bob",
            "arn:aws:iam::111122223333:group/g",
            "arn:aws:s3:::b",
            "12345",
        ] {
            assert_eq!(Principal::read(text), None, "{text}");
        }
        assert_eq!(Principal::read("111122223333").unwrap().kind, PrincipalKind::Root);
        assert_eq!(Principal::read("ec2.amazonaws.com").unwrap().kind, PrincipalKind::Service);
    }
}
