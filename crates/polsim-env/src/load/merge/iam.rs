//! Users, roles and groups with the policies that are attached to them.

use super::{Merger, add};
use crate::load::{Diagnosis, Facts, FoundPolicy, GroupFact, PrincipalFact, Told};
use crate::schema::{EnvironmentFile, Group, Named, Placed, PolicyRef, Principal, entries};
use polsim_arn::Arn;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The texts of managed policies by ARN.
type Managed<'f> = HashMap<&'f str, &'f Arc<FoundPolicy>>;

impl Merger {
    pub(super) fn iam(&mut self, facts: &Facts, file: &mut EnvironmentFile) {
        let managed = self.managed(facts);
        let mut principals = self.principals(facts);
        let mut groups = facts.groups.clone();
        self.by_name(facts, &mut principals, &mut groups);
        let groups = self.groups(&groups, &managed);
        let known: BTreeSet<String> = groups.iter().map(|(name, _)| name.value.clone()).collect();
        let own: BTreeSet<String> =
            entries(file.principals.as_ref()).map(|(_, entry)| entry.arn.value.clone()).collect();
        let mut described = Vec::new();
        for fact in principals {
            if !own.contains(&fact.arn.value) {
                described.push(self.principal(&fact, &managed, &known));
            }
        }
        add(&mut file.groups, groups);
        add(&mut file.principals, described);
    }

    fn managed<'f>(&mut self, facts: &'f Facts) -> Managed<'f> {
        let mut managed = Managed::new();
        for fact in &facts.managed {
            match managed.get(fact.arn.value.as_str()) {
                Some(known) if !says_the_same(known, &fact.text) => {
                    self.note(Diagnosis::Differs(fact.arn.value.clone()), &fact.arn.place);
                }
                Some(_) => {}
                None => {
                    managed.insert(&fact.arn.value, &fact.text);
                }
            }
        }
        managed
    }

    fn groups(&mut self, groups: &[GroupFact], managed: &Managed<'_>) -> Vec<(Placed<String>, Group)> {
        let mut seen = BTreeSet::new();
        let mut described = Vec::new();
        for fact in groups {
            if !seen.insert(fact.arn.value.as_str()) {
                continue;
            }
            let identity = self.identity(&fact.arn, fact.inline.as_ref(), fact.attached.as_ref(), managed);
            described.push((self.placed(&fact.arn), Group { identity }));
        }
        described
    }

    /// The principals, each once: what several files say of one is put together.
    fn principals(&mut self, facts: &Facts) -> Vec<PrincipalFact> {
        let mut merged: Vec<PrincipalFact> = Vec::new();
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        for fact in &facts.principals {
            let known = at.get(fact.arn.value.as_str()).and_then(|at| merged.get_mut(*at));
            match known {
                Some(known) => known.complete(fact),
                None => {
                    at.insert(&fact.arn.value, merged.len());
                    merged.push(fact.clone());
                }
            }
        }
        merged
    }

    fn principal(
        &mut self,
        fact: &PrincipalFact,
        managed: &Managed<'_>,
        groups: &BTreeSet<String>,
    ) -> (Placed<String>, Principal) {
        let arn = self.placed(&fact.arn);
        let is_user = Arn::parse(&fact.arn.value).is_some_and(|arn| arn.resource.starts_with("user/"));
        let identity = self.identity(&fact.arn, fact.inline.as_ref(), fact.attached.as_ref(), managed);
        if is_user && fact.groups.is_none() {
            let diagnosis = Diagnosis::NotTold { what: "the groups", of: fact.arn.value.clone() };
            self.note(diagnosis, &fact.arn.place);
        }
        if !fact.tells_boundary {
            let diagnosis = Diagnosis::NotTold { what: "the boundary", of: fact.arn.value.clone() };
            self.note(diagnosis, &fact.arn.place);
        }
        let mut member_of = Vec::new();
        for group in fact.groups.iter().flatten() {
            match group_arn(&fact.arn.value, &group.value, groups) {
                Some(name) => member_of.push(Placed::new(name, self.atlas.span(&group.place))),
                None => {
                    let diagnosis =
                        Diagnosis::NoGroup { user: fact.arn.value.clone(), group: group.value.clone() };
                    self.problem(diagnosis, &group.place);
                }
            }
        }
        let boundary = fact.boundary.as_ref().and_then(|boundary| {
            let policy = self.attached(boundary, &fact.arn, managed)?;
            Some(Placed::new(policy, self.atlas.span(&boundary.place)))
        });
        let trust = fact.trust.as_ref().map(|trust| {
            let span = self.atlas.span(&trust.place(polsim_text::Span::at(0)));
            Placed::new(PolicyRef::Loaded(Arc::clone(trust)), span)
        });
        let mut tags = Named::default();
        for (key, value) in &fact.tags {
            tags.push(self.placed(key), self.placed(value));
        }
        let principal = Principal {
            identity: Some(Placed::new(identity, arn.span)),
            groups: is_user.then(|| Placed::new(member_of, arn.span)),
            boundary,
            session: None,
            trust,
            issuer: None,
            unique_id: fact.unique_id.as_ref().map(|id| self.placed(id)),
            tags: (!tags.is_empty()).then_some(tags),
            arn: arn.clone(),
        };
        (arn, principal)
    }

    /// The policies that are written on something and attached to it.
    fn identity(
        &mut self,
        of: &Told<String>,
        inline: Option<&Vec<Arc<FoundPolicy>>>,
        attached: Option<&Vec<Told<String>>>,
        managed: &Managed<'_>,
    ) -> Vec<PolicyRef> {
        for (what, is_told) in
            [("the inline policies", inline.is_some()), ("the attached policies", attached.is_some())]
        {
            if !is_told {
                self.note(Diagnosis::NotTold { what, of: of.value.clone() }, &of.place);
            }
        }
        let mut policies: Vec<PolicyRef> =
            inline.into_iter().flatten().map(|policy| PolicyRef::Loaded(Arc::clone(policy))).collect();
        for arn in attached.into_iter().flatten() {
            policies.extend(self.attached(arn, of, managed));
        }
        policies
    }

    fn attached(
        &mut self,
        arn: &Told<String>,
        to: &Told<String>,
        managed: &Managed<'_>,
    ) -> Option<PolicyRef> {
        // The output of `get-policy-version` is named by the name alone, perhaps.
        let name = arn.value.rsplit('/').next().unwrap_or_default();
        match managed.get(arn.value.as_str()).or_else(|| managed.get(name)) {
            Some(policy) => Some(PolicyRef::Loaded(Arc::clone(policy))),
            None => {
                let diagnosis = Diagnosis::NoPolicyText { policy: arn.value.clone(), to: to.value.clone() };
                self.problem(diagnosis, &arn.place);
                None
            }
        }
    }
}

