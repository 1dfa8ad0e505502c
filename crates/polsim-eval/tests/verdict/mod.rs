//! The engine's answer to a case of the oracle.

use crate::support::{layers, request};
use polsim_eval as eval;
use polsim_oracle as oracle;

/// What the engine says of a case: a verdict with its primary cause, or that the input is unusable.
pub(crate) fn decide(
    case: &oracle::Case,
    readings: eval::Readings,
) -> Result<(oracle::Verdict, Option<String>), String> {
    let mut model = eval::Model::new();
    let layers = layers(case, &mut model);
    let mut request = request(&case.request)?;
    request.complete().map_err(|error| error.to_string())?;
    let decision =
        eval::decide(&model, &layers, &request, readings).ok_or("a closed request has a verdict")?;
    let verdict = match decision.verdict {
        eval::Verdict::Allowed => oracle::Verdict::Allowed,
        eval::Verdict::ExplicitlyDenied => oracle::Verdict::ExplicitlyDenied,
        eval::Verdict::ImplicitlyDenied => oracle::Verdict::ImplicitlyDenied,
    };
    Ok((verdict, decision.primary.map(|cause| cause.to_string())))
}
