//! The whole environment.

use super::{Account, Endpoint, Principal, Resource};
use crate::hang::HungPolicy;
use crate::problem::Problem;
use polsim_eval::{Model, PolicyId, Readings};
use polsim_policy::Policy;
use std::collections::BTreeMap;

/// Who exists, and where each policy hangs. Policies are compiled once, for any number of questions.
#[derive(Clone, Debug)]
pub struct Environment {
    pub(crate) model: Model,
    /// In the order of the model.
    pub(crate) policies: Vec<HungPolicy>,
    pub(crate) left_out: Vec<Problem>,
    pub(crate) organization: Option<OrganizationId>,
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) principals: Vec<Principal>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) readings: Readings,
    pub(crate) root_bucket_policy_escape: bool,
}

/// The organization of an environment, by its id when the file tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationId(pub Option<String>);

impl Environment {
    /// The compiled policies.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// A policy: its name, its text, and what it hangs on.
    #[must_use]
    pub fn policy(&self, id: PolicyId) -> Option<&HungPolicy> {
        self.policies.get(id.index())
    }

    /// All policies, in the order of the model.
    #[must_use]
    pub fn policies(&self) -> &[HungPolicy] {
        &self.policies
    }

    /// The policies of dumps that AWS would not take, which hang nowhere.
    #[must_use]
    pub fn left_out(&self) -> &[Problem] {
        &self.left_out
    }

    /// The same environment with another policy in the place of one.
    #[must_use]
    pub fn replacing(&self, id: PolicyId, policy: Policy) -> Self {
        let mut other = self.clone();
        if let Some(hung) = other.policies.get_mut(id.index()) {
            hung.policy = policy;
        }
        // Ids count the policies, so they mean the same in the new model.
        other.model = Model::new();
        for hung in &other.policies {
            other.model.add(&hung.policy);
        }
        other
    }

    /// How ambiguities are read.
    #[must_use]
    pub fn readings(&self) -> Readings {
        self.readings
    }

    /// The organization, when there is one.
    #[must_use]
    pub fn organization(&self) -> Option<&OrganizationId> {
        self.organization.as_ref()
    }

    /// An account.
    #[must_use]
    pub fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.get(id)
    }

    /// The accounts by their ids.
    pub fn accounts(&self) -> impl Iterator<Item = (&str, &Account)> {
        self.accounts.iter().map(|(id, account)| (id.as_str(), account))
    }

    /// The principals, in the order of the file.
    #[must_use]
    pub fn principals(&self) -> &[Principal] {
        &self.principals
    }

    /// The resources, in the order of the file.
    #[must_use]
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// The endpoints, in the order of the file.
    #[must_use]
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }
}
