//! Facts that are not AWS's: private services, and what AWS has and the bundled facts do not know yet.

use crate::decode::decode_service;
use crate::encode::{FactError, arn_services, encode_service, owners};
use crate::facts::{ActionFacts, ResourceUseFacts, ServiceFacts};
use crate::key::Key;
use crate::reference::{Owner, Reference, Slot};
use crate::service::Service;
use polsim_arn::ActionName;

/// Services to add.
#[derive(Clone, Debug, Default)]
pub struct Extra {
    /// In any order.
    pub services: Vec<ExtraService>,
}

/// A service to add, or to add to.
#[derive(Clone, Debug)]
pub struct ExtraService {
    /// Its facts. Without a name it keeps the one that it has.
    pub facts: ServiceFacts,
    /// Whether these are all its facts. Otherwise what is known of the service stays, and what has the same name is
    /// replaced.
    pub is_whole: bool,
}

impl Reference {
    /// These facts with more of them. Global keys need not be listed by a service that uses them.
    ///
    /// # Errors
    /// [`FactError`] when the facts do not fit together.
    pub fn with(&self, extra: &Extra) -> Result<Self, FactError> {
        let mut all = self.clone();
        for service in &extra.services {
            let mut facts = service.facts.clone();
            check_names(&facts)?;
            self.add_global_keys(&mut facts);
            let known = all.service(&facts.prefix).filter(|_| !service.is_whole);
            if let Some(known) = known {
                facts = merged(known.facts(), facts);
            }
            if facts.name.is_empty() {
                facts.name.clone_from(&facts.prefix);
            }
            all.add(&facts)?;
        }
        Ok(all)
    }

    fn add(&mut self, facts: &ServiceFacts) -> Result<(), FactError> {
        let damaged = |_| FactError::Form {
            service: facts.prefix.clone(),
            what: "the facts",
            name: facts.name.clone(),
        };
        let rows = decode_service(&encode_service(facts)?).map_err(damaged)?;
        let arn_services = arn_services(facts).into_iter().map(Box::from).collect();
        let owners = owners(&[facts]).into_iter().map(|(prefix, services)| Owner {
            prefix: prefix.into(),
            services: services.into_iter().map(Box::from).collect(),
        });
        self.put(Slot::of(Service::new(rows), arn_services), owners.collect());
        Ok(())
    }

    /// Lists the global keys that the facts name, so that a file need not repeat what they are.
    fn add_global_keys(&self, facts: &mut ServiceFacts) {
        let names = mentioned(facts).into_iter();
        let global: Vec<_> = names.filter_map(|name| Key::find(self.global_rows(), &name)).collect();
        for key in global {
            if !facts.keys.iter().any(|known| known.name.eq_ignore_ascii_case(key.name())) {
                facts.keys.push(key.facts());
            }
        }
    }
}

/// The names of keys that actions and resource types list.
fn mentioned(facts: &ServiceFacts) -> Vec<String> {
    let of_use = |row: &ResourceUseFacts| row.keys.clone();
    let of_action = |action: &ActionFacts| {
        let in_scenarios = action.scenarios.iter().flat_map(|scenario| &scenario.resource_types);
        let uses = action.resource_types.iter().chain(in_scenarios);
        action.keys.iter().cloned().chain(uses.flat_map(of_use)).collect::<Vec<_>>()
    };
    let of_types = facts.resource_types.iter().flat_map(|row| row.keys.clone());
    facts.actions.iter().flat_map(of_action).chain(of_types).collect()
}

fn merged(mut known: ServiceFacts, new: ServiceFacts) -> ServiceFacts {
    fn put<T>(known: &mut Vec<T>, new: Vec<T>, name: impl Fn(&T) -> &String) {
        known.retain(|old| !new.iter().any(|item| name(item).eq_ignore_ascii_case(name(old))));
        known.extend(new);
    }
    put(&mut known.actions, new.actions, |action| &action.name);
    put(&mut known.resource_types, new.resource_types, |row| &row.name);
    put(&mut known.keys, new.keys, |key| &key.name);
    known.has_rcp |= new.has_rcp;
    if !new.name.is_empty() {
        known.name = new.name;
    }
    known
}

/// Names that no policy could write are mistakes.
fn check_names(facts: &ServiceFacts) -> Result<(), FactError> {
    let service = &facts.prefix;
    let error =
        |what, name: &String| Err(FactError::Form { service: service.clone(), what, name: name.clone() });
    if ActionName::parse(&format!("{service}:Name")).is_err() {
        return error("the prefix", service);
    }
    for action in &facts.actions {
        if ActionName::parse(&format!("{service}:{}", action.name)).is_err() {
            return error("an action", &action.name);
        }
        if let Some(name) = action.dependents.iter().find(|name| ActionName::parse(name).is_err()) {
            return error("a dependent action", name);
        }
    }
    let has_prefix = |name: &str| name.split_once(':').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
    match facts.keys.iter().find(|key| !has_prefix(&key.name)) {
        Some(key) => error("a condition key", &key.name),
        None => Ok(()),
    }
}
