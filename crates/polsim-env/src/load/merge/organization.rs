//! The organization: its tree, its accounts, and what hangs where.

use super::Merger;
use crate::load::{Attachment, Diagnosis, Facts, OrganizationFacts, Told};
use crate::schema::{Account, EnvironmentFile, Level, Organization, Placed, PolicyRef, entries};
use polsim_policy::PolicyType;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The policy of AWS that every target has without being asked; it allows what others deny or not (S4.10).
const OWN_RCP: &str = "p-RCPFullAWSAccess";

/// Policies by the id of what they hang on.
type Hung<'f> = BTreeMap<&'f str, Vec<&'f Attachment>>;

/// A unit with its name and what it is in, put together from several files.
type Unit<'f> = (&'f Told<String>, Option<&'f String>, Option<&'f Told<String>>);

impl Merger {
    pub(super) fn organization(&mut self, facts: &Facts, file: &mut EnvironmentFile) {
        let told = &facts.organization;
        for policy in &told.unplaced {
            self.problem(Diagnosis::NotPlaced(policy.value.clone()), &policy.place);
        }
        let mut hung = Hung::new();
        for attachment in &told.attachments {
            hung.entry(&attachment.target.value).or_default().push(attachment);
        }
        let is_described = file.organization.is_some();
        if !is_described && (told.id.is_some() || !told.units.is_empty()) {
            file.organization = Some(self.tree(told, &hung));
        }
        let Some(organization) = &file.organization else { return };
        let root = organization.levels.first().map(|level| level.name.clone());
        let names: BTreeMap<String, Placed<String>> = organization
            .levels
            .iter()
            .filter_map(|level| Some((level.id.as_ref()?.value.clone(), level.name.clone())))
            .collect();
        let own: BTreeSet<String> =
            entries(file.accounts.as_ref().map(|table| &table.0)).map(|(id, _)| id.value.clone()).collect();
        let mut parents: BTreeMap<&str, Option<&Told<String>>> = BTreeMap::new();
        let mut order = Vec::new();
        for account in &facts.accounts {
            let parent = parents.entry(&account.id.value).or_insert_with(|| {
                order.push(&account.id);
                None
            });
            *parent = parent.or(account.parent.as_ref());
        }
        for id in order {
            if own.contains(&id.value) {
                continue;
            }
            let parent = parents.get(id.value.as_str()).copied().flatten();
            let level = match parent.and_then(|parent| names.get(&parent.value)) {
                Some(level) => level.clone(),
                None if names.len() <= 1 && root.is_some() => root.clone().unwrap_or_else(|| self.placed(id)),
                None => {
                    self.problem(Diagnosis::NoParent(id.value.clone()), &id.place);
                    continue;
                }
            };
            let level =
                Placed::new(level.value, parent.map_or(level.span, |parent| self.atlas.span(&parent.place)));
            let management = told.management.as_ref().filter(|management| management.value == id.value);
            let is_bound = management.is_none();
            let account = Account {
                level: Some(level),
                management: management.map(|told| Placed::new(true, self.atlas.span(&told.place))),
                outside: None,
                scps: self.scps(id, told, &hung, is_bound && told.tells_attachments(PolicyType::Scp)),
                rcps: self.rcps(id, told, &hung),
                canonical_id: None,
                restrict_public_buckets: None,
            };
            let id = self.placed(id);
            file.accounts.get_or_insert_default().0.push(id, account);
        }
    }

