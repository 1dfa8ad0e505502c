//! A request made ready for one model: its keys in the order of the model's numbers.

use super::{KeyState, PrincipalKind, Request};
use crate::fold::{Valuation, Value};
use crate::formula::{Attribute, Variable};
use crate::{KeyTable, Model, Readings};

/// A request as the compiled policies of one model see it. Deciding it allocates nothing but
/// where numbers, dates or bytes are read, which are exact at any length.
#[derive(Clone, Debug)]
pub struct BoundRequest<'m> {
    keys: &'m KeyTable,
    states: Vec<KeyState>,
    action: String,
    resource: String,
    underlying: Option<String>,
    attributes: [Option<String>; 6],
    pub(crate) kind: PrincipalKind,
    pub(crate) readings: Readings,
}

impl<'m> BoundRequest<'m> {
    /// Makes a request ready. Keys that do not follow from it have to be filled in before ([`Request::complete`]).
    #[must_use]
    pub fn new(model: &'m Model, request: &Request, readings: Readings) -> Self {
        let states = model.keys.iter().map(|(_, key)| request.context.get(key).clone());
        let mut attributes = Attribute::ALL.map(|attribute| request.principal.attribute(attribute));
        // The id of a user or a session can also be given as a key.
        if let Some(id) = attributes.get_mut(Attribute::UniqueId as usize)
            && id.is_none()
        {
            *id = request.context.single("aws:userid").map(str::to_owned);
        }
        Self {
            keys: &model.keys,
            states: states.collect(),
            action: request.action.folded().to_owned(),
            resource: request.resource.clone(),
            underlying: request.underlying_resource.clone(),
            attributes,
            kind: request.principal.kind,
            readings,
        }
    }

    /// The action in lower case.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// One of its resources.
    pub(crate) fn resource(&self, which: Resource) -> &str {
        match (which, &self.underlying) {
            (Resource::Underlying, Some(underlying)) => underlying,
            _ => &self.resource,
        }
    }

    /// How ambiguities are read.
    #[must_use]
    pub fn readings(&self) -> Readings {
        self.readings
    }

    /// The same request with ambiguities read otherwise.
    #[must_use]
    pub fn with_readings(&self, readings: Readings) -> Self {
        Self { readings, ..self.clone() }
    }

    /// The request as seen with one of its two resources.
    pub(crate) fn on(&self, resource: Resource) -> View<'_, 'm> {
        View { request: self, resource }
    }
}

/// Which resource of a request a policy is asked about (S2.3.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    /// The one that the request names.
    Named,
    /// The bucket or object behind the access point that the request names.
    Underlying,
}

/// A request as seen by one policy.
pub(crate) struct View<'r, 'm> {
    request: &'r BoundRequest<'m>,
    resource: Resource,
}

impl Valuation for View<'_, '_> {
    fn value(&self, variable: Variable) -> Value<'_> {
        let request = self.request;
        match variable {
            Variable::Action => Value::One(&request.action),
            Variable::Resource => Value::One(request.resource(self.resource)),
            Variable::Principal(attribute) => {
                let text = request.attributes.get(attribute as usize).and_then(Option::as_deref);
                text.map_or(Value::Absent, Value::One)
            }
            Variable::Key(key) => match request.states.get(key.index()) {
                Some(KeyState::One(value)) => Value::One(value),
                Some(KeyState::List(values)) => Value::List(values),
                Some(KeyState::Open) => Value::Open,
                Some(KeyState::Absent) | None => Value::Absent,
            },
        }
    }

    fn keys(&self) -> &KeyTable {
        self.request.keys
    }

    fn readings(&self) -> Readings {
        self.request.readings
    }
}
