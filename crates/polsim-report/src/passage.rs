//! The layers that a request passes, and what each does to it: what a picture is drawn from.
//!
//! A newcomer would doubt the order. AWS asks all layers and reports the first cause; a reader thinks of the way from the
//! caller to the resource, and that is how they stand here. Which one decides is the engine's word, not the order's.

use crate::from::words;
use crate::library::Library;
use polsim_eval::{Cause, Decision, Layer, StatementId, Verdict};
use schemars::JsonSchema;
use serde::Serialize;

/// A request on its way through the layers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Passage {
    /// Who asks.
    pub principal: String,
    /// What is asked for.
    pub action: String,
    /// Of what.
    pub resource: String,
    /// The verdict in words: `allowed`, `explicitly denied`, `implicitly denied`.
    pub verdict: String,
    /// Whether that is `allowed`.
    pub is_allowed: bool,
    /// The layers, from the caller to the resource.
    pub stations: Vec<Station>,
}

/// A layer that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Station {
    /// The layer in words, such as `permissions boundary`.
    pub layer: String,
    /// What it does.
    pub does: Does,
    /// The statements that do it.
    pub statements: Vec<String>,
    /// Whether the verdict is due to it first.
    pub decides: bool,
}

/// What a layer does to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Does {
    /// A Deny of it applies.
    Denies,
    /// An Allow of it applies.
    Allows,
    /// It would have to allow, and no Allow of it applies.
    DoesNotAllow,
    /// It neither denies nor has to allow.
    Passes,
}

impl Does {
    /// The words for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Denies => "denies",
            Self::Allows => "allows",
            Self::DoesNotAllow => "does not allow",
            Self::Passes => "does not object",
        }
    }
}

impl Passage {
    /// The passage of a request whose parts are given as people read them.
    #[must_use]
    pub(crate) fn of(
        [principal, action, resource]: [String; 3],
        decision: &Decision,
        present: &[Layer],
        library: &Library,
    ) -> Self {
        let mut layers: Vec<Layer> = present.to_vec();
        layers.extend(decision.causes.iter().filter_map(layer_of));
        layers.sort_by_key(|layer| on_the_way(*layer));
        layers.dedup();
        // A denial has one cause before all others; an Allow has one only if nothing else had to allow.
        let allowing: Vec<Layer> =
            layers.iter().copied().filter(|layer| does(decision, *layer).0 == Does::Allows).collect();
        let decisive = match (decision.verdict, allowing.as_slice()) {
            (Verdict::Allowed, [only]) => Some(*only),
            (Verdict::Allowed, _) => None,
            _ => decision.primary.as_ref().and_then(layer_of),
        };
        let station = |layer: &Layer| {
            let (does, statements) = does(decision, *layer);
            Station {
                layer: words::layer(*layer),
                does,
                statements: statements.iter().map(|id| library.name(*id)).collect(),
                decides: decisive == Some(*layer),
            }
        };
        Self {
            principal,
            action,
            resource,
            verdict: words::verdict(decision.verdict).to_owned(),
            is_allowed: decision.verdict == Verdict::Allowed,
            stations: layers.iter().map(station).collect(),
        }
    }
}

fn layer_of(cause: &Cause) -> Option<Layer> {
    match cause {
        Cause::Layer(layer) => Some(*layer),
        Cause::Partition | Cause::BlockPublicAccess => None,
    }
}

/// Where a layer stands between the caller and the resource, and at which level.
fn on_the_way(layer: Layer) -> (u8, u8) {
    match layer {
        Layer::Identity => (0, 0),
        Layer::Boundary => (1, 0),
        Layer::Session => (2, 0),
        Layer::Scp(level) => (3, level),
        Layer::Endpoint => (4, 0),
        Layer::Rcp(level) => (5, level),
        Layer::AccessPoint => (6, 0),
        Layer::Resource => (7, 0),
    }
}

fn does(decision: &Decision, layer: Layer) -> (Does, Vec<StatementId>) {
    let of = |list: &[(Layer, StatementId)]| -> Vec<StatementId> {
        list.iter().filter(|(on, _)| *on == layer).map(|(_, id)| *id).collect()
    };
    let denies = of(&decision.denied_by);
    if !denies.is_empty() {
        return (Does::Denies, denies);
    }
    let allows = of(&decision.allowed_by);
    if !allows.is_empty() {
        return (Does::Allows, allows);
    }
    let is_missing = decision.verdict == Verdict::ImplicitlyDenied
        && decision.causes.iter().filter_map(layer_of).any(|cause| cause == layer);
    (if is_missing { Does::DoesNotAllow } else { Does::Passes }, Vec::new())
}
