//! Many requests against one environment: a stream of JSON in, a line for each out, in order and in constant memory.

use crate::environment::{self, EnvironmentOrigin, World};
use crate::read::{Origin, Reader};
use crate::request_text::RequestText;
use polsim_eval::{Decision, KeyState, Outcome};
use polsim_policy::ConditionKey;
use polsim_report::from::batch::{Line, json_line, text_line};
use polsim_report::{Entry, Exit};
use rayon::prelude::*;
use serde_json::Value;
use std::io::{self, BufRead, Read as _, Write};

/// How many requests are decided at a time; their answers are kept until all of them are there.
const AT_ONCE: usize = 4096;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The environment.
    pub environment: EnvironmentOrigin,
    /// The requests: JSON lines, one request, or a list.
    pub requests: Origin,
    /// Whether a key that is not stated is absent.
    pub is_closed: bool,
    /// The form of the answers.
    pub form: Form,
}

/// The form of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A line for people.
    Text,
    /// A JSON object a line.
    Json,
}

/// How a batch went.
#[derive(Debug)]
pub struct Done {
    /// How many requests were decided.
    pub decided: u64,
    /// How many lines were no requests.
    pub bad: u64,
    /// How the program ends.
    pub exit: Exit,
}

/// Why a batch ended before its time.
#[derive(Debug)]
pub enum BatchError {
    /// There is nothing to answer.
    Input(Vec<Entry>),
    /// The answers cannot be written.
    Write(io::Error),
}

impl From<io::Error> for BatchError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// Decides a stream of requests. Answers go to `out` in the order of the requests; what is wrong with a line is an answer
/// too. `progress` is told how many are done.
///
/// # Errors
/// [`BatchError`] when environment or requests cannot be read, or the answers not be written.
pub fn run(
    batch: &Batch,
    reader: &Reader,
    out: &mut dyn Write,
    progress: &dyn Fn(u64),
) -> Result<Done, BatchError> {
    let world = environment::load(&batch.environment, reader).map_err(BatchError::Input)?;
    let input = reader.open(&batch.requests).map_err(|error| BatchError::Input(vec![error.entry()]))?;
    let mut done = Done { decided: 0, bad: 0, exit: Exit::Holds };
    let mut texts = requests(input, reader.limits().max_bytes).map_err(|error| {
        let sentence = format!("{} cannot be read: {error}", batch.requests);
        BatchError::Input(vec![Entry::new(polsim_report::Level::Error, sentence).with_code("INP003")])
    })?;
    loop {
        let chunk: Vec<(u64, String)> = texts.by_ref().take(AT_ONCE).collect();
        if chunk.is_empty() {
            break;
        }
        let answers: Vec<(Exit, String)> =
            chunk.par_iter().map(|(number, text)| answer(&world, batch, *number, text)).collect();
        for (exit, line) in answers {
            match exit {
                Exit::BadInput => done.bad += 1,
                _ => done.decided += 1,
            }
            done.exit = done.exit.and(exit);
            writeln!(out, "{line}")?;
        }
        progress(done.decided + done.bad);
    }
    out.flush()?;
    Ok(done)
}

/// The requests with their numbers: the lines of a stream, or the entries of a list.
fn requests(
    mut input: Box<dyn BufRead>,
    max_bytes: usize,
) -> io::Result<Box<dyn Iterator<Item = (u64, String)>>> {
    let mut first = String::new();
    while first.trim().is_empty() {
        first.clear();
        if input.read_line(&mut first)? == 0 {
            return Ok(Box::new(std::iter::empty()));
        }
    }
    let is_whole = serde_json::from_str::<Value>(&first).is_ok();
    if !is_whole && first.trim_start().starts_with(['[', '{']) {
        // A list, or one request over several lines: a text that has to be read as a whole.
        let mut whole = first;
        input.take(max_bytes as u64).read_to_string(&mut whole)?;
        return Ok(match serde_json::from_str::<Value>(&whole) {
            Ok(Value::Array(list)) => Box::new((1..).zip(list.into_iter().map(|value| value.to_string()))),
            Ok(one) => Box::new(std::iter::once((1, one.to_string()))),
            // No JSON as a whole: line by line, so that the good lines are answered.
            Err(_) => {
                let lines: Vec<String> = whole.lines().map(str::to_owned).collect();
                Box::new((1..).zip(lines).filter(|(_, line)| !line.trim().is_empty()))
            }
        });
    }
    if let Ok(Value::Array(list)) = serde_json::from_str::<Value>(&first) {
        return Ok(Box::new((1..).zip(list.into_iter().map(|value| value.to_string()))));
    }
    let rest = input.lines().map(|line| line.unwrap_or_else(|error| format!("unreadable: {error}")));
    let lines = std::iter::once(first).chain(rest);
    Ok(Box::new((1..).zip(lines).filter(|(_, line)| !line.trim().is_empty())))
}

