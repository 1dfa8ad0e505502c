//! `polsim reference`: what is known of an action, a service or a condition key?

use crate::read::{Origin, Reader};
use crate::reference_file;
use polsim_arn::{ActionName, ActionPattern};
use polsim_reference::{AccessLevel, Action, Key, Reference};
use polsim_report::from::reference::{self as told, Told};
use polsim_report::from::words;
use polsim_report::{Conclusion, Entry, Exit, Level, Report, Verb};
use std::borrow::Cow;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// Of what.
    pub about: About,
    /// A file of facts that are not AWS's.
    pub file: Option<Origin>,
}

/// What a question is about.
#[derive(Clone, Debug)]
pub enum About {
    /// Where the facts come from.
    Version,
    /// Actions, services, patterns of actions, and keys.
    Names(Vec<String>, Option<AccessLevel>),
    /// Condition keys.
    Keys(Vec<String>),
}

/// What is known of a name, or that nothing is.
type Answer = Result<Told, Box<Entry>>;

/// Looks things up.
#[must_use]
pub fn lookup(question: &Lookup, reader: &Reader) -> Report {
    let reference = match open(question.file.as_ref(), reader) {
        Ok(reference) => reference,
        Err(entries) => return Report::bad_input(Verb::Reference, entries),
    };
    let reference = &*reference;
    let found: Vec<Answer> = match &question.about {
        About::Version => vec![Ok(told::version(reference))],
        About::Names(names, level) => names.iter().map(|text| name(reference, text, *level)).collect(),
        About::Keys(names) => names.iter().map(|text| key(reference, text)).collect(),
    };
    let mut report = report_of(found);
    if !matches!(question.about, About::Version) {
        report.notes.push(told::date_note(reference));
    }
    report
}

/// The facts that questions are answered from.
///
/// # Errors
/// The entries that say why there are none.
pub(crate) fn open(file: Option<&Origin>, reader: &Reader) -> Result<Cow<'static, Reference>, Vec<Entry>> {
    let bundled = Reference::bundled()
        .map_err(|error| vec![Entry::new(Level::Error, error.to_string()).with_code("REF003")])?;
    match file {
        None => Ok(Cow::Borrowed(bundled)),
        Some(origin) => reference_file::extended(bundled, origin, reader).map(Cow::Owned),
    }
}

/// One answer is the report; several are told one after the other.
fn report_of(mut found: Vec<Answer>) -> Report {
    let unknown = found.iter().filter(|found| found.is_err()).count();
    let (conclusion, exit) = match unknown {
        0 => (Conclusion::Known, Exit::Holds),
        _ => (Conclusion::Unknown, Exit::BadInput),
    };
    if let [only] = found.as_mut_slice() {
        let (headline, entries) = match only {
            Ok(told) => (std::mem::take(&mut told.headline), std::mem::take(&mut told.entries)),
            Err(entry) => ("the reference lacks this name".to_owned(), vec![(**entry).clone()]),
        };
        return Report { entries, ..Report::new(Verb::Reference, conclusion, headline, exit) };
    }
    let headline = match unknown {
        0 => words::count(found.len(), "name"),
        _ => format!("{unknown} of {}", words::count(found.len(), "name")),
    };
    let mut entries = Vec::new();
    for found in found {
        match found {
            Ok(told) => {
                entries.push(Entry::new(Level::Allows, told.headline));
                entries.extend(told.entries);
            }
            Err(entry) => entries.push(*entry),
        }
    }
    Report { entries, ..Report::new(Verb::Reference, conclusion, headline, exit) }
}

