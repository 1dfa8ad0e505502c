//! Every statement of every layer that is asked, one a line.

use super::element::Miss;
use super::words;
use crate::{Entry, Level, Library, Place, Row};
use polsim_eval::{Case, Decision, Layer, Request, StatementElement, StatementId};
use polsim_policy::Effect;

/// A statement with the first element that keeps it from applying.
pub(super) struct Judged {
    pub(super) effect: Effect,
    pub(super) id: StatementId,
    pub(super) failing: Option<StatementElement>,
}

/// All statements of a layer.
pub(super) fn judged(case: &Case<'_>, layer: Layer) -> Vec<Judged> {
    let policies = case.layers.policies(layer).iter().filter_map(|id| case.model.policy(*id));
    let statements = policies.flat_map(|policy| &policy.statements);
    statements
        .map(|s| Judged { effect: s.effect, id: s.id, failing: case.first_failing(s.id, layer) })
        .collect()
}

/// The trace: an entry for each layer, a row for each statement.
pub(super) fn entries(
    case: &Case<'_>,
    library: &Library,
    request: &Request,
    decision: Option<&Decision>,
) -> Vec<Entry> {
    let mut layers: Vec<Layer> = case.chain.denials.iter().map(|denial| denial.layer).collect();
    layers.dedup();
    let present = layers.into_iter().filter(|layer| !case.layers.policies(*layer).is_empty());
    present
        .map(|layer| {
            let told: Vec<(Row, Option<Place>)> = judged(case, layer)
                .into_iter()
                .filter_map(|judged| row(&judged, library, request, decision))
                .collect();
            let does = decision.map_or("is asked", |decision| does(decision, layer));
            let mut files: Vec<String> =
                told.iter().filter_map(|(_, place)| Some(place.as_ref()?.source.name().to_owned())).collect();
            files.dedup();
            let sentence = format!("the {} {does} ({})", words::layer(layer), words::list(&files, "and"));
            let rows = told.into_iter().map(|(row, place)| match place {
                Some(place) => {
                    let line = place.source.position(place.span.start()).line;
                    let is_only = files.len() == 1;
                    row.with_note(if is_only {
                        format!("line {line}")
                    } else {
                        format!("{}:{line}", place.source.name())
                    })
                }
                None => row,
            });
            Entry::new(Level::Fact, sentence).with_rows(rows.collect())
        })
        .collect()
}

/// What a layer does to a request.
fn does(decision: &Decision, layer: Layer) -> &'static str {
    let names = |list: &[(Layer, StatementId)]| list.iter().any(|(of, _)| *of == layer);
    match (names(&decision.denied_by), names(&decision.allowed_by), layer) {
        (true, ..) => "denies",
        (false, true, _) => "allows",
        // What a resource control policy does not deny it allows (S4.10.2).
        (false, false, Layer::Rcp(_)) => "does not deny",
        (false, false, _) => "does not allow",
    }
}

fn row(
    judged: &Judged,
    library: &Library,
    request: &Request,
    decision: Option<&Decision>,
) -> Option<(Row, Option<Place>)> {
    let id = judged.id;
    let name = library.name(id);
    let (text, statement) = library.statement(id)?;
    if let Some(miss) = judged.failing.and_then(|failing| Miss::of(statement, failing, request)) {
        let place = miss.place(library, id);
        return Some((Row::new(name, miss.detail), place));
    }
    // What is not ruled out applies for certain only if the decision says so.
    let applies = decision.is_some_and(|decision| {
        decision.denied_by.iter().chain(&decision.allowed_by).any(|(_, applying)| *applying == id)
    });
    let says = if applies { "applies" } else { "may apply: that depends on keys that are not stated" };
    Some((Row::new(name, says), Some(text.place(statement.effect.span))))
}
