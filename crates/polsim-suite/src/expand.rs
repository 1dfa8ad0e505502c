//! Cases as they are written become cases that can be run: variables and defaults are filled in, tables are spread out.

use crate::ask::Requested;
use crate::by::By;
use crate::case::{Asked, Case, Skip};
use crate::schema::{
    CaseSpec, CompareSpec, EachSpec, ExpectSpec, Expected, PatternSpec, RequestSpec, RowSpec, Words,
};
use crate::scope::{Scope, Settings};
use crate::wrong::kind;
use polsim_claim::{RegionText, Relation, Wanted};
use polsim_env::read::Found;
use polsim_env::schema::Placed;
use polsim_prove::Expectation;
use polsim_text::Span;

/// The most steps of a search, unless a file says otherwise.
const BUDGET: u64 = 20_000_000;

/// The most cases that one table may stand for.
const MOST_ROWS: usize = 10_000;

/// What a case asks, before rows of a table are filled in.
enum Shape<'s> {
    Request(&'s RequestSpec),
    ForAll(&'s PatternSpec),
    Some(&'s PatternSpec),
    Compare(&'s CompareSpec),
}

/// One row: what it says, in words, and what it expects.
#[derive(Clone, Default)]
struct Row<'s> {
    principal: Option<String>,
    action: Option<String>,
    resource: Option<String>,
    via: Option<String>,
    label: Vec<String>,
    expect: Option<&'s ExpectSpec>,
}

/// The cases that one of the file stands for.
pub(crate) fn expand(
    spec: &Placed<CaseSpec>,
    scope: &Scope,
    defaults: &Settings,
    found: &mut Found<'_>,
) -> Vec<Case> {
    let case = &spec.value;
    let span = case.name.span;
    let Some((shape, at)) = shape(case, span, found) else { return Vec::new() };
    let own = settings(&shape, scope, found);
    let budget = case.budget.as_ref().and_then(|words| scope.budget(words, found));
    let settings = own.or(defaults);
    let because = case.because.clone().or_else(|| case.reason.clone());
    let tags = case.tags.as_ref().map(|tags| scope.expand(tags, found)).unwrap_or_default();
    let skip = case.skip.as_ref().map(|skip| Skip {
        reason: skip.reason.clone(),
        until: skip.until.as_ref().map(|until| until.value.clone()),
    });
    let mut rows = case.for_each.as_ref().map_or(vec![Row::default()], |each| table(each, scope, found));
    rows = spread(rows, &shape, &settings);
    if rows.len() > MOST_ROWS {
        let sentence = format!("this stands for more than {MOST_ROWS} cases");
        found.push(kind("SUI009", sentence, None), span);
        return Vec::new();
    }
    let mut cases = Vec::new();
    for row in &rows {
        let Some(expect) = row.expect.or(case.expect.as_ref()) else {
            let sentence = "the case does not say what it expects".to_owned();
            found.push(
                kind("SUI008", sentence, Some("add `expect: allow` or another decision".to_owned())),
                span,
            );
            return cases;
        };
        let Some(asked) = asked(&shape, at, row, &settings, expect, scope, found) else { return cases };
        let name = match row.label.as_slice() {
            [] => case.name.value.clone(),
            label => format!("{} ({})", case.name.value, label.join(", ")),
        };
        cases.push(Case {
            name,
            tags: tags.clone(),
            because: because.clone().or_else(|| expect.reason.clone()),
            span,
            skip: skip.clone(),
            asked,
            budget: budget.or(settings.budget).unwrap_or(BUDGET),
        });
    }
    cases
}

fn shape<'s>(case: &'s CaseSpec, span: Span, found: &mut Found<'_>) -> Option<(Shape<'s>, Span)> {
    let shapes = [
        case.request.as_ref().map(|request| (Shape::Request(&request.value), request.span)),
        case.for_all.as_ref().map(|pattern| (Shape::ForAll(&pattern.value), pattern.span)),
        case.some.as_ref().map(|pattern| (Shape::Some(&pattern.value), pattern.span)),
        case.compare.as_ref().map(|compare| (Shape::Compare(&compare.value), compare.span)),
    ];
    let mut shapes: Vec<_> = shapes.into_iter().flatten().collect();
    if shapes.len() == 1 {
        return shapes.pop();
    }
    let sentence =
        if shapes.is_empty() { "the case asks nothing" } else { "the case asks more than one thing" };
    let help = "a case has one of `request`, `for all`, `some` and `compare`";
    found.push(kind("SUI007", sentence, Some(help.to_owned())), span);
    None
}

fn settings(shape: &Shape<'_>, scope: &Scope, found: &mut Found<'_>) -> Settings {
    let mut texts = |words: &Option<Words>| words.as_ref().map(|words| scope.expand(words, found));
    match shape {
        Shape::Request(spec) => {
            let (principal, action) = (texts(&spec.principal), texts(&spec.action));
            let (resource, via) = (texts(&spec.resource), texts(&spec.via));
            Settings {
                principal,
                action,
                resource,
                via,
                resource_account: spec.resource_account.as_ref().and_then(|words| scope.single(words, found)),
                context: scope.context(spec.context.as_ref(), found),
                closed: spec.closed,
                ..Settings::default()
            }
        }
        Shape::ForAll(spec) | Shape::Some(spec) => {
            let (principal, action) = (texts(&spec.principal), texts(&spec.action));
            let (resource, via) = (texts(&spec.resource), texts(&spec.via));
            Settings {
                principal,
                action,
                resource,
                via,
                resource_account: spec.resource_account.as_ref().and_then(|words| scope.single(words, found)),
                context: scope.context(spec.context.as_ref(), found),
                limits: scope.limits(spec.limits.as_ref(), found),
                ..Settings::default()
            }
        }
        Shape::Compare(spec) => {
            let (principal, action) = (texts(&spec.principal), texts(&spec.action));
            let (resource, via) = (texts(&spec.resource), texts(&spec.via));
            let any = || Some(vec!["*".to_owned()]);
            Settings {
                // What holds of the other cases would leave out most of what changed.
                principal: principal.or_else(any),
                action: action.or_else(any),
                resource: resource.or_else(any),
                via: via.or_else(any),
                context: scope.context(spec.context.as_ref(), found),
                limits: scope.limits(spec.limits.as_ref(), found),
                ..Settings::default()
            }
        }
    }
}

/// The rows of a table.
fn table<'s>(each: &'s EachSpec, scope: &Scope, found: &mut Found<'_>) -> Vec<Row<'s>> {
    each.0.iter().flat_map(|row| row_of(&row.value, scope, found)).collect()
}

fn row_of<'s>(spec: &'s RowSpec, scope: &Scope, found: &mut Found<'_>) -> Vec<Row<'s>> {
    let mut rows = vec![Row { expect: spec.expect.as_ref(), ..Row::default() }];
    for (field, words) in [
        (Field::Principal, &spec.principal),
        (Field::Action, &spec.action),
        (Field::Resource, &spec.resource),
        (Field::Via, &spec.via),
    ] {
        if let Some(words) = words {
            rows = combined(&rows, field, &scope.expand(words, found));
        }
    }
    rows
}

#[derive(Clone, Copy)]
enum Field {
    Principal,
    Action,
    Resource,
    Via,
}

impl Row<'_> {
    fn field(&mut self, field: Field) -> &mut Option<String> {
        match field {
            Field::Principal => &mut self.principal,
            Field::Action => &mut self.action,
            Field::Resource => &mut self.resource,
            Field::Via => &mut self.via,
        }
    }
}

