//! What the service reference says of actions, services and keys.

use super::words::{count, with_article};
use crate::entry::{Entry, Level, Row};
use polsim_reference::{
    AccessLevel, Action, Arity, Key, Reference, ResourceType, ResourceUse, Scenario, Service,
};

/// A headline with what it stands over.
#[derive(Clone, Debug)]
pub struct Told {
    /// In a few words.
    pub headline: String,
    /// In full.
    pub entries: Vec<Entry>,
}

/// An action: on what, and with which keys.
#[must_use]
pub fn action(action: Action<'_>, service: &Service) -> Told {
    let mut entries = vec![resources(action), keys_of(action)];
    let combinations: Vec<Row> = action.scenarios().map(combination).collect();
    if !combinations.is_empty() {
        entries.push(
            Entry::new(Level::Fact, "a request names one of these combinations").with_rows(combinations),
        );
    }
    let dependents: Vec<Row> = action.dependents().map(|name| Row::new(name, "")).collect();
    if !dependents.is_empty() {
        entries.push(Entry::new(Level::Fact, "its caller needs these actions too").with_rows(dependents));
    }
    let level = with_article(&action.level().to_string());
    Told { headline: format!("{action}, {level} action of {}", service.name()), entries }
}

fn resources(action: Action<'_>) -> Entry {
    if action.takes_star_only() {
        return Entry::new(Level::Fact, "on no resource: a statement with it takes `*` only");
    }
    let rows = action.resources().flat_map(|resource| {
        let note = resource.is_required().then(|| "required".to_owned());
        forms(resource.resource_type()).map(move |row| Row { note: note.clone(), ..row })
    });
    Entry::new(Level::Fact, "on these resources").with_rows(rows.collect())
}

/// A row for each form of its ARNs.
fn forms(resource_type: ResourceType<'_>) -> impl Iterator<Item = Row> {
    resource_type.arns().iter().map(move |form| Row::new(resource_type.name(), form.as_str()))
}

fn combination(scenario: Scenario<'_>) -> Row {
    let types: Vec<String> = scenario
        .resources()
        .map(|resource| {
            let name = resource.resource_type().name();
            if resource.is_required() { name.to_owned() } else { format!("perhaps {name}") }
        })
        .collect();
    Row::new(scenario.name(), types.join(", "))
}

