//! What the evaluator says of a completed request.

use polsim_eval::{BoundRequest, Case, Chain, Layers, Model, Readings, Request, Verdict};
use polsim_prove::Scope;

/// The verdict of some layers.
pub(crate) fn judge(
    model: &Model,
    layers: &Layers,
    scope: &Scope,
    request: &Request,
    readings: Readings,
) -> Verdict {
    match scope {
        Scope::Whole => polsim_eval::decide(model, layers, request, readings).unwrap().verdict,
        Scope::Alone(only) => {
            let chain = &Chain::of_layers(only, request.path);
            let bound = BoundRequest::new(model, request, readings);
            let case = Case { model, layers, chain, request: &bound, is_bounded: false };
            case.decide().unwrap().verdict
        }
    }
}
