//! The policies that a request is decided against, and how much of the law counts.

use polsim_eval::{
    BoundRequest, Case, Chain, Layers, Model, Outcome, Readings, Request, Situation, has_public_policy,
};
use polsim_prove::Scope;
use polsim_report::Library;

/// What a request is decided against.
#[derive(Clone, Copy)]
pub(crate) struct Against<'a> {
    pub(crate) model: &'a Model,
    pub(crate) layers: &'a Layers,
    pub(crate) scope: &'a Scope,
    pub(crate) library: &'a Library,
    pub(crate) readings: Readings,
}

impl Against<'_> {
    /// What the law makes of a request.
    pub(crate) fn chain(&self, request: &Request, situation: &Situation) -> Chain {
        match self.scope {
            Scope::Alone(layers) => Chain::of_layers(layers, request.path),
            Scope::Whole => Chain::of(situation),
        }
    }

    /// The situation of a request.
    pub(crate) fn situation(&self, request: &Request) -> Situation {
        Situation::of(request, self.layers, has_public_policy(self.model, self.layers))
    }

    /// The verdicts that a request can get.
    pub(crate) fn outcome(&self, request: &Request) -> Outcome {
        let situation = self.situation(request);
        let chain = self.chain(request, &situation);
        let bound = BoundRequest::new(self.model, request, self.readings);
        let (model, layers) = (self.model, self.layers);
        Case { model, layers, chain: &chain, request: &bound, is_bounded: situation.has_boundary }.outcome()
    }
}
