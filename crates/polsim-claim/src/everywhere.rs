//! A claim over a whole environment, taken apart: which policies bind a request depends on who asks, on which way, and
//! for what, so that a claim is asked for each of these places.
//!
//! A newcomer would doubt that no request falls between them. The ways are those of the environment, and no endpoint; the
//! resources are those that it describes, each with what is in it, and all others; principals are those that it describes,
//! which the answer says.

use crate::refusal::Refusal;
use crate::region_text::{RegionText, path};
use polsim_arn::{ActionName, Budget, Pattern, TextSet};
use polsim_env::Environment;
use polsim_env::environment::Role;
use polsim_env::question::{Ask, AskError};
use polsim_eval::{
    Context, Formula, KeyState, Layers, Model, NetworkPath, Situation, Test, Unstated, Variable, assumes_role,
};
use polsim_prove::{PrincipalRegion, Region};

/// All places of an environment that a region meets.
#[derive(Debug)]
pub struct Everywhere {
    principals: Vec<String>,
    ways: Vec<String>,
    things: Vec<Thing>,
    is_for_all: bool,
}

/// For how many places a claim was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Who asks.
    pub principals: usize,
    /// On which ways.
    pub ways: usize,
    /// For which groups of resources with one policy.
    pub things: usize,
    /// Whether the claim names no principal, so that it leaves out who is not described.
    pub is_for_all: bool,
    /// At how many of these places there are requests, and the question was asked.
    pub asked: usize,
}

/// Some resources with one policy, and the actions on them that meet it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Thing {
    /// One of them.
    example: String,
    resources: TextSet,
    /// Some action, and the actions that count; all, when there is none.
    action: &'static str,
    actions: Option<TextSet>,
}

/// Who, on which way, for what.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'e> {
    /// The ARN of who asks, or `anonymous`.
    pub principal: &'e str,
    /// The id of the endpoint, or [`NO_ENDPOINT`].
    pub way: &'e str,
    thing: &'e Thing,
}

/// A place with the policies that bind its requests.
#[derive(Debug)]
pub struct Binding {
    /// The policies.
    pub layers: Layers,
    /// The requests.
    pub region: Region,
}

/// The way without an endpoint, as environments call it.
pub const NO_ENDPOINT: &str = "none";

impl Everywhere {
    /// The places of an environment.
    ///
    /// # Errors
    /// The region names what the environment does not know.
    pub fn new(region: &RegionText, environment: &Environment) -> Result<Self, Vec<Refusal>> {
        // Policies that hang on nobody and nothing bind no request: a claim about them would hold of anything.
        if environment.principals().is_empty() && environment.resources().is_empty() {
            return Err(vec![nobody_asked()]);
        }
        let texts = region.texts()?;
        let asked = if texts.resources.is_empty() { TextSet::all() } else { TextSet::union(texts.resources) };
        let things = things(environment).into_iter().filter(|thing| meets(&asked, &thing.resources));
        Ok(Self {
            principals: principals(region, environment)?,
            ways: ways(region, environment)?,
            things: things.collect(),
            is_for_all: region.principal.is_none(),
        })
    }

    /// The places of two environments: of each what the other lacks as well.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        fn add<T: PartialEq>(to: &mut Vec<T>, from: Vec<T>) {
            for item in from {
                if !to.contains(&item) {
                    to.push(item);
                }
            }
        }
        add(&mut self.principals, other.principals);
        add(&mut self.ways, other.ways);
        add(&mut self.things, other.things);
        self
    }

    /// The places.
    pub fn spots(&self) -> impl Iterator<Item = Spot<'_>> {
        self.principals.iter().flat_map(move |principal| {
            self.ways
                .iter()
                .flat_map(move |way| self.things.iter().map(move |thing| Spot { principal, way, thing }))
        })
    }

    /// How many places there are of each sort.
    #[must_use]
    pub fn extent(&self) -> Extent {
        Extent {
            principals: self.principals.len(),
            ways: self.ways.len(),
            things: self.things.len(),
            is_for_all: self.is_for_all,
            asked: 0,
        }
    }
}

/// The principals that are meant, by their ARNs: one, or those of the environment.
fn principals(region: &RegionText, environment: &Environment) -> Result<Vec<String>, Vec<Refusal>> {
    let described = || environment.principals().iter().filter(|principal| principal.role != Role::Provider);
    let Some(text) = region.principal.as_deref() else {
        return Ok(described()
            .map(|principal| principal.arn.clone())
            .chain(["anonymous".to_owned()])
            .collect());
    };
    match environment.who(text) {
        Ok(who) => Ok(vec![who.entry.map_or_else(|| text.to_owned(), |entry| entry.arn.clone())]),
        Err(error) => {
            let pattern = Pattern::wildcard(text);
            let found: Vec<String> = described()
                .map(|principal| principal.arn.clone())
                .filter(|arn| pattern.matches(arn))
                .collect();
            if found.is_empty() { Err(vec![wrong(&error)]) } else { Ok(found) }
        }
    }
}

fn ways(region: &RegionText, environment: &Environment) -> Result<Vec<String>, Vec<Refusal>> {
    let all = || environment.endpoints().iter().map(|endpoint| endpoint.id.clone());
    if region.via.is_empty() {
        return Ok(std::iter::once(NO_ENDPOINT.to_owned()).chain(all()).collect());
    }
    let mut ways = Vec::new();
    for text in &region.via {
        match path(text) {
            Some(NetworkPath::Direct) => ways.push(NO_ENDPOINT.to_owned()),
            Some(path) => {
                ways.extend(all().filter(|id| environment.way(id).is_ok_and(|way| way.path() == path)))
            }
            None => {
                let way = environment.way(text).map_err(|error| vec![wrong(&error)])?;
                ways.push(way.endpoint().map_or(text.clone(), |endpoint| endpoint.id.clone()));
            }
        }
    }
    Ok(ways)
}