fn answer(world: &World, batch: &Batch, number: u64, text: &str) -> (Exit, String) {
    let line = match request(text) {
        Err(wrong) => Line { number, request: None, result: Err(wrong) },
        Ok(request) => match decide(world, &request, batch.is_closed) {
            Err(wrong) => {
                Line { number, request: Some((request.action, request.resource)), result: Err(wrong) }
            }
            Ok(decided) => {
                Line { number, request: Some((request.action, request.resource)), result: Ok(decided) }
            }
        },
    };
    let exit = match &line.result {
        Err(_) => Exit::BadInput,
        Ok((_, None)) => Exit::Undecided,
        Ok((_, Some(_))) => Exit::Holds,
    };
    let shown = match batch.form {
        Form::Text => text_line(&line),
        Form::Json => json_line(&line, &world.library),
    };
    (exit, shown)
}

fn decide(
    world: &World,
    request: &RequestText,
    is_closed: bool,
) -> Result<(Outcome, Option<Decision>), String> {
    let sentences =
        |entries: Vec<Entry>| entries.into_iter().map(|entry| entry.sentence).collect::<Vec<_>>().join("; ");
    let bound = world.bind(request, is_closed).map_err(sentences)?;
    let (model, layers) = (world.environment.model(), &bound.layers);
    let situation =
        polsim_eval::Situation::of(&bound.request, layers, polsim_eval::has_public_policy(model, layers));
    let chain = polsim_eval::Chain::of(&situation);
    let request = polsim_eval::BoundRequest::new(model, &bound.request, world.environment.readings());
    let is_bounded = situation.has_boundary;
    let case = polsim_eval::Case { model, layers, chain: &chain, request: &request, is_bounded };
    Ok((case.outcome(), case.decide()))
}

/// Reads a request: an object with `principal`, `action`, `resource`, and perhaps `resource-account`, `via` and
/// `context`.
fn request(text: &str) -> Result<RequestText, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
    let Value::Object(members) = value else { return Err("a request is a JSON object".to_owned()) };
    let known = ["principal", "action", "resource", "resource-account", "via", "context"];
    if let Some(other) = members.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(format!("`{other}` is no part of a request: it has {}", known.join(", ")));
    }
    let text = |name: &str| match members.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("`{name}` is a string")),
    };
    let needed = |name: &str| text(name)?.ok_or_else(|| format!("`{name}` is missing"));
    let context = match members.get("context") {
        None => Vec::new(),
        Some(Value::Object(keys)) => {
            keys.iter().map(|(key, value)| stated(key, value)).collect::<Result<_, _>>()?
        }
        Some(_) => return Err("`context` is an object".to_owned()),
    };
    Ok(RequestText {
        principal: needed("principal")?,
        action: needed("action")?,
        resource: text("resource")?,
        resource_account: text("resource-account")?,
        via: text("via")?,
        context,
    })
}

/// A key with its value: a scalar, a list of scalars, or `null` for absent.
fn stated(key: &str, value: &Value) -> Result<(ConditionKey, KeyState), String> {
    let name =
        ConditionKey::new(key).ok_or_else(|| format!("`{key}` is no condition key: it has no prefix"))?;
    let scalar = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
        _ => Err(format!("the values of `{key}` are strings, numbers or booleans")),
    };
    let state = match value {
        Value::Null => KeyState::Absent,
        Value::Array(values) => KeyState::List(values.iter().map(scalar).collect::<Result<_, _>>()?),
        one => KeyState::One(scalar(one)?),
    };
    Ok((name, state))
}

impl Done {
    /// How it went, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.bad {
            0 => format!("{} requests", self.decided),
            bad => format!("{} requests, and {bad} that could not be used", self.decided),
        }
    }
}
