//! Where the value of a variable comes from in a situation: a coordinate, a part of one, or what is known.

use crate::coordinate::Coordinate;
use polsim_eval::{Accounts, Attribute, KeyId, KeyState, Model, PrincipalKind, Variable};
use rustc_hash::FxHashMap;

/// Where a variable is to be found.
pub(crate) enum Home {
    /// Its value is known.
    Known(KeyState),
    /// It is a coordinate that always holds one text.
    Text(Coordinate),
    /// It is the account part of a coordinate.
    AccountOf(Coordinate),
    /// It is the ARN of a role session, put together from two coordinates.
    SessionArn,
    /// It is a key with any state.
    Key(KeyId),
}

/// What of a request is fixed in a situation.
pub(crate) struct Facts<'m> {
    pub(crate) model: &'m Model,
    pub(crate) kind: PrincipalKind,
    pub(crate) accounts: Accounts,
    /// Keys whose state is known.
    pub(crate) known: FxHashMap<KeyId, KeyState>,
    /// The principal, when it is one.
    pub(crate) principal: Option<FxHashMap<Attribute, String>>,
}

impl Facts<'_> {
    /// Makes keys known that follow from what is known.
    pub(crate) fn conclude(&mut self) {
        for (key, _) in self.model.keys().iter() {
            if let Home::Known(state) = self.key_home(key) {
                self.known.insert(key, state);
            }
        }
    }

    pub(crate) fn home(&self, variable: Variable) -> Home {
        let kind = self.kind;
        match variable {
            Variable::Action => Home::Text(Coordinate::Action),
            Variable::Resource => Home::Text(Coordinate::Resource),
            Variable::Principal(attribute) if self.principal.is_some() => self.known_attribute(attribute),
            Variable::Principal(attribute) => match (attribute, kind) {
                (Attribute::Arn, PrincipalKind::RoleSession) => Home::SessionArn,
                (
                    Attribute::Arn,
                    PrincipalKind::User | PrincipalKind::Root | PrincipalKind::FederatedUser,
                )
                | (Attribute::IssuerArn, PrincipalKind::RoleSession) => Home::Text(Coordinate::PrincipalArn),
                (Attribute::IssuerArn, PrincipalKind::FederatedUser) => Home::Text(Coordinate::IssuerArn),
                (Attribute::Account, _) if kind.is_bound_by_scps() => {
                    Home::AccountOf(Coordinate::PrincipalArn)
                }
                (Attribute::UniqueId, PrincipalKind::User | PrincipalKind::RoleSession) => {
                    Home::Text(Coordinate::UniqueId)
                }
                (Attribute::Name, PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc) => {
                    Home::Text(Coordinate::Name)
                }
                (Attribute::CanonicalId, _) if kind.is_bound_by_scps() => Home::Text(Coordinate::CanonicalId),
                _ => Home::Known(KeyState::Absent),
            },
            Variable::Key(key) => self.key_home(key),
        }
    }

    /// A property of the principal, when it is one. Its unique id may be unknown all the same.
    fn known_attribute(&self, attribute: Attribute) -> Home {
        match self.principal.as_ref().and_then(|principal| principal.get(&attribute)) {
            Some(text) => Home::Known(KeyState::One(text.clone())),
            None if attribute == Attribute::UniqueId => Home::Text(Coordinate::UniqueId),
            None => Home::Known(KeyState::Absent),
        }
    }

    /// S5.2, I7, I11: where a key follows from, if it does.
    fn key_home(&self, key: KeyId) -> Home {
        if let Some(state) = self.known.get(&key) {
            return Home::Known(state.clone());
        }
        let home = self.derived_home(key);
        // By themselves policies know no owner of the resource; in an account of its own it is known with the principal.
        match (&home, self.attribute(Attribute::Account)) {
            (Home::AccountOf(_), Some(account)) => Home::Known(KeyState::One(account)),
            _ => home,
        }
    }

    fn attribute(&self, attribute: Attribute) -> Option<String> {
        self.principal.as_ref()?.get(&attribute).cloned()
    }

    fn derived_home(&self, key: KeyId) -> Home {
        let kind = self.kind;
        let one = |text: &str| Home::Known(KeyState::One(text.to_owned()));
        let has_arn = kind.is_bound_by_scps();
        let is_signed = has_arn || kind == PrincipalKind::Service;
        let name = self.model.keys().key(key).map(polsim_policy::ConditionKey::folded).unwrap_or_default();
        match name.as_str() {
            // What else follows from a principal that is known stands among the known keys.
            name if self.principal.is_some() && !["aws:userid", "aws:resourceaccount"].contains(&name) => {
                Home::Key(key)
            }
            "aws:principalarn" if has_arn => Home::Text(Coordinate::PrincipalArn),
            "aws:principalarn" => Home::Known(KeyState::Absent),
            "aws:principalaccount" if has_arn => Home::AccountOf(Coordinate::PrincipalArn),
            "aws:principalaccount" if is_signed => Home::Known(KeyState::Absent),
            "aws:principalaccount" => one("anonymous"),
            "aws:principaltype" => match kind {
                PrincipalKind::Root => one("Account"),
                PrincipalKind::User => one("User"),
                PrincipalKind::RoleSession => one("AssumedRole"),
                PrincipalKind::FederatedUser => one("FederatedUser"),
                PrincipalKind::Service => Home::Known(KeyState::Absent),
                PrincipalKind::Saml | PrincipalKind::Oidc | PrincipalKind::Anonymous => one("Anonymous"),
            },
            "aws:userid" => match kind {
                PrincipalKind::User | PrincipalKind::RoleSession => Home::Text(Coordinate::UniqueId),
                PrincipalKind::Root => Home::AccountOf(Coordinate::PrincipalArn),
                PrincipalKind::FederatedUser => Home::Key(key),
                PrincipalKind::Service => Home::Known(KeyState::Absent),
                PrincipalKind::Saml | PrincipalKind::Oidc | PrincipalKind::Anonymous => one("anonymous"),
            },
            "aws:username" if kind != PrincipalKind::User => Home::Known(KeyState::Absent),
            "aws:principalisawsservice" if is_signed => {
                one(if kind == PrincipalKind::Service { "true" } else { "false" })
            }
            "aws:principalisawsservice" => Home::Known(KeyState::Absent),
            "aws:principalservicename" if kind == PrincipalKind::Service => Home::Text(Coordinate::Name),
            "aws:principalservicename" => Home::Known(KeyState::Absent),
            // The account of the resource is the principal's own.
            "aws:resourceaccount" if has_arn && self.accounts == Accounts::Same => {
                Home::AccountOf(Coordinate::PrincipalArn)
            }
            _ => Home::Key(key),
        }
    }
}
