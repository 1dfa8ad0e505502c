//! Who a statement of a resource-type policy speaks of (S1.7).

use polsim_text::Spanned;

/// The value of `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq)]
pub enum Principal {
    /// The string `"*"`.
    Everyone,
    /// The map form: all entries of all keys, in the order of the text. Empty for `{}` (S1.7.9).
    Entries(Vec<PrincipalEntry>),
}

/// One value of the map form.
#[derive(Clone, Debug, PartialEq)]
pub struct PrincipalEntry {
    /// The key that it stands under.
    pub principal_type: PrincipalType,
    /// The value as written, lawful for its key (S1.7.4–S1.7.11).
    pub value: Spanned<String>,
}

/// The keys of the map form (S1.7.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PrincipalType {
    /// Accounts, users, roles, sessions, unique ids, or `*`.
    Aws,
    /// AWS services.
    Service,
    /// SAML and OIDC providers.
    Federated,
    /// S3 canonical user ids.
    CanonicalUser,
}

impl PrincipalType {
    /// All keys.
    pub const ALL: [Self; 4] = [Self::Aws, Self::CanonicalUser, Self::Federated, Self::Service];

    /// The word of the policy language.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }
}
