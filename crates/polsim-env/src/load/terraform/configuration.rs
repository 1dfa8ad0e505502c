//! Terraform's own language: what a file of a configuration says where its values are literal.
//!
//! One file is read by itself. What another file says (a local, a resource, a variable) is known only later here; the plan
//! of the whole configuration knows it.

use super::expression::{Evaluator, Names, attribute, body_value, place_of};
use super::instance::{Instance, Module};
use super::policies;
use crate::load::{Diagnosis, Form, Loaded, Loader, Sniffed};
use hcl_edit::Span as _;
use hcl_edit::parser::parse_body;
use hcl_edit::structure::{Block, Body, Structure};
use polsim_text::Span;
use std::collections::BTreeMap;

/// Configurations.
pub(in crate::load) struct Configuration;

impl Loader for Configuration {
    fn name(&self) -> &'static str {
        "terraform-hcl"
    }

    fn about(&self) -> &'static str {
        "a file of a Terraform configuration (`*.tf`), where its values are literal"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        let is_named_so =
            std::path::Path::new(document.file_name()).extension().is_some_and(|ending| ending == "tf");
        document.form != Form::Json && is_named_so
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        let source = documents.source();
        match parse_body(source.text()) {
            Ok(body) => {
                let before = loaded.policies.len();
                // Who is attached to whom is said in other files too, and how often in none: that is for the plan.
                policies::read(&module(&body, documents), documents, loaded);
                if loaded.policies.len() == before {
                    let line = source.text().lines().next().map_or(0, str::len);
                    loaded.note(Diagnosis::NoPolicies("configuration"), source, Span::new(0, line));
                }
            }
            Err(error) => {
                let diagnosis = Diagnosis::Broken {
                    language: "Terraform configuration",
                    message: error.message().to_owned(),
                };
                let at = error.location().offset().min(source.text().len());
                loaded.problem(diagnosis, source, Span::at(at));
            }
        }
    }
}

fn blocks<'b>(body: &'b Body, ident: &'static str) -> impl Iterator<Item = &'b Block> {
    body.iter().filter_map(move |structure| match structure {
        Structure::Block(block) if block.ident.as_str() == ident => Some(block),
        _ => None,
    })
}

fn names(body: &Body) -> Names<'_> {
    let mut names = Names { locals: BTreeMap::new(), variables: BTreeMap::new(), blocks: BTreeMap::new() };
    for block in blocks(body, "locals") {
        for structure in block.body.iter() {
            if let Structure::Attribute(attribute) = structure {
                names.locals.insert(attribute.key.as_str(), &attribute.value);
            }
        }
    }
    for block in blocks(body, "variable") {
        if let Some(label) = block.labels.first() {
            names.variables.insert(label.as_str(), attribute(&block.body, "default"));
        }
    }
    for (ident, before) in [("resource", ""), ("data", "data.")] {
        for block in blocks(body, ident) {
            if let [kind, name] = block.labels.as_slice() {
                names.blocks.insert(format!("{before}{}.{}", kind.as_str(), name.as_str()), block);
            }
        }
    }
    names
}

fn module(body: &Body, documents: &Sniffed<'_>) -> Module {
    let names = names(body);
    let evaluator = Evaluator::new(&names, documents.parameters);
    let mut instances = Vec::new();
    for (address, block) in &names.blocks {
        let kind = block.labels.first().map_or("", |label| label.as_str());
        let mut references = BTreeMap::new();
        for structure in block.body.iter() {
            if let Structure::Attribute(attribute) = structure {
                references.insert(attribute.key.as_str().to_owned(), evaluator.references(&attribute.value));
            }
        }
        let place = block.span().map_or(0, |range| range.start);
        instances.push((
            place,
            Instance {
                address: address.clone(),
                kind: kind.to_owned(),
                is_data: address.starts_with("data."),
                values: body_value(&block.body, place_of(block), &evaluator),
                references,
                has_configuration: true,
            },
        ));
    }
    instances.sort_by_key(|(place, _)| *place);
    Module { instances: instances.into_iter().map(|(_, instance)| instance).collect() }
}