    fn tree(&mut self, told: &OrganizationFacts, hung: &Hung<'_>) -> Organization {
        let mut units: Vec<Unit<'_>> = Vec::new();
        for unit in &told.units {
            match units.iter_mut().find(|(known, _, _)| known.value == unit.id.value) {
                Some((_, name, parent)) => {
                    *name = name.or(unit.name.as_ref());
                    *parent = parent.or(unit.parent.as_ref());
                }
                None => units.push((&unit.id, unit.name.as_ref(), unit.parent.as_ref())),
            }
        }
        // The root comes first, whatever the order of the files.
        units.sort_by_key(|(id, _, _)| !id.value.starts_with("r-"));
        let named = |id: &str| {
            let found = units.iter().find(|(known, _, _)| known.value == id);
            let name = found.and_then(|(_, name, _)| name.map(String::as_str)).unwrap_or(id);
            let is_alone =
                units.iter().filter(|(_, other, _)| other.is_some_and(|other| other == name)).count() < 2;
            if is_alone { name.to_owned() } else { format!("{name} ({id})") }
        };
        let knows_scps = told.tells_attachments(PolicyType::Scp);
        let mut levels = Vec::new();
        for (id, _, parent) in &units {
            let is_root = id.value.starts_with("r-");
            if parent.is_none() && !is_root && told.units.iter().any(|unit| unit.id.value.starts_with("r-")) {
                self.problem(Diagnosis::NoParent(id.value.clone()), &id.place);
            }
            let parent = parent
                .filter(|_| !is_root)
                .map(|parent| Placed::new(named(&parent.value), self.atlas.span(&parent.place)));
            levels.push(Level {
                name: Placed::new(named(&id.value), self.atlas.span(&id.place)),
                parent,
                id: Some(self.placed(id)),
                scps: self.scps(id, told, hung, knows_scps),
                rcps: self.rcps(id, told, hung),
            });
        }
        if let (Some(id), true) = (&told.id, levels.is_empty()) {
            self.note(Diagnosis::NotTold { what: "the units and policies", of: id.value.clone() }, &id.place);
            let name = Placed::new("root".to_owned(), self.atlas.span(&id.place));
            levels.push(Level { name, parent: None, id: None, scps: None, rcps: None });
        } else if let (Some((first, _, _)), false) = (units.first(), knows_scps) {
            let of = told.id.as_ref().unwrap_or(first);
            let what = "the service control policies";
            self.note(Diagnosis::NotTold { what, of: of.value.clone() }, &of.place);
        }
        Organization { id: told.id.as_ref().map(|id| self.placed(id)), levels }
    }

    fn scps(
        &mut self,
        target: &Told<String>,
        told: &OrganizationFacts,
        hung: &Hung<'_>,
        are_wanted: bool,
    ) -> Option<Placed<Vec<PolicyRef>>> {
        let policies = self.hanging(PolicyType::Scp, target, told, hung);
        if policies.is_empty() && are_wanted {
            let what = "the service control policies";
            self.note(Diagnosis::NotTold { what, of: target.value.clone() }, &target.place);
        }
        (!policies.is_empty()).then(|| Placed::new(policies, self.atlas.span(&target.place)))
    }

    fn rcps(
        &mut self,
        target: &Told<String>,
        told: &OrganizationFacts,
        hung: &Hung<'_>,
    ) -> Option<Vec<PolicyRef>> {
        Some(self.hanging(PolicyType::Rcp, target, told, hung)).filter(|policies| !policies.is_empty())
    }

    /// The policies of a type that hang on a target.
    fn hanging(
        &mut self,
        policy_type: PolicyType,
        target: &Told<String>,
        told: &OrganizationFacts,
        hung: &Hung<'_>,
    ) -> Vec<PolicyRef> {
        let mut policies = Vec::new();
        let mut seen = BTreeSet::new();
        for attachment in hung.get(target.value.as_str()).into_iter().flatten() {
            let id = &attachment.policy;
            if id.value == OWN_RCP || !seen.insert(id.value.as_str()) {
                continue;
            }
            let of_id = || told.policies.iter().filter(|policy| policy.id.value == id.value);
            let its_type = of_id().next().map(|policy| policy.policy_type).or(attachment.policy_type);
            if its_type.is_some_and(|its| its != policy_type) {
                continue;
            }
            match of_id().find_map(|policy| policy.text.as_ref()) {
                Some(text) => policies.push(PolicyRef::Loaded(Arc::clone(text))),
                // Without a type it is told once, as a service control policy.
                None if its_type.is_some() || policy_type == PolicyType::Scp => {
                    let to = target.value.clone();
                    self.problem(Diagnosis::NoPolicyText { policy: id.value.clone(), to }, &id.place);
                }
                None => {}
            }
        }
        policies
    }
}

impl OrganizationFacts {
    /// Whether files tell of attachments of policies of a type.
    fn tells_attachments(&self, policy_type: PolicyType) -> bool {
        self.attachments.iter().any(|attachment| {
            let of_policy = self.policies.iter().find(|policy| policy.id.value == attachment.policy.value);
            of_policy.map(|policy| policy.policy_type).or(attachment.policy_type) == Some(policy_type)
        })
    }
}