/// Every row with every text.
fn combined<'s>(rows: &[Row<'s>], field: Field, texts: &[String]) -> Vec<Row<'s>> {
    let with = |row: &Row<'s>, text: &String| {
        let mut row = row.clone();
        *row.field(field) = Some(text.clone());
        row.label.push(text.clone());
        row
    };
    // One more than what is let through tells that there are more.
    rows.iter().flat_map(|row| texts.iter().map(move |text| with(row, text))).take(MOST_ROWS + 1).collect()
}

/// Lists of a concrete request, and lists of principals, are tables as well.
fn spread<'s>(mut rows: Vec<Row<'s>>, shape: &Shape<'_>, settings: &Settings) -> Vec<Row<'s>> {
    let all = [
        (Field::Principal, &settings.principal),
        (Field::Action, &settings.action),
        (Field::Resource, &settings.resource),
        (Field::Via, &settings.via),
    ];
    let is_spread = |field: Field| match shape {
        Shape::Request(_) => true,
        Shape::ForAll(_) => matches!(field, Field::Principal),
        Shape::Some(_) | Shape::Compare(_) => false,
    };
    for (field, texts) in all {
        let Some(texts) = texts.as_ref().filter(|texts| texts.len() > 1 && is_spread(field)) else {
            continue;
        };
        let is_said = rows.first_mut().is_some_and(|row| row.field(field).is_some());
        if !is_said {
            rows = combined(&rows, field, texts);
        }
    }
    rows
}

