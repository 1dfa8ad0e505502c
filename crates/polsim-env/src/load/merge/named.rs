//! What is said of users, roles and groups by name alone, added to those whose ARN is known.

use super::Merger;
use crate::load::{Diagnosis, Facts, FoundPolicy, GroupFact, IamKind, NamedFact, PrincipalFact, Told};
use polsim_arn::Arn;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What several outputs say of one of them.
#[derive(Default)]
struct Parts<'f> {
    inline: Vec<&'f (Told<String>, Arc<FoundPolicy>)>,
    names: Option<&'f Vec<Told<String>>>,
    attached: Option<&'f Vec<Told<String>>>,
    groups: Option<&'f Vec<Told<String>>>,
}

impl Merger {
    /// Adds what is said by name.
    pub(super) fn by_name(
        &mut self,
        facts: &Facts,
        principals: &mut [PrincipalFact],
        groups: &mut [GroupFact],
    ) {
        let arns: Vec<&Told<String>> =
            principals.iter().map(|fact| &fact.arn).chain(groups.iter().map(|fact| &fact.arn)).collect();
        let mut parts: BTreeMap<String, Parts<'_>> = BTreeMap::new();
        for named in &facts.named {
            let meant: Vec<&&Told<String>> = arns.iter().filter(|arn| is_of(named, &arn.value)).collect();
            let [arn] = meant.as_slice() else {
                let name = format!("{}{}", named.kind.prefix(), named.name.value);
                self.problem(Diagnosis::NotOne { name, number: meant.len() }, &named.name.place);
                continue;
            };
            let part = parts.entry(arn.value.clone()).or_default();
            part.inline.extend(&named.inline);
            part.names = part.names.or(named.inline_names.as_ref());
            part.attached = part.attached.or(named.attached.as_ref());
            part.groups = part.groups.or(named.groups.as_ref());
        }
        for fact in principals {
            if let Some(part) = parts.get(&fact.arn.value) {
                self.complete(&fact.arn, &mut fact.inline, &mut fact.attached, part);
                fact.groups = fact.groups.take().or_else(|| part.groups.cloned());
            }
        }
        for fact in groups {
            if let Some(part) = parts.get(&fact.arn.value) {
                self.complete(&fact.arn, &mut fact.inline, &mut fact.attached, part);
            }
        }
    }

    fn complete(
        &mut self,
        arn: &Told<String>,
        inline: &mut Option<Vec<Arc<FoundPolicy>>>,
        attached: &mut Option<Vec<Told<String>>>,
        part: &Parts<'_>,
    ) {
        *attached = attached.take().or_else(|| part.attached.cloned());
        if inline.is_some() || (part.names.is_none() && part.inline.is_empty()) {
            return;
        }
        *inline = Some(part.inline.iter().map(|(_, policy)| Arc::clone(policy)).collect());
        let Some(names) = part.names else {
            // There may be others: one output tells one policy.
            let diagnosis = Diagnosis::NotTold { what: "all inline policies", of: arn.value.clone() };
            self.note(diagnosis, &arn.place);
            return;
        };
        for name in names {
            if !part.inline.iter().any(|(known, _)| known.value == name.value) {
                let diagnosis = Diagnosis::NoPolicyText { policy: name.value.clone(), to: arn.value.clone() };
                self.problem(diagnosis, &name.place);
            }
        }
    }
}

/// Whether an ARN is that of what is named: the last part of it is the name, whatever the path (S2.4.4).
fn is_of(named: &NamedFact, arn: &str) -> bool {
    let resource = Arn::parse(arn).map(|arn| arn.resource.to_owned());
    resource.is_some_and(|resource| {
        let rest = resource.strip_prefix(IamKind::prefix(named.kind));
        rest.and_then(|rest| rest.rsplit('/').next()) == Some(named.name.value.as_str())
    })
}
