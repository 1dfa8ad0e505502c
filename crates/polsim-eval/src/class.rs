//! How directly a resource policy names a principal (S2.4).

use std::fmt;

/// The class of a matching entry of `Principal`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// The principal itself: a user, a session, a service, a provider.
    Named,
    /// Everyone: `*`. As good as being named (S2.4.8), kept apart for A32.
    Everyone,
    /// The role of the session or the user behind a federated user.
    Issuer,
    /// The account.
    Account,
}

/// A set of classes.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Classes(u8);

impl Classes {
    /// No class: the statement does not name the principal.
    pub const NONE: Self = Self(0);
    /// Any class.
    pub const ANY: Self = Self(0b1111);
    /// What the clauses call class direct: named or everyone.
    pub const DIRECT: Self = Self(0b0011);
    /// Named by itself.
    pub const NAMED: Self = Self(0b0001);
    /// Through `*`.
    pub const EVERYONE: Self = Self(0b0010);
    /// Through the issuer.
    pub const ISSUER: Self = Self(0b0100);
    /// Through the account.
    pub const ACCOUNT: Self = Self(0b1000);

    /// The set of one class.
    #[must_use]
    pub fn only(class: Class) -> Self {
        Self(1 << class as u8)
    }

    /// Classes of either set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Classes of this set that are not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the sets have a class in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether no class is in it.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether a class is in it.
    #[must_use]
    pub fn contains(self, class: Class) -> bool {
        self.meets(Self::only(class))
    }
}

impl fmt::Debug for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = [Class::Named, Class::Everyone, Class::Issuer, Class::Account];
        f.debug_set().entries(all.into_iter().filter(|class| self.contains(*class))).finish()
    }
}