impl PrincipalFact {
    /// Takes over what another file says and this one leaves open.
    fn complete(&mut self, other: &Self) {
        let own = |list: &mut Option<Vec<Arc<FoundPolicy>>>, more: &Option<Vec<Arc<FoundPolicy>>>| match (
            list, more,
        ) {
            (Some(list), Some(more)) => {
                for policy in more {
                    if !list.iter().any(|known| known.name == policy.name) {
                        list.push(Arc::clone(policy));
                    }
                }
            }
            (list, more) => *list = list.take().or_else(|| more.clone()),
        };
        own(&mut self.inline, &other.inline);
        if let (Some(attached), Some(more)) = (&mut self.attached, &other.attached) {
            let is_new = |arn: &&Told<String>| !attached.iter().any(|known| known.value == arn.value);
            let new: Vec<Told<String>> = more.iter().filter(is_new).cloned().collect();
            attached.extend(new);
        } else if self.attached.is_none() {
            self.attached.clone_from(&other.attached);
        }
        self.groups = self.groups.take().or_else(|| other.groups.clone());
        self.tells_boundary |= other.tells_boundary;
        self.boundary = self.boundary.take().or_else(|| other.boundary.clone());
        self.trust = self.trust.take().or_else(|| other.trust.clone());
        self.unique_id = self.unique_id.take().or_else(|| other.unique_id.clone());
        if self.tags.is_empty() {
            self.tags.clone_from(&other.tags);
        }
    }
}

/// The ARN of a group of a user's account; a path may stand before its name.
fn group_arn(user: &str, group: &str, groups: &BTreeSet<String>) -> Option<String> {
    let user = Arn::parse(user)?;
    let begin = format!("arn:{}:iam::{}:group/", user.partition, user.account);
    let of_account = groups.range(begin.clone()..).take_while(|arn| arn.starts_with(&begin));
    of_account.into_iter().find(|arn| arn.rsplit('/').next() == Some(group)).cloned()
}

/// Whether two texts are the same JSON, perhaps laid out otherwise.
fn says_the_same(one: &FoundPolicy, other: &FoundPolicy) -> bool {
    let read = |policy: &FoundPolicy| serde_json::from_str::<serde_json::Value>(policy.source().text()).ok();
    one.source().text() == other.source().text() || read(one).is_some_and(|one| Some(one) == read(other))
}
