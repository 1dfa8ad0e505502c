//! Where the value of a variable comes from in a situation.
//!
//! What follows from the principal is found by looking: two principals of the kind that have nothing else in common are
//! asked for their keys. What is the same for both is known; what is an ARN, an account or an id is a test on that; what
//! is anything else is taken to be free, which makes more requests than there are, never fewer.

use crate::circuit::Coordinate;
use crate::universe::examples;
use polsim_eval::{Accounts, Attribute, Derived, KeyId, KeyState, Principal, PrincipalKind, Variable};
use polsim_question::question::{PrincipalRegion, Question, Scope};

/// Where a variable is to be found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Home {
    /// Its value is known.
    Known(KeyState),
    /// It is a part of the request that is always one text.
    Text(Coordinate),
    /// It is the account in an ARN.
    AccountOf(Coordinate),
    /// It is the ARN of a role session: of its role, and its name.
    SessionArn,
    /// It is a key with any state.
    Key(KeyId),
}

/// Where everything is to be found.
#[derive(Clone, Debug)]
pub(crate) struct Homes {
    kind: PrincipalKind,
    keys: Vec<Home>,
    /// The principal, when it is one.
    principal: Option<Principal>,
}

impl Homes {
    pub(crate) fn new(question: &Question<'_>, kind: PrincipalKind, accounts: Accounts) -> Self {
        let region = question.region;
        let principal = match &region.principal {
            PrincipalRegion::One(principal) => Some((**principal).clone()),
            _ => None,
        };
        let mut homes = Self { kind, keys: Vec::new(), principal };
        for (key, name) in question.model.keys().iter() {
            let name = name.folded();
            let known =
                region.known.iter().rev().find(|(known, _)| *known == key).map(|(_, state)| state.clone());
            let derived = match &homes.principal {
                Some(principal) => of_one(principal, &name),
                None => of_kind(kind, &name),
            };
            let stated = known.map(Home::Known);
            let is_owner = name == "aws:resourceaccount";
            let owner = if is_owner { homes.owner(question, accounts) } else { None };
            // A principal that is known says more than a region does.
            let home = if homes.principal.is_some() {
                derived.or(owner).or(stated)
            } else {
                owner.or(stated).or(derived)
            };
            homes.keys.push(home.unwrap_or(Home::Key(key)));
        }
        homes
    }

    /// Who owns the resource, where that is known or the principal's own account.
    fn owner(&self, question: &Question<'_>, accounts: Accounts) -> Option<Home> {
        if let Some(owner) = &question.region.resource_account {
            return Some(Home::Known(KeyState::One(owner.clone())));
        }
        if !self.kind.is_bound_by_scps()
            || accounts != Accounts::Same
            || matches!(question.scope, Scope::Alone(_))
        {
            return None;
        }
        let known = self.principal.as_ref().and_then(|principal| principal.account());
        Some(match known {
            Some(account) => Home::Known(KeyState::One(account.to_owned())),
            None => Home::AccountOf(Coordinate::PrincipalArn),
        })
    }

    pub(crate) fn principal(&self) -> Option<&Principal> {
        self.principal.as_ref()
    }

    /// The state of a key, when it is known.
    pub(crate) fn known(&self, key: KeyId) -> Option<&KeyState> {
        match self.keys.get(key.index()) {
            Some(Home::Known(state)) => Some(state),
            _ => None,
        }
    }

    pub(crate) fn of(&self, variable: Variable) -> Home {
        match variable {
            Variable::Action => Home::Text(Coordinate::Action),
            Variable::Resource => Home::Text(Coordinate::Resource),
            Variable::Key(key) => self.keys.get(key.index()).cloned().unwrap_or(Home::Key(key)),
            Variable::Principal(attribute) => match &self.principal {
                Some(principal) => match principal.attribute(attribute) {
                    Some(text) => Home::Known(KeyState::One(text)),
                    None if attribute == Attribute::UniqueId => Home::Text(Coordinate::UniqueId),
                    None => Home::Known(KeyState::Absent),
                },
                None => self.of_attribute(attribute),
            },
        }
    }

    /// Which part of a request a property of a principal is.
    fn of_attribute(&self, attribute: Attribute) -> Home {
        let kind = self.kind;
        let has_arn = kind.is_bound_by_scps();
        let has_id = matches!(kind, PrincipalKind::User | PrincipalKind::RoleSession);
        let has_name = matches!(kind, PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc);
        let text = |is_there: bool, coordinate| {
            if is_there { Home::Text(coordinate) } else { Home::Known(KeyState::Absent) }
        };
        match attribute {
            Attribute::Arn if kind == PrincipalKind::RoleSession => Home::SessionArn,
            Attribute::Arn => text(has_arn, Coordinate::PrincipalArn),
            Attribute::IssuerArn if kind == PrincipalKind::RoleSession => {
                Home::Text(Coordinate::PrincipalArn)
            }
            Attribute::IssuerArn => text(kind == PrincipalKind::FederatedUser, Coordinate::IssuerArn),
            Attribute::Account if has_arn => Home::AccountOf(Coordinate::PrincipalArn),
            Attribute::Account => Home::Known(KeyState::Absent),
            Attribute::UniqueId => text(has_id, Coordinate::UniqueId),
            Attribute::Name => text(has_name, Coordinate::Name),
            Attribute::CanonicalId => text(has_arn, Coordinate::CanonicalId),
        }
    }
}

fn state_of(principal: &Principal, name: &str) -> Option<KeyState> {
    let derived = principal.derived().into_iter().find(|derived: &Derived| derived.key.folded() == name);
    derived.map(|derived| derived.state)
}

/// Where a key of a principal is to be found that is known.
fn of_one(principal: &Principal, name: &str) -> Option<Home> {
    match state_of(principal, name)? {
        KeyState::Open => Some(Home::Text(Coordinate::UniqueId)),
        state => Some(Home::Known(state)),
    }
}

/// Where a key is to be found that follows from principals of a kind; `None` when it does not, or is not to be found.
fn of_kind(kind: PrincipalKind, name: &str) -> Option<Home> {
    let [one, two] = examples(kind).map(|principal| Some((state_of(&principal, name)?, principal)));
    let ((state, one), (other, two)) = (one?, two?);
    if state == KeyState::Open {
        return None;
    }
    if state == other {
        return Some(Home::Known(state));
    }
    let is = |find: &dyn Fn(&Principal) -> Option<String>| {
        let same = |principal, state: &KeyState| find(principal).map(KeyState::One).as_ref() == Some(state);
        same(&one, &state) && same(&two, &other)
    };
    if is(&Principal::principal_arn) {
        Some(Home::Text(Coordinate::PrincipalArn))
    } else if is(&|principal| principal.account().map(str::to_owned)) {
        Some(Home::AccountOf(Coordinate::PrincipalArn))
    } else if is(&|principal| principal.attribute(Attribute::UniqueId)) {
        Some(Home::Text(Coordinate::UniqueId))
    } else if is(&|principal| principal.attribute(Attribute::Name)) {
        Some(Home::Text(Coordinate::Name))
    } else {
        None
    }
}
