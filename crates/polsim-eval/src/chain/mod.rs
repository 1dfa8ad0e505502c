//! How the layers combine: the decision procedure (S4) as data.
//!
//! A chain is what stands between a request and its verdict in one [`Situation`]: the layers whose Deny ends it, and
//! an ordered list of requirements that must all hold. The disjunctions of the clauses are written as such a list by
//! distribution: “direct, or identity and boundary and session” is “direct or identity”, “direct or boundary”,
//! “direct or session”; that way the first requirement that fails is the primary cause of S4.20.3.

mod access_point;
mod boundary;
mod endpoint;
mod identity;
mod rcp;
mod resource;
mod scp;
mod session;

use crate::class::Classes;
use crate::layers::Layer;
use crate::request::{NetworkPath, Resource};
use crate::situation::{Accounts, Family, Situation};
use crate::{Reading, Readings, Truth};
use std::fmt;

/// The decision procedure for one situation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    /// The layers whose Deny statements count, in the order of S4.20.2.
    pub denials: Vec<Denial>,
    /// What must hold for the request to be allowed, in the order of S4.20.3.
    pub requirements: Vec<Requirement>,
    /// Whether Block Public Access denies what all policies allow (S4.17.1).
    pub is_blocked_as_public: bool,
    /// Whether open keys decide if the access point takes the request at all (S4.17.6).
    pub may_be_turned_away: bool,
}

/// A layer whose Deny statements count.
#[derive(Clone, Debug, PartialEq)]
pub struct Denial {
    /// The layer.
    pub layer: Layer,
    /// On which resource it is asked.
    pub resource: Resource,
    /// It counts only when this ambiguity is read the other way.
    pub only_by: Option<Reading>,
}

/// Something that must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// What is to blame when it does not.
    pub cause: Cause,
    /// What must hold.
    pub grant: Grant,
}

/// A combination of Allows.
#[derive(Clone, Debug, PartialEq)]
pub enum Grant {
    /// It holds.
    Always,
    /// It does not.
    Never,
    /// An Allow of a layer applies, in one of these classes.
    Allows {
        /// The layer.
        layer: Layer,
        /// On which resource it is asked.
        resource: Resource,
        /// The classes that count.
        classes: Classes,
    },
    /// All hold.
    All(Vec<Grant>),
    /// Any holds.
    Any(Vec<Grant>),
    /// It depends on how an ambiguity is read.
    Choice {
        /// The ambiguity.
        reading: Reading,
        /// Under the reading that we chose.
        chosen: Box<Grant>,
        /// Under the other one.
        alternative: Box<Grant>,
    },
}

/// What a denial is due to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// Principal and resource are in different partitions (S2.6.2).
    Partition,
    /// A layer.
    Layer(Layer),
    /// S3 Block Public Access.
    BlockPublicAccess,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Partition => f.write_str("partition"),
            Self::BlockPublicAccess => f.write_str("s3-bpa"),
            Self::Layer(layer) => layer.fmt(f),
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rcp(level) => write!(f, "rcp{level}"),
            Self::Scp(level) => write!(f, "scp{level}"),
            Self::Endpoint => f.write_str("vpce"),
            Self::Resource => f.write_str("resource"),
            Self::AccessPoint => f.write_str("accesspoint"),
            Self::Identity => f.write_str("identity"),
            Self::Boundary => f.write_str("boundary"),
            Self::Session => f.write_str("session"),
        }
    }
}

impl Grant {
    /// An Allow of a layer on the resource that the request names.
    pub(crate) fn allows(layer: Layer, classes: Classes) -> Self {
        Self::Allows { layer, resource: Resource::Named, classes }
    }

    /// Folds it, given whether a layer allows on a resource in some of the classes.
    pub fn fold(
        &self,
        readings: Readings,
        allows: &mut impl FnMut(Layer, Resource, Classes) -> Truth,
    ) -> Truth {
        match self {
            Self::Always => Truth::Yes,
            Self::Never => Truth::No,
            Self::Allows { layer, resource, classes } => allows(*layer, *resource, *classes),
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.fold(readings, allows))),
            Self::Any(parts) => Truth::any(parts.iter().map(|part| part.fold(readings, allows))),
            Self::Choice { reading, chosen, alternative } => {
                let taken = if readings.takes_alternative(*reading) { alternative } else { chosen };
                taken.fold(readings, allows)
            }
        }
    }

    /// Calls `visit` for every reading in it.
    pub fn for_each_reading(&self, visit: &mut impl FnMut(Reading)) {
        match self {
            Self::Always | Self::Never | Self::Allows { .. } => {}
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.for_each_reading(visit)),
            Self::Choice { reading, chosen, alternative } => {
                visit(*reading);
                chosen.for_each_reading(visit);
                alternative.for_each_reading(visit);
            }
        }
    }

    /// Calls `visit` for every layer in it.
    pub fn for_each_layer(&self, visit: &mut impl FnMut(Layer)) {
        self.for_each_place(&mut |layer, _| visit(layer));
    }

    /// Calls `visit` for every layer in it and the resource on which it is asked.
    pub(crate) fn for_each_place(&self, visit: &mut impl FnMut(Layer, Resource)) {
        match self {
            Self::Always | Self::Never => {}
            Self::Allows { layer, resource, .. } => visit(*layer, *resource),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.for_each_place(visit)),
            Self::Choice { chosen, alternative, .. } => {
                chosen.for_each_place(visit);
                alternative.for_each_place(visit);
            }
        }
    }
}