fn keys_of(action: Action<'_>) -> Entry {
    let own: Vec<Key<'_>> = action.keys().collect();
    let mut rows: Vec<Row> = own.iter().map(|key| key_row(*key)).collect();
    // A key that only comes with a resource says with which, unless there is no choice.
    let mut of_action = action.resources();
    let has_choice = !(of_action.next().is_some_and(ResourceUse::is_required) && of_action.next().is_none());
    let mut of_resources: Vec<(Key<'_>, Vec<&str>)> = Vec::new();
    for resource in action.resources() {
        let name = resource.resource_type().name();
        for key in resource.all_keys().filter(|key| !own.contains(key)) {
            match of_resources.iter_mut().find(|(known, _)| *known == key) {
                Some((_, types)) if types.contains(&name) => {}
                Some((_, types)) => types.push(name),
                None => of_resources.push((key, vec![name])),
            }
        }
    }
    rows.extend(of_resources.iter().map(|(key, types)| {
        let note = has_choice.then(|| format!("with {}", types.join(", ")));
        Row { note, ..key_row(*key) }
    }));
    rows.sort_by_key(|row| row.key.to_ascii_lowercase());
    match rows.as_slice() {
        [] => Entry::new(Level::Fact, "with no condition keys but the global ones"),
        _ => Entry::new(Level::Fact, "with these condition keys, and the global ones").with_rows(rows),
    }
}

fn key_row(key: Key<'_>) -> Row {
    Row::new(key.name(), kind(key))
}

/// The type of a key, and whether it is a list.
fn kind(key: Key<'_>) -> String {
    match key.arity() {
        Arity::One => key.key_type().to_string(),
        Arity::Many => format!("list of {}", key.key_type()),
    }
}

/// A service: its actions, resource types and keys.
#[must_use]
pub fn service(service: &Service) -> Told {
    let (actions, types, keys) =
        (service.actions().len(), service.resource_types().len(), service.keys().len());
    let mut entries = by_level(&service.actions().collect::<Vec<_>>());
    let rows: Vec<Row> = service.resource_types().flat_map(forms).collect();
    if !rows.is_empty() {
        entries.push(Entry::new(Level::Fact, count(types, "resource type")).with_rows(rows));
    }
    let rows: Vec<Row> = service.keys().map(key_row).collect();
    if !rows.is_empty() {
        entries.push(Entry::new(Level::Fact, count(keys, "condition key")).with_rows(rows));
    }
    if service.has_rcp() {
        entries.push(Entry::new(Level::Fact, "resource control policies reach its resources"));
    }
    let counts = [count(actions, "action"), count(types, "resource type"), count(keys, "condition key")];
    Told { headline: format!("{}, {}: {}", service.prefix(), service.name(), counts.join(", ")), entries }
}

/// Actions with their resource types, an entry for each level.
#[must_use]
pub fn by_level(actions: &[Action<'_>]) -> Vec<Entry> {
    let of_level = |level: AccessLevel| {
        let rows: Vec<Row> =
            actions.iter().filter(|action| action.level() == level).map(action_row).collect();
        (!rows.is_empty()).then(|| {
            let sentence = count(rows.len(), &format!("{level} action"));
            Entry::new(Level::Fact, sentence).with_rows(rows)
        })
    };
    AccessLevel::ALL.into_iter().filter_map(of_level).collect()
}

fn action_row(action: &Action<'_>) -> Row {
    let mut types: Vec<&str> = action.resources().map(|resource| resource.resource_type().name()).collect();
    types.dedup();
    let on = if types.is_empty() { "*".to_owned() } else { types.join(", ") };
    Row::new(action.to_string(), on)
}

/// A condition key, asked for by a name that may be of its family.
#[must_use]
pub fn key(key: Key<'_>, name: &str, reference: &Reference) -> Told {
    let is_global = reference.global_key(name).is_some();
    let what = if is_global { "a global condition key" } else { "a condition key" };
    let mut headline = format!("{}, {what}: {}", key.name(), with_article(&kind(key)));
    if key.is_family() && !key.name().eq_ignore_ascii_case(name) {
        headline = format!("{name}, of the family {headline}");
    }
    let mut entries = Vec::new();
    if let Some(words) = key.presence().words() {
        entries.push(Entry::new(Level::Fact, format!("a request has it {words}")));
    }
    if key.arity() == Arity::Many {
        let sentence = "it is a list: operators take `ForAnyValue:` or `ForAllValues:` before their name";
        entries.push(Entry::new(Level::Fact, sentence));
    }
    let services = reference.services().filter(|service| service.keys().any(|known| known == key));
    let listing: Vec<Action<'_>> = services
        .flat_map(Service::actions)
        .filter(|action| action.all_keys().any(|known| known == key))
        .collect();
    match (listing.as_slice(), is_global) {
        ([], _) => {}
        ([first, .., last], true) if first.service() != last.service() => {
            let mut services: Vec<&str> = listing.iter().map(|action| action.service()).collect();
            services.dedup();
            let sentence = format!(
                "AWS lists it for {} of {}",
                count(listing.len(), "action"),
                count(services.len(), "service")
            );
            entries.push(Entry::new(Level::Fact, sentence));
        }
        _ => entries.extend(by_level(&listing)),
    }
    Told { headline, entries }
}

/// Where the facts come from.
#[must_use]
pub fn version(reference: &Reference) -> Told {
    let version = reference.version();
    let headline = format!("{} {} of {}", version.package, version.version, version.date);
    let mut counts = [0; 4];
    for service in reference.services() {
        let more = [1, service.actions().len(), service.resource_types().len(), service.keys().len()];
        counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
    }
    let names = ["services", "actions", "resource types", "condition keys of services"];
    let mut rows: Vec<Row> =
        names.iter().zip(counts).map(|(name, count)| Row::new(*name, count.to_string())).collect();
    rows.push(Row::new("global condition keys", reference.global_keys().len().to_string()));
    let rows = [
        Row::new("package", version.package.as_str()),
        Row::new("version", version.version.as_str()),
        Row::new("date", version.date.as_str()),
    ]
    .into_iter()
    .chain(rows);
    let entry = Entry::new(Level::Fact, "the facts of the service reference").with_rows(rows.collect());
    Told { headline, entries: vec![entry] }
}

/// What every answer from the reference should be read with.
#[must_use]
pub fn date_note(reference: &Reference) -> String {
    format!("the facts are of {}; services change over time", reference.version().date)
}
