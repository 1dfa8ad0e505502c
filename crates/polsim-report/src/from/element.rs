//! Statements against a request: what of them decides, and what keeps them from applying, each with its place.

use super::words;
use crate::{Entry, Level, Library, Place};
use polsim_arn::ArnPattern;
use polsim_eval::{Case, Context, KeyState, Layer, Request, StatementElement, StatementId, Unstated};
use polsim_policy::{ConditionKey, Element, KeyBlock, OperatorBlock, Statement};
use polsim_text::{Span, Spanned};

/// How many conditions of an applying statement are shown.
const MOST_CONDITIONS: usize = 3;

/// Why a statement does not apply: in a sentence, in a few words at the place, and where.
pub(super) struct Miss {
    /// Follows “does not apply: ”.
    why: String,
    /// The same with the values that were compared.
    pub(super) detail: String,
    label: String,
    span: Span,
}

impl Miss {
    /// What keeps a statement from applying to a request.
    pub(super) fn of(statement: &Statement, failing: StatementElement, request: &Request) -> Option<Self> {
        match failing {
            StatementElement::Principal => {
                let principal = statement.principal.as_ref()?;
                let why = if principal.is_negated() {
                    "its NotPrincipal spares the caller"
                } else {
                    "its Principal names others"
                };
                Some(Self {
                    why: why.to_owned(),
                    detail: why.to_owned(),
                    label: "not the caller".to_owned(),
                    span: principal.span(),
                })
            }
            StatementElement::Action => {
                let listed = statement.action.listed().iter();
                let entries: Vec<_> = listed.map(|action| (action.span, action.value.as_str())).collect();
                Some(Self::listed("Action", &statement.action, &entries, request.action.as_str()))
            }
            StatementElement::Resource => {
                let resource = statement.resource.as_ref()?;
                if let Some(miss) = bucket_for_objects(resource, &request.resource) {
                    return Some(miss);
                }
                let listed = resource.listed().iter();
                let entries: Vec<_> = listed.map(|entry| (entry.span, entry.value.as_str())).collect();
                Some(Self::listed("Resource", resource, &entries, &request.resource))
            }
            StatementElement::Condition(at) => Self::condition(statement, at, &request.context),
        }
    }

    /// A list that does not have what it should, or has what it should not.
    fn listed<T>(name: &str, element: &Element<T>, entries: &[(Span, &str)], asked: &str) -> Self {
        // The first entry of a list shows better what is listed than its bracket does.
        let span = entries.first().map_or(element.span(), |(span, _)| *span);
        let (why, detail, label) = match (element.is_negated(), entries) {
            (true, _) => {
                let why = format!("its Not{name} lists {asked}");
                (why.clone(), why, "spares the request".to_owned())
            }
            (false, [] | [_]) => {
                let value = entries.first().map_or("", |(_, text)| *text);
                let why = format!("its {name} does not match {asked}");
                (why, format!("{name} {value} does not match {asked}"), "does not match".to_owned())
            }
            (false, [.., _]) => {
                let why = format!("none of its {} {name} entries matches {asked}", entries.len());
                (why.clone(), why, "neither this nor the others match".to_owned())
            }
        };
        Self { why, detail, label, span }
    }

    fn condition(statement: &Statement, at: usize, context: &Context) -> Option<Self> {
        let (block, key) = condition_at(statement, at)?;
        let operator = block.operator.value;
        let Some(key) = key else {
            let why = format!("`{operator}` without keys does not hold");
            return Some(Self {
                detail: why.clone(),
                why,
                label: "does not hold".to_owned(),
                span: block.operator.span,
            });
        };
        let has = has(context, &key.key.value);
        let name = &key.key.value;
        let values: Vec<String> = key.values.iter().map(|value| value.value.text.clone()).collect();
        Some(Self {
            why: format!("`{operator}` on `{name}` does not hold"),
            detail: format!(
                "`{operator}` on `{name}` wants {} and does not hold, {has}",
                words::list(&values, "or")
            ),
            label: format!("does not hold, {has}"),
            span: key.key.span,
        })
    }

    /// The entry that says so.
    pub(super) fn entry(self, library: &Library, id: StatementId) -> Option<Entry> {
        let place = self.place(library, id)?.saying(self.label);
        let sentence = format!("{} does not apply: {}", library.name(id), self.why);
        Some(Entry::new(Level::Fact, sentence).at(place))
    }

