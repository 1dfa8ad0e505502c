//! An action with what a statement about it can name: resource types and condition keys.

use crate::facts::{ActionFacts, ResourceUseFacts, ScenarioFacts};
use crate::folded;
use crate::key::Key;
use crate::resource_type::ResourceType;
use crate::rows::{ActionRow, Part, Rows, ScenarioRow, UseRow};
use crate::words::AccessLevel;
use std::fmt;

/// An action; prints as `s3:GetObject`.
#[derive(Clone, Copy, Debug)]
pub struct Action<'r> {
    rows: &'r Rows,
    row: &'r ActionRow,
}

/// A resource type of an action.
#[derive(Clone, Copy, Debug)]
pub struct ResourceUse<'r> {
    rows: &'r Rows,
    row: &'r UseRow,
    resource_type: ResourceType<'r>,
}

/// Resource types that a request names together.
#[derive(Clone, Copy, Debug)]
pub struct Scenario<'r> {
    rows: &'r Rows,
    row: &'r ScenarioRow,
}

impl<'r> Action<'r> {
    pub(crate) fn all(rows: &'r Rows) -> impl ExactSizeIterator<Item = Self> {
        rows.actions.iter().map(move |row| Self { rows, row })
    }

    pub(crate) fn find(rows: &'r Rows, name: &str) -> Option<Self> {
        let row = folded::find(&rows.actions, name, |row| rows.str(row.name))?;
        Some(Self { rows, row })
    }

    /// What stands before the colon.
    #[must_use]
    pub fn service(self) -> &'r str {
        self.rows.str(self.rows.prefix)
    }

    /// What stands behind the colon, as AWS writes it.
    #[must_use]
    pub fn name(self) -> &'r str {
        self.rows.str(self.row.name)
    }

    /// How AWS sorts it.
    #[must_use]
    pub fn level(self) -> AccessLevel {
        self.row.level
    }

    /// The resource types that a statement with it can name; none when it takes `*` only.
    pub fn resources(self) -> impl Iterator<Item = ResourceUse<'r>> {
        uses(self.rows, self.row.uses)
    }

    /// Whether a statement with it takes `*` only: it has no resource types.
    #[must_use]
    pub fn takes_star_only(self) -> bool {
        self.resources().next().is_none()
    }

    /// The keys that its requests can have, whatever the resource.
    pub fn keys(self) -> impl Iterator<Item = Key<'r>> {
        Key::of_list(self.rows, Rows::part(&self.rows.lists, self.row.keys))
    }

    /// Every key that its requests can have, besides the global ones: its own, those for a resource of it, and those of
    /// that resource's type. A key may come more than once.
    pub fn all_keys(self) -> impl Iterator<Item = Key<'r>> {
        let of_resources = self.resources().flat_map(|resource| resource.all_keys());
        self.keys().chain(of_resources)
    }

    /// The key of this name, or the family that it belongs to, among [`all_keys`](Self::all_keys).
    #[must_use]
    pub fn key(self, name: &str) -> Option<Key<'r>> {
        // Each key of the lists is a key of the service, so that one search tells which to look for.
        let key = Key::find(self.rows, name)?;
        self.all_keys().find(|known| *known == key)
    }

    /// Other actions that its caller needs.
    pub fn dependents(self) -> impl Iterator<Item = &'r str> {
        let rows = self.rows;
        Rows::part(&rows.dependents, self.row.dependents).iter().map(|text| rows.str(*text))
    }

    /// Combinations of resources that its requests name, when AWS lists them.
    pub fn scenarios(self) -> impl Iterator<Item = Scenario<'r>> {
        let rows = self.rows;
        Rows::part(&rows.scenarios, self.row.scenarios).iter().map(move |row| Scenario { rows, row })
    }

    pub(crate) fn facts(self) -> ActionFacts {
        ActionFacts {
            name: self.name().to_owned(),
            level: self.level(),
            resource_types: self.resources().map(ResourceUse::facts).collect(),
            keys: self.keys().map(|key| key.name().to_owned()).collect(),
            dependents: self.dependents().map(str::to_owned).collect(),
            scenarios: self.scenarios().map(Scenario::facts).collect(),
        }
    }
}

fn uses<'r>(rows: &'r Rows, part: Part) -> impl Iterator<Item = ResourceUse<'r>> {
    Rows::part(&rows.uses, part).iter().filter_map(move |row| {
        let resource_type = ResourceType::at(rows, row.resource_type)?;
        Some(ResourceUse { rows, row, resource_type })
    })
}

impl<'r> ResourceUse<'r> {
    /// The type.
    #[must_use]
    pub fn resource_type(self) -> ResourceType<'r> {
        self.resource_type
    }

    /// Whether a request always names one.
    #[must_use]
    pub fn is_required(self) -> bool {
        self.row.is_required
    }

    /// The keys that AWS lists for this resource of this action.
    pub fn keys(self) -> impl Iterator<Item = Key<'r>> {
        Key::of_list(self.rows, Rows::part(&self.rows.lists, self.row.keys))
    }

    /// The same, and those of the resource's type.
    pub fn all_keys(self) -> impl Iterator<Item = Key<'r>> {
        self.keys().chain(self.resource_type.keys())
    }

    fn facts(self) -> ResourceUseFacts {
        ResourceUseFacts {
            name: self.resource_type.name().to_owned(),
            is_required: self.is_required(),
            keys: self.keys().map(|key| key.name().to_owned()).collect(),
        }
    }
}

impl<'r> Scenario<'r> {
    /// What AWS calls it.
    #[must_use]
    pub fn name(self) -> &'r str {
        self.rows.str(self.row.name)
    }

    /// The resource types that go together.
    pub fn resources(self) -> impl Iterator<Item = ResourceUse<'r>> {
        uses(self.rows, self.row.uses)
    }

    fn facts(self) -> ScenarioFacts {
        ScenarioFacts {
            name: self.name().to_owned(),
            resource_types: self.resources().map(ResourceUse::facts).collect(),
        }
    }
}

impl fmt::Display for Action<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service(), self.name())
    }
}

impl PartialEq for Action<'_> {
    /// The same action of the same service.
    fn eq(&self, other: &Self) -> bool {
        self.service() == other.service() && folded::compare(self.name(), other.name()).is_eq()
    }
}

impl Eq for Action<'_> {}
