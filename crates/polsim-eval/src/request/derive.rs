//! Keys that follow from the rest of a request (S5.2, S5.1.2).

use super::{Context, InputError, KeyState, Principal, PrincipalKind, Request};
use polsim_arn::Arn;
use polsim_policy::ConditionKey;

/// A key that follows from the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The key.
    pub key: ConditionKey,
    /// What it must be.
    pub state: KeyState,
    /// From what it follows, in words.
    pub from: &'static str,
}

/// The request states a key otherwise than it follows from the rest of the request (S5.1.2).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is stated to be {}, but by the {} it is {}", derived.key, shown(stated), derived.from, shown(&derived.state))]
pub struct Contradiction {
    /// What follows.
    pub derived: Derived,
    /// What is stated.
    pub stated: KeyState,
}

fn shown(state: &KeyState) -> String {
    match state {
        KeyState::Absent => "absent".to_owned(),
        KeyState::Open => "anything".to_owned(),
        KeyState::One(value) => format!("`{value}`"),
        KeyState::List(values) => format!("`[{}]`", values.join(", ")),
    }
}

impl Principal {
    /// All keys that follow from the principal (S5.2).
    #[must_use]
    pub fn derived(&self) -> Vec<Derived> {
        let kind = self.kind;
        let arn = self.principal_arn();
        let is_service = kind == PrincipalKind::Service;
        // S4.15.7: who comes with an assertion or a token is not signed in.
        let is_signed = !matches!(kind, PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc);
        let principal_type = match kind {
            PrincipalKind::Root => Some("Account"),
            PrincipalKind::User => Some("User"),
            PrincipalKind::RoleSession => Some("AssumedRole"),
            PrincipalKind::FederatedUser => Some("FederatedUser"),
            PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc => Some("Anonymous"),
            PrincipalKind::Service => None,
        };
        let account = if is_signed { self.account() } else { Some("anonymous") };
        let name = arn.as_deref().and_then(Arn::parse).and_then(|arn| arn.resource.rsplit('/').next());
        let username = name.filter(|_| kind == PrincipalKind::User);
        let is_aws_service = is_signed.then_some(if is_service { "true" } else { "false" });
        let service_name = self.arn.as_deref().filter(|_| is_service);
        let one = |text: Option<&str>| text.map_or(KeyState::Absent, |text| KeyState::One(text.to_owned()));
        let keys = [
            ("aws:PrincipalArn", one(arn.as_deref()), "principal"),
            ("aws:PrincipalType", one(principal_type), "kind of the principal"),
            ("aws:PrincipalAccount", one(account), "principal"),
            ("aws:userid", self.user_id_key(), "principal"),
            ("aws:username", one(username), "principal"),
            ("aws:PrincipalIsAWSService", one(is_aws_service), "kind of the principal"),
            ("aws:PrincipalServiceName", one(service_name), "principal"),
        ];
        let derived = keys.into_iter().filter_map(|(name, state, from)| Derived::new(name, state, from));
        derived.collect()
    }

    fn user_id_key(&self) -> KeyState {
        let id = match self.kind {
            PrincipalKind::Root => self.account().map(str::to_owned),
            PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc => {
                Some("anonymous".to_owned())
            }
            PrincipalKind::FederatedUser => {
                let arn = self.arn.as_deref().and_then(Arn::parse);
                arn.and_then(|arn| Some(format!("{}:{}", arn.account, arn.resource.split_once('/')?.1)))
            }
            PrincipalKind::Service => return KeyState::Absent,
            PrincipalKind::User | PrincipalKind::RoleSession => self.user_id(),
        };
        // Users and sessions have an id that nobody can tell from the ARN.
        id.map_or(KeyState::Open, KeyState::One)
    }
}

impl Derived {
    fn new(name: &str, state: KeyState, from: &'static str) -> Option<Self> {
        Some(Self { key: ConditionKey::new(name)?, state, from })
    }
}

impl Request {
    /// All keys that follow from principal and account of the resource.
    #[must_use]
    pub fn derived(&self) -> Vec<Derived> {
        let mut derived = self.principal.derived();
        // A session whose role is not known is taken for one of a role without a path, unless the caller knows better.
        let is_guessed =
            self.principal.kind == PrincipalKind::RoleSession && self.principal.issuer_arn.is_none();
        if is_guessed && let Some(first) = derived.first_mut() {
            first.state = self.context.stated(&first.key).unwrap_or(&first.state).clone();
        }
        let owner = self.resource_account.as_deref().map(|account| KeyState::One(account.to_owned()));
        let of_owner = |state| Derived::new("aws:ResourceAccount", state, "account of the resource");
        derived.extend(owner.and_then(of_owner));
        derived
    }

    /// Fills in what follows from the request. What is derived as open is left to what the context says of keys that
    /// it does not state.
    ///
    /// # Errors
    /// [`InputError`] when the resource is none, or a key is stated otherwise (S5.1.2).
    pub fn complete(&mut self) -> Result<Vec<Derived>, InputError> {
        for resource in std::iter::once(&self.resource).chain(&self.underlying_resource) {
            if resource != "*" && Arn::parse(resource).is_none() {
                return Err(InputError::Resource(resource.clone()));
            }
        }
        let derived = self.derived();
        let mut added = Vec::new();
        for entry in derived {
            match (self.context.stated(&entry.key), &entry.state) {
                (None, KeyState::Open) | (Some(KeyState::Open), _) | (Some(_), KeyState::Open) => {}
                (None, state) => {
                    self.context.replace(entry.key.clone(), state.clone());
                    added.push(entry);
                }
                (Some(stated), state) if says_the_same(stated, state) => {}
                (Some(stated), _) => {
                    return Err(Contradiction { stated: stated.clone(), derived: entry }.into());
                }
            }
        }
        self.state_default("aws:ViaAWSService", "false");
        Ok(added)
    }

    fn state_default(&mut self, name: &str, value: &str) {
        let Some(key) = ConditionKey::new(name) else {
            return;
        };
        let stated_by_default = self.context.unstated == super::Unstated::Absent;
        if stated_by_default && self.context.stated(&key).is_none() {
            self.context.replace(key, KeyState::One(value.to_owned()));
        }
    }
}

/// A list of one entry says what the entry says; a list of none is not the same as nothing at all (A7).
fn says_the_same(stated: &KeyState, derived: &KeyState) -> bool {
    stated.values() == derived.values() && (*stated == KeyState::Absent) == (*derived == KeyState::Absent)
}

impl Context {
    /// The only value of a key by name, when it is stated with exactly one.
    #[must_use]
    pub fn single(&self, name: &str) -> Option<&str> {
        match self.stated(&ConditionKey::new(name)?)?.values() {
            [only] => Some(only),
            _ => None,
        }
    }
}
