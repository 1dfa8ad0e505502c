//! A policy by itself, as JSON or YAML: each document is one.

use super::{FoundPolicy, Loaded, Loader, Object, Sniffed};
use polsim_policy::guess_type;
use std::sync::Arc;

/// Policies by themselves.
pub(super) struct PolicyDocuments;

impl Loader for PolicyDocuments {
    fn name(&self) -> &'static str {
        "policy"
    }

    fn about(&self) -> &'static str {
        "a policy by itself, in JSON or YAML; several documents are several policies"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        document.has(&["Statement"])
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        for node in documents.documents {
            let object = Object { host: documents.host, form: documents.form, node };
            let place = object.place(node.span);
            let line = place.source.position(place.span.start()).line;
            let name = match documents.documents {
                [_] => documents.source().name().to_owned(),
                _ => format!("{}:{line}", documents.source().name()),
            };
            let Some(text) = object.text_of_policy(&name) else {
                loaded.problem(super::Diagnosis::NoDocument, &place.source, place.span);
                continue;
            };
            let guess = guess_type(node);
            loaded.policies.push(Arc::new(FoundPolicy {
                name,
                policy_type: guess.policy_type,
                guess: Some(guess),
                is_of_aws: false,
                perhaps: Vec::new(),
                text,
            }));
        }
    }
}
