//! CloudFormation, SAM and CDK templates, in JSON and YAML.
//!
//! A newcomer would expect that a template tells who exists. It tells who will: accounts and regions are parameters of the
//! deployment, and names are made up by it. Policies are found without them; facts about principals and resources need
//! the account.

mod arn;
mod attached;
mod entities;
mod evaluate;
mod resources;
mod sam;
mod tags;
mod template;

use super::{Diagnosis, Form, Loaded, Loader, Sniffed};
use polsim_text::json::Node;

/// Templates.
pub(super) struct CloudFormation;

impl Loader for CloudFormation {
    fn name(&self) -> &'static str {
        "cloudformation"
    }

    fn about(&self) -> &'static str {
        "a CloudFormation, SAM or CDK template, in JSON or YAML"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        match document.documents.first() {
            Some(node) => is_template(node),
            None => document.form == Form::Other && looks_like_one(document.source().text()),
        }
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        if documents.form != Form::Json {
            // The other YAML reader has no tags, and is content with those that it knows.
            match tags::parse(documents.source(), documents.limits) {
                Ok(node) => resources::read(&node, documents, loaded),
                Err(broken) => {
                    let diagnosis =
                        Diagnosis::Broken { language: "template in YAML", message: broken.message };
                    loaded.problem(diagnosis, documents.source(), broken.span);
                }
            }
            return;
        }
        for node in documents.documents {
            resources::read(node, documents, loaded);
        }
    }
}

fn is_template(node: &Node) -> bool {
    let resources = node.get("Resources").and_then(Node::members);
    resources.is_some_and(|resources| {
        node.get("AWSTemplateFormatVersion").is_some()
            || resources.iter().any(|resource| {
                resource.value.get("Type").and_then(Node::as_str).is_some_and(|kind| kind.contains("::"))
            })
    })
}

/// Whether a text that no reader of plain YAML takes may be a template.
fn looks_like_one(text: &str) -> bool {
    let mut lines = text.lines();
    lines.any(|line| line.starts_with("Resources:")) && text.contains("AWS::")
}