fn asked(
    shape: &Shape<'_>,
    at: Span,
    row: &Row<'_>,
    settings: &Settings,
    expect: &ExpectSpec,
    scope: &Scope,
    found: &mut Found<'_>,
) -> Option<Asked> {
    let by: Vec<By> =
        expect.by.iter().flat_map(|by| scope.expand(by, found)).map(|text| By::read(&text)).collect();
    if let (Some(first), false) =
        (expect.by.as_ref().and_then(Words::first), matches!(shape, Shape::Request(_)))
    {
        let sentence = "`by` says who decides one request, and this case is about many";
        found.push(kind("SUI008", sentence, None), first.span);
        return None;
    }
    match shape {
        Shape::Request(_) => {
            let expect = decision(expect, found)?;
            let request = requested(row, settings, at, found)?;
            Some(Asked::Request { request, expect, by })
        }
        Shape::ForAll(_) => {
            let wanted = Wanted::Verdict(decision(expect, found)?);
            Some(Asked::Claim { region: region(row, settings, at, found)?, wanted })
        }
        Shape::Some(_) => {
            if decision(expect, found)? != Expectation::Allow {
                let sentence = "`some` asks whether some request is allowed";
                let help = "write `expect: allow`; that all are denied is asked with `for all`";
                found.push(kind("SUI008", sentence, Some(help.to_owned())), expect.expected.span);
                return None;
            }
            Some(Asked::Claim { region: region(row, settings, at, found)?, wanted: Wanted::SomeAllow })
        }
        Shape::Compare(spec) => Some(Asked::Compare {
            old: spec.old.value.clone(),
            new: spec.new.as_ref().map(|new| new.value.clone()),
            region: region(row, settings, at, found)?,
            relation: relation(expect, found)?,
        }),
    }
}

fn decision(expect: &ExpectSpec, found: &mut Found<'_>) -> Option<Expectation> {
    match expect.expected.value {
        Expected::Decision(decision) => Some(decision),
        Expected::Relation(_) => {
            let help = "here a decision is expected: allow, deny, explicit-deny or implicit-deny";
            let sentence = "this is expected of `compare` only";
            found.push(kind("SUI008", sentence, Some(help.to_owned())), expect.expected.span);
            None
        }
    }
}

fn relation(expect: &ExpectSpec, found: &mut Found<'_>) -> Option<Relation> {
    match expect.expected.value {
        Expected::Relation(relation) => Some(relation),
        Expected::Decision(_) => {
            let help = "`compare` expects no-more-access, no-less-access, same or disjoint";
            let sentence = "this is a decision, and two environments are compared";
            found.push(kind("SUI008", sentence, Some(help.to_owned())), expect.expected.span);
            None
        }
    }
}

/// What a row says of a field, or else what the case says, when that is one text.
fn only(row: Option<&String>, settings: Option<&Vec<String>>) -> Option<String> {
    row.or_else(|| settings.and_then(|texts| texts.first())).cloned()
}

fn requested(row: &Row<'_>, settings: &Settings, at: Span, found: &mut Found<'_>) -> Option<Requested> {
    let mut needed = |name: &str, text: Option<String>| {
        if text.is_none() {
            let help = format!("add `{name}` here, or to `defaults`");
            found.push(kind("SUI015", format!("the request has no {name}"), Some(help)), at);
        }
        text
    };
    let principal = needed("principal", only(row.principal.as_ref(), settings.principal.as_ref()));
    let action = needed("action", only(row.action.as_ref(), settings.action.as_ref()));
    Some(Requested {
        principal: principal?,
        action: action?,
        resource: only(row.resource.as_ref(), settings.resource.as_ref()).unwrap_or_else(|| "*".to_owned()),
        via: only(row.via.as_ref(), settings.via.as_ref()),
        resource_account: settings.resource_account.clone(),
        context: settings.context.clone(),
        closed: settings.closed.unwrap_or(false),
    })
}

fn region(row: &Row<'_>, settings: &Settings, at: Span, found: &mut Found<'_>) -> Option<RegionText> {
    let texts = |own: &Option<String>, settings: &Option<Vec<String>>| match own {
        Some(own) => vec![own.clone()],
        None => settings.clone().unwrap_or_default(),
    };
    let or_any = |texts: Vec<String>| if texts.is_empty() { vec!["*".to_owned()] } else { texts };
    let principals = texts(&row.principal, &settings.principal);
    let principal = match principals.as_slice() {
        [] => None,
        [any] if any == "*" => None,
        [only] => Some(only.clone()),
        _ => {
            let sentence = "one principal is wanted here, or a pattern of ARNs";
            let help = "a case for each principal is written with `for each`";
            found.push(kind("SUI002", sentence, Some(help.to_owned())), at);
            return None;
        }
    };
    let mut via = texts(&row.via, &settings.via);
    if via.iter().any(|way| way == "*") {
        via.clear();
    }
    let region = RegionText {
        actions: or_any(texts(&row.action, &settings.action)),
        resources: or_any(texts(&row.resource, &settings.resource)),
        principal,
        context: settings.context.clone(),
        constraints: settings.limits.clone(),
        via,
        resource_account: settings.resource_account.clone(),
        ..RegionText::default()
    };
    // What is no action is better told now, with its place, than for every place of the environment.
    if let Err(refused) = region.texts() {
        for refusal in refused {
            let help = refusal.help.map(std::borrow::Cow::into_owned);
            found.push(kind(refusal.code, refusal.sentence, help), at);
        }
        return None;
    }
    Some(region)
}
