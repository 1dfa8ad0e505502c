//! The core of S4.18: do resource side and principal side grant together?

use crate::principal::Class;
use crate::statement::Answer;
use crate::{AccountGrant, PrincipalKind, Readings, StarGrant};
use std::collections::BTreeSet;

/// Which rules the resource follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// S4.4.
    Ordinary,
    /// S4.15.
    Trust,
    /// S4.16.
    KmsKey,
}

/// All that the core looks at.
#[derive(Clone, Debug)]
pub(crate) struct Core {
    pub(crate) kind: PrincipalKind,
    pub(crate) same_account: bool,
    pub(crate) family: Family,
    /// rA
    pub(crate) resource: BTreeSet<Class>,
    /// iA is not empty
    pub(crate) identity_allows: bool,
    /// b_ok
    pub(crate) boundary_ok: bool,
    /// s_ok
    pub(crate) session_ok: bool,
    pub(crate) readings: Readings,
}

impl Core {
    /// `match kind, same_account` of S4.18.
    pub(crate) fn grants(&self) -> bool {
        match self.kind {
            // S4.13.1, S4.14.1, S4.15.7
            PrincipalKind::Anonymous | PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc => {
                self.resource.contains(&Class::Direct) || self.resource.contains(&Class::Everyone)
            }
            PrincipalKind::Root => self.root_grant(),
            PrincipalKind::User | PrincipalKind::RoleSession | PrincipalKind::FederatedUser => {
                if self.same_account { self.same_account_grant() } else { self.cross_account_grant() }
            }
        }
    }

    /// S4.12.1, S4.15.8, S4.16.4, S4.6.5.
    fn root_grant(&self) -> bool {
        match self.family {
            Family::Trust => false,
            Family::Ordinary if self.same_account => true,
            Family::Ordinary | Family::KmsKey => !self.resource.is_empty(),
        }
    }

    /// S4.4, S4.5, S4.15.1, S4.15.2, S4.16.1–S4.16.3.
    fn same_account_grant(&self) -> bool {
        let limited = self.boundary_ok && self.session_ok;
        let direct = self.resource.contains(&Class::Direct);
        let everyone = self.resource.contains(&Class::Everyone) && self.star_is_in_force();
        let issuer = self.resource.contains(&Class::Issuer) && limited;
        let account = self.resource.contains(&Class::Account);
        let account_grant = match (self.family, self.readings.account_grant) {
            // A31
            (Family::Ordinary, AccountGrant::Enough) => account && limited,
            _ => false,
        };
        let by_identity = self.identity_path() && (self.family == Family::Ordinary || account);
        direct || everyone || issuer || account_grant || by_identity
    }

    /// S4.5.5, A32.
    fn star_is_in_force(&self) -> bool {
        match self.readings.star_grant {
            StarGrant::Unlimited => true,
            StarGrant::SessionLimits => self.session_ok,
            StarGrant::BoundaryAndSessionLimit => self.boundary_ok && self.session_ok,
        }
    }

    /// S4.6.1–S4.6.3.
    fn cross_account_grant(&self) -> bool {
        !self.resource.is_empty() && self.identity_path()
    }

    /// id_path
    fn identity_path(&self) -> bool {
        self.identity_allows && self.boundary_ok && self.session_ok
    }

    /// S4.20.3: the parts that do not allow, in the order of the clause.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let is_identity_kind = matches!(
            self.kind,
            PrincipalKind::User | PrincipalKind::RoleSession | PrincipalKind::FederatedUser
        );
        if !is_identity_kind {
            return vec!["resource"];
        }
        let resource = self.resource.is_empty().then_some("resource");
        let principal_side = [
            (!self.identity_allows).then_some("identity"),
            (!self.boundary_ok).then_some("boundary"),
            (!self.session_ok).then_some("session"),
        ];
        let parts: Vec<Option<&str>> = match (self.family, self.same_account) {
            (Family::Trust | Family::KmsKey, _) => std::iter::once(resource).chain(principal_side).collect(),
            (Family::Ordinary, true) => principal_side.to_vec(),
            (Family::Ordinary, false) => principal_side.into_iter().chain([resource]).collect(),
        };
        let missing: Vec<&str> = parts.into_iter().flatten().collect();
        // The principal side is whole, so that it is the account-class Allow of S4.15.2 or S4.16.1 that is missing.
        if missing.is_empty() { vec!["resource"] } else { missing }
    }
}

/// S4.17.6: access point policy and bucket policy must both allow; together they allow in the lesser class of the two.
pub(crate) fn both_allow(accesspoint: &Answer, bucket: &Answer) -> BTreeSet<Class> {
    accesspoint.allow.iter().flat_map(|one| bucket.allow.iter().map(move |other| *one.max(other))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(kind: PrincipalKind, same_account: bool, family: Family, resource: &[Class]) -> Core {
        Core {
            kind,
            same_account,
            family,
            resource: resource.iter().copied().collect(),
            identity_allows: false,
            boundary_ok: true,
            session_ok: true,
            readings: Readings::default(),
        }
    }

    #[test]
    fn s4_5_rows() {
        let kind = PrincipalKind::RoleSession;
        for (class, unlimited, limited) in [
            (Class::Direct, true, true),
            (Class::Everyone, true, true),
            (Class::Issuer, true, false),
            (Class::Account, false, false),
        ] {
            let mut row = core(kind, true, Family::Ordinary, &[class]);
            assert_eq!(row.grants(), unlimited, "{class:?}");
            row.boundary_ok = false;
            assert_eq!(row.grants(), limited, "{class:?}");
            let mut row = core(kind, true, Family::Ordinary, &[class]);
            row.session_ok = false;
            assert_eq!(row.grants(), limited, "{class:?}");
        }
    }

    #[test]
    fn s4_16_a_key_needs_the_account_class() {
        let mut row = core(PrincipalKind::User, true, Family::KmsKey, &[]);
        row.identity_allows = true;
        assert!(!row.grants());
        row.resource.insert(Class::Account);
        assert!(row.grants());
    }

    #[test]
    fn s4_6_5_and_s4_12_1_root() {
        assert!(core(PrincipalKind::Root, true, Family::Ordinary, &[]).grants());
        assert!(!core(PrincipalKind::Root, true, Family::KmsKey, &[]).grants());
        assert!(!core(PrincipalKind::Root, false, Family::Ordinary, &[]).grants());
        assert!(core(PrincipalKind::Root, false, Family::Ordinary, &[Class::Direct]).grants());
        assert!(!core(PrincipalKind::Root, true, Family::Trust, &[Class::Direct]).grants());
    }
}
