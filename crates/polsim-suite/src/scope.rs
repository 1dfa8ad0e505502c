//! Variables, and the settings that hold where a case says nothing.

use crate::schema::{ContextSpec, Defaults, WhereSpec, Words};
use crate::wrong::kind;
use polsim_claim::Constraint;
use polsim_env::read::{Found, nearest};
use polsim_env::schema::{Named, Placed};
use polsim_eval::KeyState;
use polsim_policy::ConditionKey;
use polsim_text::Span;
use std::collections::BTreeMap;

/// The most texts that one text with variables may stand for.
const MOST_TEXTS: usize = 10_000;

/// Variables by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    variables: BTreeMap<String, Vec<String>>,
}

/// What is said of requests, with variables replaced.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) principal: Option<Vec<String>>,
    pub(crate) action: Option<Vec<String>>,
    pub(crate) resource: Option<Vec<String>>,
    pub(crate) via: Option<Vec<String>>,
    pub(crate) resource_account: Option<String>,
    pub(crate) context: Vec<(ConditionKey, KeyState)>,
    pub(crate) limits: Vec<Constraint>,
    pub(crate) closed: Option<bool>,
    pub(crate) budget: Option<u64>,
}

impl Settings {
    /// The same, and what it does not say from elsewhere.
    pub(crate) fn or(mut self, other: &Self) -> Self {
        let keys: Vec<String> = self.context.iter().map(|(key, _)| key.folded()).collect();
        let more = other.context.iter().filter(|(key, _)| !keys.contains(&key.folded())).cloned();
        self.context.extend(more.collect::<Vec<_>>());
        self.limits.extend(other.limits.iter().cloned());
        Self {
            principal: self.principal.or_else(|| other.principal.clone()),
            action: self.action.or_else(|| other.action.clone()),
            resource: self.resource.or_else(|| other.resource.clone()),
            via: self.via.or_else(|| other.via.clone()),
            resource_account: self.resource_account.or_else(|| other.resource_account.clone()),
            closed: self.closed.or(other.closed),
            budget: self.budget.or(other.budget),
            ..self
        }
    }
}

impl Scope {
    /// Adds the variables of another scope; its own win.
    pub(crate) fn include(&mut self, other: &Self) {
        for (name, texts) in &other.variables {
            self.variables.entry(name.clone()).or_insert_with(|| texts.clone());
        }
    }

    /// Adds variables; each may use those above it.
    pub(crate) fn define(&mut self, variables: &Named<Words>, found: &mut Found<'_>) {
        for (name, words) in variables.iter() {
            if !is_name(&name.value) {
                let sentence = format!("`{}` is no name of a variable", name.value);
                let help = "names have letters, digits, `-` and `_`, and begin with a letter";
                found.push(kind("SUI001", sentence, Some(help.to_owned())), name.span);
            }
            let texts = self.expand(words, found);
            self.variables.insert(name.value.clone(), texts);
        }
    }

    /// Texts with their variables replaced.
    pub(crate) fn expand(&self, words: &Words, found: &mut Found<'_>) -> Vec<String> {
        words.0.iter().flat_map(|text| self.expand_text(text, found)).collect()
    }

