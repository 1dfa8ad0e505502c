//! Policy files become layers: what hangs where, and how much of the law counts for it.

use crate::load::{Documents, PolicyFile, load_lawful};
use crate::read::{Origin, Reader};
use polsim_eval::{Layer, Layers, Model, NetworkPath, PolicyId, PrincipalKind, Request};
use polsim_policy::{Policy, PolicyType};
use polsim_prove::Scope;
use polsim_report::from::words;
use polsim_report::{Entry, Level, Library};

/// As what a policy file counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// As what it is: a given type, or the one that it looks like.
    Itself(Option<PolicyType>),
    /// As a policy of this type, together with others.
    Together(PolicyType),
}

/// The policies of a question, compiled.
#[derive(Debug, Default)]
pub(crate) struct Hung {
    pub(crate) model: Model,
    pub(crate) layers: Layers,
    /// The layers that have a policy, in the order in which they got one.
    pub(crate) present: Vec<Layer>,
    pub(crate) library: Library,
}

/// Reads all policy files of a question.
pub(crate) fn load_all(
    policies: &[(Origin, Role)],
    documents: Documents,
    reader: &Reader,
) -> Result<Vec<PolicyFile>, Vec<Entry>> {
    let mut files = Vec::new();
    let mut wrong = Vec::new();
    for (from, (origin, role)) in policies.iter().enumerate() {
        let given = match role {
            Role::Itself(given) => *given,
            Role::Together(policy_type) => Some(*policy_type),
        };
        match load_lawful(reader, origin, given, documents) {
            Ok(found) => files.extend(found.into_iter().map(|file| PolicyFile { from, ..file })),
            Err(error) => wrong.extend(error),
        }
    }
    if wrong.is_empty() { Ok(files) } else { Err(wrong) }
}

/// One policy of each file that was named, in all combinations: with `--documents each` a claim is about each document,
/// and about each policy that a dump has.
pub(crate) fn choices(files: &[PolicyFile]) -> Vec<Vec<(&PolicyFile, &Policy)>> {
    let mut choices: Vec<Vec<(&PolicyFile, &Policy)>> = vec![Vec::new()];
    for of_one in files.chunk_by(|one, next| one.from == next.from) {
        let policies: Vec<(&PolicyFile, &Policy)> =
            of_one.iter().flat_map(|file| file.policies.iter().map(move |policy| (file, policy))).collect();
        let longer = choices.iter().flat_map(|choice| {
            policies.iter().map(|policy| choice.iter().copied().chain([*policy]).collect())
        });
        choices = longer.collect();
    }
    choices.retain(|choice| !choice.is_empty());
    choices
}

impl Hung {
    /// Hangs policies.
    ///
    /// # Errors
    /// There are two where a request meets one.
    pub(crate) fn of(choice: &[(&PolicyFile, &Policy)]) -> Result<Self, Vec<Entry>> {
        let mut hung = Self::default();
        for (file, policy) in choice {
            let before = hung.present.len();
            let layer = hung.hang(file, policy);
            let is_single = matches!(layer, Layer::Endpoint | Layer::Resource | Layer::AccessPoint);
            if is_single && hung.present.len() == before {
                let sentence = format!(
                    "{}: a request meets one {}, and this is another",
                    file.source.name(),
                    words::layer(layer)
                );
                return Err(vec![Entry::new(Level::Error, sentence).with_code("INP016")]);
            }
        }
        Ok(hung)
    }

    /// The layers of a policy by itself, in the model of the others.
    pub(crate) fn hang_beside(&mut self, file: &PolicyFile, policy: &Policy) -> Layers {
        let id: PolicyId = self.model.add(policy);
        self.library.push(file.text_of(policy));
        let mut layers = Layers::default();
        layers.hang(policy.policy_type, id);
        layers
    }

    fn hang(&mut self, file: &PolicyFile, policy: &Policy) -> Layer {
        let id: PolicyId = self.model.add(policy);
        self.library.push(file.text_of(policy));
        let layer = self.layers.hang(policy.policy_type, id);
        if !self.present.contains(&layer) {
            self.present.push(layer);
        }
        layer
    }

    /// How much of the law counts for one request: a single policy `is_alone`; several are the whole law as soon as
    /// those that can grant are there.
    ///
    /// # Errors
    /// A policy is of no concern to the principal, or no policy is left that is.
    pub(crate) fn scope_for(&self, request: &Request, is_alone: bool) -> Result<Scope, Vec<Entry>> {
        let kind = request.principal.kind;
        let refused = |sentence: String| Err(vec![Entry::new(Level::Error, sentence).with_code("INP017")]);
        for layer in &self.present {
            let concerns = match layer {
                Layer::Identity | Layer::Boundary | Layer::Session => kind.has_identity_policies(),
                Layer::Scp(_) => kind.is_bound_by_scps(),
                Layer::Rcp(_) | Layer::Endpoint | Layer::Resource | Layer::AccessPoint => true,
            };
            if !concerns {
                let (who, what) = (words::principal_kind(kind), words::with_article(&words::layer(*layer)));
                return refused(format!("{what} does not concern {who}"));
            }
        }
        let can_grant = match kind {
            PrincipalKind::Root => true,
            kind if kind.has_identity_policies() => self.present.contains(&Layer::Identity),
            _ => self.present.contains(&Layer::Resource),
        };
        if can_grant && !is_alone {
            return Ok(Scope::Whole);
        }
        let is_passed = |layer: &Layer| *layer != Layer::Endpoint || request.path != NetworkPath::Direct;
        let asked: Vec<Layer> = self.present.iter().copied().filter(is_passed).collect();
        if asked.is_empty() {
            return refused(
                "the request does not go through the endpoint, and there is no other policy".to_owned(),
            );
        }
        Ok(Scope::Alone(asked))
    }

    /// Identity policies and a resource policy grant together, which is a matter of the whole law. Otherwise each layer
    /// counts by itself.
    pub(crate) fn scope(&self) -> Scope {
        let grant_together =
            self.present.contains(&Layer::Identity) && self.present.contains(&Layer::Resource);
        if grant_together { Scope::Whole } else { Scope::Alone(self.present.clone()) }
    }
}
