//! Pictures: a request on its way through the layers, and an environment. Inline SVG in the colours of the page.
//!
//! A newcomer would doubt that they stand upright. A way from left to right has no room on a phone; from top to bottom it
//! has room everywhere, and it reads in the order in which it is told.

use super::words::safe;
use crate::review::{Overview, OverviewItem};
use crate::{Does, Passage, Station};
use maud::{Markup, html};

/// The width of a picture in its own units, which are pixels at its natural size.
const WIDTH: usize = 440;
/// Where the way runs.
const RAIL: usize = 24;
/// Where words begin.
const WORDS: usize = 48;
/// How many characters fit behind that.
const CHARACTERS: usize = 48;
/// The height of a line of words.
const LEADING: usize = 17;
/// The height at which the caller stands.
const CALLER: usize = 17;
/// How many things of a kind an environment shows.
const SHOWN: usize = 12;

/// A line of words at a height.
struct Words {
    y: usize,
    class: &'static str,
    text: String,
}

/// A request on its way.
pub(super) fn passage(id: &str, passage: &Passage) -> Markup {
    let mut y = 8;
    let mut words = Vec::new();
    say(&mut words, &mut y, "strong", &passage.principal);
    say(&mut words, &mut y, "soft", &format!("asks for {}", passage.action));
    y += 14;
    let mut stops = Vec::new();
    for station in &passage.stations {
        let top = y;
        say(&mut words, &mut y, "strong", &station.layer);
        say(&mut words, &mut y, "soft", &told(station));
        stops.push((top, y, station));
        y += 12;
    }
    y += 6;
    let resource = y;
    say(&mut words, &mut y, "strong", &passage.resource);
    say(&mut words, &mut y, if passage.is_allowed { "good" } else { "bad" }, &passage.verdict);
    let height = y + 8;
    let verdict = if passage.is_allowed { "good" } else { "bad" };
    html! {
        figure.picture {
            svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby={ (id) "-t " (id) "-d" } {
                title id={ (id) "-t" } { "The layers that the request passes" }
                desc id={ (id) "-d" } { (safe(&described(passage))) }
                line.rail x1=(RAIL) y1=(CALLER) x2=(RAIL) y2=(resource + 9) {}
                circle.end cx=(RAIL) cy=(CALLER) r="5" {}
                @for (top, bottom, station) in &stops { (stop(*top, *bottom, station)) }
                rect.(verdict) x=(RAIL - 6) y=(resource + 3) width="12" height="12" rx="2" {}
                (drawn(&words))
            }
            figcaption {
                "The layers that the request passes"
                @if passage.stations.iter().any(|station| station.decides) { "; the one that decides is framed" }
                "."
            }
        }
    }
}

fn stop(top: usize, bottom: usize, station: &Station) -> Markup {
    let (class, sign) = match station.does {
        Does::Denies => ("bad", "✗"),
        Does::DoesNotAllow => ("bad", "–"),
        Does::Allows => ("good", "✓"),
        Does::Passes => ("calm", ""),
    };
    html! {
        @if station.decides {
            rect.decides.(class) x="4" y=(top.saturating_sub(4)) width=(WIDTH - 8) height=(bottom - top + 10) rx="6" {}
        }
        circle.(class) cx=(RAIL) cy=(top + 10) r="9" {}
        @if !sign.is_empty() { text.sign x=(RAIL) y=(top + 14) text-anchor="middle" { (sign) } }
    }
}

/// What a layer does, and by which statements.
fn told(station: &Station) -> String {
    let by = match station.statements.as_slice() {
        [] => String::new(),
        [one] => format!(": {one}"),
        [first, rest @ ..] => format!(": {first} and {} more", rest.len()),
    };
    let decides = if station.decides { ", and decides" } else { "" };
    // Names stand in backticks for terminals; here they need none.
    format!("{}{decides}{by}", station.does.words()).replace('`', "")
}

/// The picture in words, for those who listen.
fn described(passage: &Passage) -> String {
    let stations = passage.stations.iter().map(|station| format!("the {} {}", station.layer, told(station)));
    format!(
        "{} asks for {} on {}; {}; the request is {}.",
        passage.principal,
        passage.action,
        passage.resource,
        stations.collect::<Vec<_>>().join("; "),
        passage.verdict
    )
}

/// An environment, from the callers to the resources.
pub(super) fn overview(at: usize, overview: &Overview) -> Markup {
    let id = format!("overview-{}", at + 1);
    let mut y = 4;
    let mut words = Vec::new();
    let mut boxes = Vec::new();
    let mut titles = Vec::new();
    for column in &overview.columns {
        titles.push(y + 8);
        say(&mut words, &mut y, "title", &column.title);
        y += 6;
        for item in column.items.iter().take(SHOWN) {
            let top = y;
            y += 6;
            say(&mut words, &mut y, "strong", &item.name);
            say(&mut words, &mut y, "soft", &item.detail);
            for policy in &item.policies {
                say(&mut words, &mut y, "policy", policy);
            }
            y += 8;
            boxes.push((top, y));
            y += 8;
        }
        if column.items.len() > SHOWN {
            say(&mut words, &mut y, "soft", &format!("and {} more", column.items.len() - SHOWN));
        }
        y += 10;
    }
    let rail = titles.first().copied().zip(titles.last().copied());
    html! {
        figure.picture {
            svg viewBox={ "0 0 " (WIDTH) " " (y) } role="img" aria-labelledby={ (id) "-t " (id) "-d" } {
                title id={ (id) "-t" } { "The environment" }
                desc id={ (id) "-d" } { (safe(&overview_described(overview))) }
                @if let Some((first, last)) = rail { line.rail x1=(RAIL) y1=(first) x2=(RAIL) y2=(last) {} }
                @for at in &titles { circle.end cx=(RAIL) cy=(at) r="5" {} }
                @for (top, bottom) in &boxes {
                    rect.thing x=(WORDS - 10) y=(top) width=(WIDTH - WORDS + 2) height=(bottom - top) rx="6" {}
                }
                (drawn(&words))
            }
        }
    }
}

fn overview_described(overview: &Overview) -> String {
    let item = |item: &OverviewItem| match item.policies.len() {
        0 => format!("{} without a policy", item.name),
        _ => format!("{} with {}", item.name, item.policies.join(", ")),
    };
    let columns = overview.columns.iter().map(|column| {
        let items: Vec<String> = column.items.iter().take(SHOWN).map(item).collect();
        format!("{}: {}", column.title, items.join("; "))
    });
    columns.collect::<Vec<_>>().join(". ")
}

/// Writes words at a height, on as many lines as they need, and moves on.
fn say(words: &mut Vec<Words>, y: &mut usize, class: &'static str, text: &str) {
    if text.is_empty() {
        return;
    }
    for line in textwrap::wrap(&safe(text), CHARACTERS) {
        words.push(Words { y: *y + 13, class, text: line.into_owned() });
        *y += LEADING;
    }
}

fn drawn(words: &[Words]) -> Markup {
    html! { @for line in words { text.(line.class) x=(WORDS) y=(line.y) { (line.text) } } }
}
