//! Resources and VPC endpoints.

use super::{Merger, add};
use crate::load::{Diagnosis, Facts};
use crate::schema::{AccountId, Endpoint, EnvironmentFile, PolicyRef, Resource, entries};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Merger {
    pub(super) fn things(&mut self, facts: &Facts, file: &mut EnvironmentFile) {
        let own: BTreeSet<String> =
            entries(file.resources.as_ref()).map(|(_, entry)| entry.arn.value.clone()).collect();
        let mut known = BTreeSet::new();
        let mut resources: Vec<(_, Resource)> = Vec::new();
        for fact in &facts.resources {
            if own.contains(&fact.arn.value) {
                // The environment file says who owns it, this file what its policy is.
                let entry = file
                    .resources
                    .as_mut()
                    .and_then(|table| table.find_mut(|entry| entry.arn.value == fact.arn.value));
                if let (Some(entry), Some(policy)) = (entry, &fact.policy)
                    && entry.policy.is_none()
                {
                    entry.policy = Some(PolicyRef::Loaded(Arc::clone(policy)));
                }
                continue;
            }
            if !known.insert(fact.arn.value.clone()) {
                let is_from_dump = resources.iter_mut().find(|(_, entry)| entry.arn.value == fact.arn.value);
                let Some((_, entry)) = is_from_dump else { continue };
                // Another file says what the first one left open.
                match (&entry.policy, &fact.policy) {
                    (None, Some(policy)) => entry.policy = Some(PolicyRef::Loaded(Arc::clone(policy))),
                    (Some(PolicyRef::Loaded(own)), Some(other))
                        if own.source().text() != other.source().text() =>
                    {
                        self.note(Diagnosis::Differs(fact.arn.value.clone()), &fact.arn.place);
                    }
                    _ => {}
                }
                if entry.account.is_none() {
                    entry.account = fact.account.as_ref().map(|account| AccountId(self.placed(account)));
                }
                entry.restrict_public_buckets =
                    entry.restrict_public_buckets.or(fact.restrict_public_buckets);
                continue;
            }
            let tells_owner =
                polsim_arn::Arn::parse(&fact.arn.value).is_some_and(|arn| !arn.account.is_empty());
            if !tells_owner && fact.account.is_none() && !owned(facts, &fact.arn.value) {
                self.problem(Diagnosis::NoOwner(fact.arn.value.clone()), &fact.arn.place);
                continue;
            }
            let arn = self.placed(&fact.arn);
            let resource = Resource {
                account: fact.account.as_ref().map(|account| AccountId(self.placed(account))),
                policy: fact.policy.as_ref().map(|policy| PolicyRef::Loaded(Arc::clone(policy))),
                restrict_public_buckets: fact.restrict_public_buckets,
                access_points: None,
                arn: arn.clone(),
            };
            resources.push((arn, resource));
        }
        add(&mut file.resources, resources);
        let mut known: BTreeSet<String> =
            entries(file.endpoints.as_ref()).map(|(_, entry)| entry.id.value.clone()).collect();
        let mut endpoints = Vec::new();
        for fact in &facts.endpoints {
            if !known.insert(fact.id.value.clone()) {
                continue;
            }
            let id = self.placed(&fact.id);
            let endpoint = Endpoint {
                kind: fact.kind,
                service: self.placed(&fact.service),
                vpc: self.placed(&fact.vpc),
                region: None,
                policy: fact.policy.as_ref().map(|policy| PolicyRef::Loaded(Arc::clone(policy))),
                id: id.clone(),
            };
            endpoints.push((id, endpoint));
        }
        add(&mut file.endpoints, endpoints);
    }
}

/// Whether any file tells the owner of a resource.
fn owned(facts: &Facts, arn: &str) -> bool {
    facts.resources.iter().any(|fact| fact.arn.value == arn && fact.account.is_some())
}
