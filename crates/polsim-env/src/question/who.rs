//! Who asks.

use super::AskError;
use crate::environment::{Environment, Principal, Role};
use crate::read::nearest;
use polsim_arn::Arn;
use polsim_eval::PrincipalKind;

/// Who asks.
#[derive(Clone, Debug)]
pub struct Who<'e> {
    /// The principal as the evaluator sees it.
    pub principal: polsim_eval::Principal,
    /// Its entry: of a session either its own or its role's.
    pub entry: Option<&'e Principal>,
    /// Where its permissions come from: the user, or the role of a session.
    pub issuer: Option<&'e Principal>,
}

impl Environment {
    /// Finds out who is meant: by a name of the file, an ARN, 12 digits (a root user), a service or `anonymous`. The
    /// ARN of a role means a session of it.
    ///
    /// # Errors
    /// [`AskError`] when it is nobody, or somebody whom the environment should know and does not.
    pub fn who(&self, text: &str) -> Result<Who<'_>, AskError> {
        if let Some(entry) = self.principals.iter().find(|entry| entry.name == text) {
            return self.described(entry, &entry.arn);
        }
        let Some(principal) = polsim_eval::Principal::read(text) else {
            return Err(self.nobody(text));
        };
        let arn = principal.arn.clone().unwrap_or_default();
        if let Some(entry) = self.principals.iter().find(|entry| entry.arn == text || entry.arn == arn) {
            return self.described(entry, text);
        }
        let session = Arn::parse(text);
        let role =
            session.and_then(|session| self.principals.iter().find(|entry| entry.is_role_of(&session)));
        if let Some(role) = role {
            return self.described(role, text);
        }
        match principal.account() {
            // A root user has no policies, so nothing about it could be missing.
            Some(account) if principal.kind != PrincipalKind::Root && self.describes(account) => {
                let arns = self.principals.iter().map(|entry| entry.arn.as_str());
                Err(AskError::UnknownPrincipal {
                    arn: text.to_owned(),
                    account: account.to_owned(),
                    near: nearest(text, arns),
                })
            }
            _ => Ok(Who { principal: self.with_account(principal), entry: None, issuer: None }),
        }
    }

    /// Whether the principals of an account should be among those of the environment: it is one of its accounts, and
    /// not one outside.
    fn describes(&self, account: &str) -> bool {
        self.account(account).is_some_and(|account| !account.is_outside)
    }

    fn nobody(&self, text: &str) -> AskError {
        AskError::NoSuch {
            text: text.to_owned(),
            what: "a principal",
            else_: "the ARN of one, 12 digits, a service or `anonymous`",
            near: nearest(text, self.principals.iter().map(|entry| entry.name.as_str())),
        }
    }

    fn described<'e>(&'e self, entry: &'e Principal, text: &str) -> Result<Who<'e>, AskError> {
        let mut principal = polsim_eval::Principal::read(text).ok_or_else(|| self.nobody(text))?;
        let issuer = match entry.role {
            Role::Session | Role::FederatedUser => entry.issuer.and_then(|at| self.principals.get(at)),
            Role::User | Role::Role | Role::ServiceLinkedRole => Some(entry),
            Role::Root | Role::Provider => None,
        };
        if let Some(issuer) = issuer {
            if principal.kind != PrincipalKind::User {
                principal.issuer_arn = Some(issuer.arn.clone());
            }
            principal.is_service_linked = issuer.role == Role::ServiceLinkedRole;
        }
        let issuers_id = issuer.filter(|issuer| issuer.role != Role::User || entry.role == Role::User);
        principal.unique_id =
            entry.unique_id.clone().or_else(|| issuers_id.and_then(|issuer| issuer.unique_id.clone()));
        Ok(Who { principal: self.with_account(principal), entry: Some(entry), issuer })
    }

    /// What the account tells of a principal.
    fn with_account(&self, mut principal: polsim_eval::Principal) -> polsim_eval::Principal {
        let account = principal.account().and_then(|account| self.accounts.get(account));
        if let Some(account) = account {
            principal.in_management_account = account.is_management;
            principal.canonical_id.clone_from(&account.canonical_id);
        }
        principal
    }
}

impl Who<'_> {
    /// Whether the environment cannot know what its own policies allow it.
    #[must_use]
    pub fn is_external(&self) -> bool {
        self.entry.is_none() && self.principal.kind.has_identity_policies()
    }

    /// The tags, those of a session over those of its role.
    pub(super) fn tags(&self) -> Vec<(&str, &str)> {
        let mut tags: Vec<(&str, &str)> = Vec::new();
        let own = self.entry.into_iter().chain(self.issuer).flat_map(|entry| &entry.tags);
        for (key, value) in own {
            if !tags.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) {
                tags.push((key, value));
            }
        }
        tags
    }
}