/// The resources of an environment in groups with one policy each, and at the end all others.
fn things(environment: &Environment) -> Vec<Thing> {
    let mut things = Vec::new();
    let mut others = TextSet::all();
    for resource in environment.resources() {
        let inside = ["", "/*", ":*"].map(|rest| {
            let own = Pattern::exact(&resource.arn).tokens().to_vec();
            Pattern::from_tokens(own.into_iter().chain(Pattern::wildcard(rest).tokens().iter().copied()))
        });
        let resources = TextSet::union(inside);
        others = others.and(&resources.not());
        things.push(Thing {
            example: resource.arn.clone(),
            resources,
            action: "example:Example",
            actions: None,
        });
    }
    let assuming = TextSet::union(
        Situation::landmark_actions()
            .filter(|action| {
                ActionName::parse(action)
                    .is_ok_and(|action| assumes_role(&action, "arn:aws:iam::111122223333:role/example"))
            })
            .map(Pattern::exact),
    );
    let is_role = |role: Role| matches!(role, Role::Role | Role::ServiceLinkedRole);
    for role in environment.principals().iter().filter(|principal| is_role(principal.role)) {
        let resources = TextSet::only(&role.arn);
        others = others.and(&resources.not());
        let rest = assuming.not();
        for (action, actions) in [("sts:AssumeRole", assuming.clone()), ("example:Example", rest)] {
            let resources = resources.clone();
            things.push(Thing { example: role.arn.clone(), resources, action, actions: Some(actions) });
        }
    }
    things.push(Thing {
        example: "*".to_owned(),
        resources: others,
        action: "example:Example",
        actions: None,
    });
    things
}

/// Whether two sets may have a member in common.
fn meets(a: &TextSet, b: &TextSet) -> bool {
    a.intersects(b, &mut Budget::new(100_000)).unwrap_or(true)
}

impl Spot<'_> {
    /// The resource of the environment that the place is about, with what is in it; `*` for all that it does not describe.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.thing.example
    }

    /// The policies that bind the requests of this place in an environment, and what is known of them; `None` when there
    /// are no such requests. `model` is the environment's, to be extended by the keys of the region.
    ///
    /// # Errors
    /// The place names what the environment does not know, or the region is not as it has to be written.
    pub fn bind(
        self,
        environment: &Environment,
        text: &RegionText,
        model: &mut Model,
    ) -> Result<Option<Binding>, Vec<Refusal>> {
        let way = environment.way(self.way).ok();
        let service = way.as_ref().and_then(|way| way.endpoint()).map(|endpoint| endpoint.service.clone());
        let mut action = self.thing.action.to_owned();
        let mut actions = self.thing.actions.clone();
        // S6.3.2: a gateway leads to one service.
        let is_gateway = way.is_some_and(|way| way.path() == NetworkPath::Gateway);
        if let Some(service) = service.filter(|_| is_gateway) {
            let of_service = TextSet::from(Pattern::wildcard(&format!("{service}:*")));
            if !of_service.contains(&action.to_ascii_lowercase()) {
                action = format!("{service}:Example");
            }
            actions = Some(actions.map_or(of_service.clone(), |actions| actions.and(&of_service)));
        }
        let Ok(action) = ActionName::parse(&action) else { return Ok(None) };
        if actions.as_ref().is_some_and(|actions| !actions.contains(action.folded())) {
            return Ok(None);
        }
        let bound = environment.bind(&Ask {
            principal: self.principal,
            action,
            resource: &self.thing.example,
            resource_account: if self.thing.example == "*" { text.resource_account.as_deref() } else { None },
            via: Some(self.way),
            context: Context::new(Unstated::Open),
        });
        let bound = match bound {
            Ok(bound) => bound,
            Err(AskError::NoTrust(_)) => return Ok(None),
            Err(error) => return Err(vec![wrong(&error)]),
        };
        let request = bound.request;
        let mut layers = bound.layers;
        // S4.10.4
        if request.resource_in_management_account {
            layers.rcps = None;
        }
        let texts = text.texts()?;
        let mut region = Region {
            actions: texts.actions,
            resources: texts.resources,
            principal: PrincipalRegion::One(Box::new(request.principal.clone())),
            paths: vec![request.path],
            resource_account: request.resource_account.clone(),
            ..Region::default()
        };
        let mut limit = |variable, set: &TextSet| {
            region.keys.push(Formula::test(Test::text(variable, set.clone())));
        };
        limit(Variable::Resource, &self.thing.resources);
        if let Some(actions) = &actions {
            limit(Variable::Action, actions);
        }
        for (key, state) in request.context.iter() {
            // What follows from the principal is known with it.
            let follows = request.principal.derived().iter().any(|derived| derived.key == *key);
            if !follows
                && *state != KeyState::Open
                && !key.as_str().eq_ignore_ascii_case("aws:ResourceAccount")
            {
                region.state(model, key, state.clone());
            }
        }
        text.limit(&mut region, model)?;
        Ok(Some(Binding { layers, region }))
    }
}

fn wrong(error: &AskError) -> Refusal {
    Refusal::new("INP021", error.to_string())
}

/// That a claim is about nothing in the environment.
pub(crate) fn nobody_asked() -> Refusal {
    let sentence = "no principal, way and resource of the environment is as the claim says";
    Refusal::new("INP024", sentence)
}