impl Requirement {
    fn of(layer: Layer, grant: Grant) -> Self {
        Self { cause: Cause::Layer(layer), grant }
    }
}

impl Chain {
    /// The whole law for a situation (S4.18).
    #[must_use]
    pub fn of(situation: &Situation) -> Self {
        let mut chain = Self::default();
        if situation.family == Family::NeedsNoPermission {
            return chain;
        }
        if situation.accounts == Accounts::OtherPartition {
            chain.requirements.push(Requirement { cause: Cause::Partition, grant: Grant::Never });
            return chain;
        }
        rcp::add(situation, &mut chain);
        scp::add(situation, &mut chain);
        endpoint::add(situation, &mut chain);
        resource::add_denials(situation, &mut chain);
        access_point::add_denials(situation, &mut chain);
        identity::add_denials(situation, &mut chain);
        boundary::add_denials(situation, &mut chain);
        session::add_denials(situation, &mut chain);
        access_point::add_network_origin(situation, &mut chain);
        chain.requirements.extend(core(situation));
        chain.is_blocked_as_public = situation.is_blocked_as_public;
        chain
    }

    /// The chain of policies that are looked at by themselves, whatever else there may be: each must not deny and, if
    /// its layer can allow, must allow. `path` is the way of the request, which an endpoint policy minds (S4.11.5).
    #[must_use]
    pub fn of_layers(layers: &[Layer], path: NetworkPath) -> Self {
        let mut chain = Self::default();
        for layer in layers {
            chain.deny_by(*layer, Resource::Named);
            let classes =
                if *layer == Layer::Endpoint { endpoint::counting_classes(path) } else { Classes::ANY };
            // Resource control policies allow all that they do not deny (S4.10.2).
            if !matches!(layer, Layer::Rcp(_)) {
                chain.requirements.push(Requirement::of(*layer, Grant::allows(*layer, classes)));
            }
        }
        chain
    }

    /// Calls `visit` for every reading in it.
    pub fn for_each_reading(&self, visit: &mut impl FnMut(Reading)) {
        self.denials.iter().filter_map(|denial| denial.only_by).for_each(&mut *visit);
        self.requirements.iter().for_each(|requirement| requirement.grant.for_each_reading(visit));
    }

    fn deny_by(&mut self, layer: Layer, resource: Resource) {
        self.denials.push(Denial { layer, resource, only_by: None });
    }
}

/// Identity, boundary, session and resource policy together (S4.4–S4.8, S4.12–S4.16).
fn core(situation: &Situation) -> Vec<Requirement> {
    let resource = |classes| resource::grant(situation, classes);
    if !situation.kind.has_identity_policies() {
        return vec![Requirement::of(Layer::Resource, resource::without_identity(situation))];
    }
    let own = [
        Requirement::of(Layer::Identity, identity::grant(situation)),
        Requirement::of(Layer::Boundary, boundary::grant(situation)),
        Requirement::of(Layer::Session, session::grant(situation)),
    ];
    let needs_resource = situation.accounts == Accounts::Cross || situation.family != Family::Ordinary;
    let by_resource = needs_resource.then(|| Requirement::of(Layer::Resource, resource(Classes::ANY)));
    // S4.20.3: of keys and roles the resource policy is named first, else last.
    let ordered: Vec<Requirement> = match situation.family {
        Family::Ordinary | Family::NeedsNoPermission => own.into_iter().chain(by_resource).collect(),
        Family::Trust | Family::KmsKey => by_resource.into_iter().chain(own).collect(),
    };
    ordered.into_iter().filter(|requirement| requirement.grant != Grant::Always).collect()
}

/// What a resource policy can spare a principal of its own account: any of `parts`, or an Allow in one of the
/// `classes`; across accounts it spares nothing (S4.6.3).
fn unless_resource_grants(situation: &Situation, spared: Grant, needed: Grant) -> Grant {
    match (situation.accounts, needed) {
        (_, Grant::Always) => Grant::Always,
        (Accounts::Same, needed) => Grant::Any(vec![spared, needed]),
        (Accounts::Cross | Accounts::OtherPartition, needed) => needed,
    }
}