    /// Where it is.
    pub(super) fn place(&self, library: &Library, id: StatementId) -> Option<Place> {
        library.statement(id).map(|(text, _)| text.place(self.span))
    }
}

/// The mistake that everybody makes with S3: objects where the bucket is meant, or the reverse.
fn bucket_for_objects(resource: &Element<Vec<Spanned<String>>>, asked: &str) -> Option<Miss> {
    if resource.is_negated() || !asked.starts_with("arn:aws:s3:::") {
        return None;
    }
    let is_bucket = !asked.contains('/');
    let bucket = asked.split_once('/').map_or(asked, |(bucket, _)| bucket);
    let mut entries = resource.listed().iter();
    let (entry, why) = if is_bucket {
        let entry =
            entries.find(|entry| entry.value.strip_suffix("/*").is_some_and(|name| matches(name, asked)))?;
        (entry, format!("it names objects (`{}`), not the bucket itself", tail(&entry.value)))
    } else {
        let entry = entries.find(|entry| !entry.value.contains('/') && matches(&entry.value, bucket))?;
        (entry, format!("it names the bucket (`{}`), not the objects in it", tail(&entry.value)))
    };
    let label = if is_bucket { "the objects, not the bucket" } else { "the bucket, not its objects" };
    Some(Miss { detail: why.clone(), why, label: label.to_owned(), span: entry.span })
}

fn matches(pattern: &str, resource: &str) -> bool {
    !pattern.contains("${") && ArnPattern::parse(pattern).is_some_and(|pattern| pattern.matches(resource))
}

fn tail(arn: &str) -> &str {
    arn.rsplit_once(":::").map_or(arn, |(_, name)| name)
}

/// Where a statement that applies is, and what of it applies.
pub(super) fn applying(library: &Library, id: StatementId, request: &Request, label: &str) -> Vec<Place> {
    let Some((text, statement)) = library.statement(id) else { return Vec::new() };
    let mut places: Vec<Place> = library.place(id, label).into_iter().collect();
    let other = |span, label: String| Place { primary: false, ..text.place(span).saying(label) };
    if let Some(Element::Is(resources)) = &statement.resource {
        let covering = resources.value.iter().find(|entry| matches(&entry.value, &request.resource));
        if let Some(entry) = covering {
            places.push(other(entry.span, "matches the resource".to_owned()));
        }
    }
    let conditions = statement.condition.blocks.iter().flat_map(|block| &block.keys);
    for key in conditions.take(MOST_CONDITIONS) {
        let label = format!("holds, {}", has(&request.context, &key.key.value));
        places.push(other(key.key.span, label));
    }
    places
}

/// Where statements that are not ruled out look at a key.
pub(super) fn looking_at(case: &Case<'_>, library: &Library, key: &ConditionKey) -> Vec<Place> {
    let mut layers: Vec<Layer> = case.chain.denials.iter().map(|denial| denial.layer).collect();
    layers.dedup();
    let mut places = Vec::new();
    for layer in layers {
        let policies = case.layers.policies(layer).iter().filter_map(|id| case.model.policy(*id));
        for id in policies.flat_map(|policy| &policy.statements).map(|statement| statement.id) {
            let Some((text, statement)) = library.statement(id) else { continue };
            let keys = statement.condition.blocks.iter().flat_map(|block| &block.keys);
            let Some(block) = keys.into_iter().find(|block| block.key.value == *key) else { continue };
            if case.first_failing(id, layer).is_none() {
                let label = format!("{} looks at it", library.name(id));
                places.push(text.place(block.key.span).saying(label));
            }
        }
    }
    places
}

/// What a request has of a key, in words.
fn has(context: &Context, key: &ConditionKey) -> String {
    match (context.stated(key), context.unstated) {
        (Some(KeyState::Open), _) | (None, Unstated::Open) => "whatever it is".to_owned(),
        (Some(KeyState::Absent), _) | (None, Unstated::Absent) => "being absent".to_owned(),
        (Some(state), _) => format!("being {}", words::key_state(state)),
    }
}

/// A key under an operator by its number among all of them; an operator without keys counts as one.
fn condition_at(statement: &Statement, at: usize) -> Option<(&OperatorBlock, Option<&KeyBlock>)> {
    let blocks = statement.condition.blocks.iter().flat_map(|block| {
        let keys = block.keys.iter().map(move |key| (block, Some(key)));
        keys.chain(block.keys.is_empty().then_some((block, None)))
    });
    blocks.into_iter().nth(at)
}