    /// One text with its variables replaced, by each item of a list.
    fn expand_text(&self, text: &Placed<String>, found: &mut Found<'_>) -> Vec<String> {
        let mut expanded = vec![String::new()];
        let mut rest = text.value.as_str();
        while let Some((before, behind)) = rest.split_once('$') {
            expanded.iter_mut().for_each(|own| own.push_str(before));
            let end = behind.find(|c: char| !is_letter_of_name(c)).unwrap_or(behind.len());
            let (name, after) = behind.split_at(end);
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let texts = self.variable(name, text.span, found);
                if expanded.len().saturating_mul(texts.len()) > MOST_TEXTS {
                    let sentence = format!("this stands for more than {MOST_TEXTS} texts");
                    found.push(kind("SUI009", sentence, None), text.span);
                    return Vec::new();
                }
                let joined =
                    |own: &String| texts.iter().map(|value| format!("{own}{value}")).collect::<Vec<_>>();
                expanded = expanded.iter().flat_map(joined).collect();
                rest = after;
            } else {
                // `$$` is a dollar, and `${aws:username}` is a variable of IAM.
                expanded.iter_mut().for_each(|own| own.push('$'));
                rest = behind.strip_prefix('$').unwrap_or(behind);
            }
        }
        expanded.iter_mut().for_each(|own| own.push_str(rest));
        expanded
    }

    fn variable(&self, name: &str, span: Span, found: &mut Found<'_>) -> Vec<String> {
        if let Some(texts) = self.variables.get(name) {
            return texts.clone();
        }
        let help = match nearest(name, self.variables.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `${near}`?"),
            None => "define it under `let`, above what uses it; `$$` is a dollar".to_owned(),
        };
        found.push(kind("SUI001", format!("there is no variable `${name}`"), Some(help)), span);
        Vec::new()
    }

    /// The only text, where one is wanted.
    pub(crate) fn single(&self, words: &Placed<Words>, found: &mut Found<'_>) -> Option<String> {
        let mut texts = self.expand(&words.value, found);
        if texts.len() == 1 {
            return texts.pop();
        }
        let sentence = format!("one text is wanted here, and these are {}", texts.len());
        found.push(kind("SUI002", sentence, None), words.span);
        None
    }

    pub(crate) fn budget(&self, words: &Placed<Words>, found: &mut Found<'_>) -> Option<u64> {
        let text = self.single(words, found)?;
        let budget = text.replace('_', "").parse().ok();
        if budget.is_none() {
            let sentence = format!("`{text}` is no number of steps");
            found.push(
                kind("SUI002", sentence, Some("write a whole number, such as 20000000".to_owned())),
                words.span,
            );
        }
        budget
    }

    pub(crate) fn context(
        &self,
        spec: Option<&ContextSpec>,
        found: &mut Found<'_>,
    ) -> Vec<(ConditionKey, KeyState)> {
        let mut stated = Vec::new();
        for (key, state) in spec.iter().flat_map(|spec| &spec.0) {
            let mut expand = |text: &String| self.expand_text(&Placed::new(text.clone(), key.span), found);
            let state = match state {
                KeyState::One(text) => match expand(text).as_slice() {
                    [only] => KeyState::One(only.clone()),
                    texts => KeyState::List(texts.to_vec()),
                },
                KeyState::List(texts) => KeyState::List(texts.iter().flat_map(expand).collect()),
                other => other.clone(),
            };
            stated.push((key.value.clone(), state));
        }
        stated
    }

    pub(crate) fn limits(&self, spec: Option<&WhereSpec>, found: &mut Found<'_>) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        for limit in spec.iter().flat_map(|spec| &spec.0) {
            let values = self.expand(&Words(limit.values.clone()), found);
            match Constraint::of(limit.key.value.clone(), &limit.word, values) {
                Ok(constraint) => constraints.push(constraint),
                Err(error) => {
                    let sentence = error.split(';').next().unwrap_or_default().to_owned();
                    found.push(
                        kind("SUI012", format!("this is no condition: {sentence}"), None),
                        limit.key.span,
                    );
                }
            }
        }
        constraints
    }

    pub(crate) fn defaults(&self, spec: &Defaults, found: &mut Found<'_>) -> Settings {
        let mut texts = |words: &Option<Words>| words.as_ref().map(|words| self.expand(words, found));
        let (principal, action) = (texts(&spec.principal), texts(&spec.action));
        let (resource, via) = (texts(&spec.resource), texts(&spec.via));
        Settings {
            principal,
            action,
            resource,
            via,
            resource_account: spec.resource_account.as_ref().and_then(|words| self.single(words, found)),
            context: self.context(spec.context.as_ref(), found),
            limits: self.limits(spec.limits.as_ref(), found),
            closed: spec.closed,
            budget: spec.budget.as_ref().and_then(|words| self.budget(words, found)),
        }
    }
}

fn is_letter_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_letter_of_name)
}
