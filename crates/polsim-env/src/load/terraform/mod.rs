//! Terraform: plans and states as `terraform show -json` prints them, and configurations.
//!
//! A plan knows the configuration and the values, but of an expression that is not evaluated yet only what it refers to.

mod attach;
mod configuration;
mod document;
mod entities;
mod expression;
mod instance;
mod plan;
mod policies;

pub(super) use configuration::Configuration;

use super::{Diagnosis, Loaded, Loader, Sniffed};
use polsim_text::Span;

/// Plans and states.
pub(super) struct Terraform;

impl Loader for Terraform {
    fn name(&self) -> &'static str {
        "terraform"
    }

    fn about(&self) -> &'static str {
        "a Terraform plan or state, as `terraform show -json` prints it"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        document.has(&["format_version"])
            && document.has_any(&["terraform_version", "planned_values", "resource_changes", "values"])
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        for node in documents.documents {
            let before = loaded.policies.len();
            let module = plan::read(node);
            let policies = policies::read(&module, documents, loaded);
            attach::facts(&module, &policies, documents, loaded);
            if loaded.policies.len() == before {
                let start = node.span.start();
                let line = documents.source().text().get(start..).and_then(|text| text.lines().next());
                let place = Span::new(start, start + line.map_or(0, str::len));
                loaded.note(Diagnosis::NoPolicies("plan"), documents.source(), place);
            }
        }
    }
}