/// A service by its prefix, an action, a pattern of actions, or a key.
fn name(reference: &Reference, text: &str, level: Option<AccessLevel>) -> Answer {
    if !text.contains(':') && text != "*" {
        return service(reference, text, level);
    }
    if let Some(key) = reference.key(text) {
        return Ok(told::key(key, text, reference));
    }
    if let Ok(exact) = ActionName::parse(text) {
        let action = reference.action(&exact).ok_or_else(|| unknown_action(reference, text))?;
        let service = reference.service(action.service()).ok_or_else(|| unknown_action(reference, text))?;
        return Ok(told::action(action, service));
    }
    let pattern = ActionPattern::parse(text).map_err(|error| no_action(text, &error.to_string()))?;
    let matching: Vec<Action<'_>> =
        reference.matching(&pattern).filter(|action| is_at(*action, level)).collect();
    if matching.is_empty() {
        return Err(unmatched(reference, &pattern));
    }
    let headline = format!("{text}, {}", counted(matching.len(), level));
    Ok(Told { headline, entries: told::by_level(&matching) })
}

fn service(reference: &Reference, prefix: &str, level: Option<AccessLevel>) -> Answer {
    let service = reference.service(prefix).ok_or_else(|| unknown_service(reference, prefix))?;
    if level.is_none() {
        return Ok(told::service(service));
    }
    let actions: Vec<Action<'_>> = service.actions().filter(|action| is_at(*action, level)).collect();
    let counted = counted(actions.len(), level);
    let headline = format!("{}, {}: {counted}", service.prefix(), service.name());
    Ok(Told { headline, entries: told::by_level(&actions) })
}

fn is_at(action: Action<'_>, level: Option<AccessLevel>) -> bool {
    level.is_none_or(|level| action.level() == level)
}

fn counted(number: usize, level: Option<AccessLevel>) -> String {
    match level {
        None => words::count(number, "action"),
        Some(level) => words::count(number, &format!("{level} action")),
    }
}

fn key(reference: &Reference, name: &str) -> Answer {
    match reference.key(name) {
        Some(key) => Ok(told::key(key, name, reference)),
        None => {
            let like = reference.keys_like(name).into_iter().map(Key::name).map(str::to_owned).collect();
            Err(unknown(format!("the reference knows no condition key `{name}`"), like, reference))
        }
    }
}

/// What is said when nothing matches a pattern, which may be a plain name.
pub(crate) fn unmatched(reference: &Reference, pattern: &ActionPattern) -> Box<Entry> {
    if pattern.pattern().as_exact().is_some() {
        return unknown_action(reference, pattern.as_str());
    }
    let service = pattern.service().unwrap_or_default();
    if reference.service(service).is_none() {
        return unknown_service(reference, service);
    }
    unknown(format!("`{pattern}` matches no action that the reference knows"), Vec::new(), reference)
}

/// What is said of a text that is no action and no pattern of one.
pub(crate) fn no_action(text: &str, why: &str) -> Box<Entry> {
    Box::new(Entry::new(Level::Error, format!("`{text}` is no action: {why}")).with_code("INP011"))
}

fn unknown_action(reference: &Reference, action: &str) -> Box<Entry> {
    let like = reference.actions_like(action).iter().map(ToString::to_string).collect();
    match action.split_once(':') {
        Some((service, _)) if reference.service(service).is_none() => {
            let sentence = format!("the reference knows no service `{service}`, so no `{action}`");
            unknown(sentence, like, reference)
        }
        _ => unknown(format!("the reference knows no action `{action}`"), like, reference),
    }
}

fn unknown_service(reference: &Reference, prefix: &str) -> Box<Entry> {
    let like = reference.services_like(prefix).into_iter().map(str::to_owned).collect();
    unknown(format!("the reference knows no service `{prefix}`"), like, reference)
}

/// Not an error: services appear over time, and the data has a day.
fn unknown(sentence: String, like: Vec<String>, reference: &Reference) -> Box<Entry> {
    let sentence = format!("{sentence}, as of {}", reference.version().date);
    let like: Vec<String> = like.iter().map(|name| format!("`{name}`")).collect();
    let help = match like.as_slice() {
        [] => "`--reference FILE` adds what is newer, or your own".to_owned(),
        names => format!("did you mean {}?", words::list(names, "or")),
    };
    Box::new(Entry::new(Level::Warning, sentence).with_code("REF001").with_help(help))
}
