//! The answers of a batch: a line for each request.

use super::words;
use crate::Library;
use polsim_eval::{Decision, Outcome, Verdict};
use serde_json::json;

/// The schema of a line of JSON.
pub const LINE_SCHEMA: &str = "polsim.decision/1";

/// One request with its answer.
#[derive(Clone, Debug)]
pub struct Line {
    /// The number of the line or entry, from one.
    pub number: u64,
    /// Action and resource, when the request could be read.
    pub request: Option<(String, Option<String>)>,
    /// The possible verdicts and, when there is one, the decision; or what is wrong.
    pub result: Result<(Outcome, Option<Decision>), String>,
}

/// A line for people.
#[must_use]
pub fn text_line(line: &Line) -> String {
    let what = match &line.request {
        Some((action, resource)) => format!("{action} on {}", resource.as_deref().unwrap_or("*")),
        None => String::new(),
    };
    match &line.result {
        Err(wrong) => format!("{}: bad input: {wrong}", line.number),
        Ok((_, Some(decision))) => {
            let cause =
                decision.primary.map(|cause| format!(" ({})", words::cause(cause))).unwrap_or_default();
            format!("{}: {}: {what}{cause}", line.number, words::verdict(decision.verdict))
        }
        Ok((_, None)) => format!("{}: depends on what is not stated: {what}", line.number),
    }
}

/// A line of JSON.
#[must_use]
pub fn json_line(line: &Line, library: &Library) -> String {
    let value = match &line.result {
        Err(wrong) => json!({ "schema": LINE_SCHEMA, "request": line.number, "error": wrong }),
        Ok((outcome, decision)) => {
            let all = [Verdict::Allowed, Verdict::ExplicitlyDenied, Verdict::ImplicitlyDenied];
            let possible: Vec<&str> =
                all.into_iter().filter(|verdict| outcome.allows_for(*verdict)).map(Verdict::as_str).collect();
            let decisive = decision.as_ref().map(|decision| match decision.verdict {
                Verdict::Allowed => &decision.allowed_by,
                _ => &decision.denied_by,
            });
            let by: Vec<_> = decisive
                .into_iter()
                .flatten()
                .map(|(layer, id)| json!({ "layer": layer.to_string(), "statement": library.name(*id) }))
                .collect();
            json!({
                "schema": LINE_SCHEMA,
                "request": line.number,
                "verdict": decision.as_ref().map_or("depends", |decision| decision.verdict.as_str()),
                "possible": possible,
                "cause": decision.as_ref().and_then(|decision| decision.primary).map(|cause| cause.to_string()),
                "by": by,
            })
        }
    };
    value.to_string()
}
