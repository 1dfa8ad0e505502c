//! Keys that follow from the rest of a request (S5.2, S5.1.2).

use super::{Context, InputError, KeyState, PrincipalKind, Request};
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
#[error("`{}` contradicts the {}", derived.key, derived.from)]
pub struct Contradiction {
    /// What follows.
    pub derived: Derived,
    /// What is stated.
    pub stated: KeyState,
}

impl Request {
    /// All keys that follow from principal, resource and account.
    #[must_use]
    pub fn derived(&self) -> Vec<Derived> {
        let mut derived = Vec::new();
        let mut add = |name: &str, state: KeyState, from: &'static str| {
            if let Some(key) = ConditionKey::new(name) {
                derived.push(Derived { key, state, from });
            }
        };
        let one = |text: &str| KeyState::One(text.to_owned());
        let principal = &self.principal;
        let kind = principal.kind;
        let is_service = kind == PrincipalKind::Service;
        let arn = principal.principal_arn();
        let certain = kind != PrincipalKind::RoleSession || principal.issuer_arn.is_some();
        let stated = if certain {
            None
        } else {
            self.context.single("aws:PrincipalArn").map(one)
        };
        let guessed = arn.as_deref().map_or(KeyState::Absent, one);
        // A session whose role is not known is taken for one of a role without a path, unless the caller knows better.
        add("aws:PrincipalArn", stated.unwrap_or(guessed), "principal");
        let principal_type = match kind {
            PrincipalKind::Root => Some("Account"),
            PrincipalKind::User => Some("User"),
            PrincipalKind::RoleSession => Some("AssumedRole"),
            PrincipalKind::FederatedUser => Some("FederatedUser"),
            // S4.15.7: who comes with an assertion or a token is not signed in either.
            PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc => Some("Anonymous"),
            PrincipalKind::Service => None,
        };
        add(
            "aws:PrincipalType",
            principal_type.map_or(KeyState::Absent, one),
            "kind of the principal",
        );
        let is_signed = !matches!(
            kind,
            PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc
        );
        let account = if is_signed {
            principal.account()
        } else {
            Some("anonymous")
        };
        add(
            "aws:PrincipalAccount",
            account.map_or(KeyState::Absent, one),
            "principal",
        );
        add("aws:userid", self.user_id(), "principal");
        let name = arn
            .as_deref()
            .and_then(Arn::parse)
            .and_then(|arn| arn.resource.rsplit('/').next());
        let username = name.filter(|_| kind == PrincipalKind::User);
        add(
            "aws:username",
            username.map_or(KeyState::Absent, one),
            "principal",
        );
        let is_aws_service = if is_signed {
            one(if is_service { "true" } else { "false" })
        } else {
            KeyState::Absent
        };
        add(
            "aws:PrincipalIsAWSService",
            is_aws_service,
            "kind of the principal",
        );
        let service_name = principal.arn.as_deref().filter(|_| is_service);
        add(
            "aws:PrincipalServiceName",
            service_name.map_or(KeyState::Absent, one),
            "principal",
        );
        if let Some(account) = self.resource_account.as_deref() {
            add("aws:ResourceAccount", one(account), "account of the resource");
        }
        derived
    }

    fn user_id(&self) -> KeyState {
        let principal = &self.principal;
        let from_kind = match principal.kind {
            PrincipalKind::Root => principal.account().map(str::to_owned),
            PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc => {
                Some("anonymous".to_owned())
            }
            PrincipalKind::FederatedUser => {
                let arn = principal.arn.as_deref().and_then(Arn::parse);
                arn.and_then(|arn| {
                    let name = arn.resource.split_once('/')?.1;
                    Some(format!("{}:{name}", arn.account))
                })
            }
            PrincipalKind::Service => return KeyState::Absent,
            PrincipalKind::User | PrincipalKind::RoleSession => principal.user_id(),
        };
        // Users and sessions have an id that nobody can tell from the ARN.
        from_kind.map_or(KeyState::Open, KeyState::One)
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
                (Some(stated), state) if stated.values() == state.values() => {}
                (Some(stated), _) => {
                    return Err(Contradiction {
                        stated: stated.clone(),
                        derived: entry,
                    }
                    .into());
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
