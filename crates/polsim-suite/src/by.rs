//! Who is to decide a request: `role/read.json#ReadArtifacts`, `scp/only-eu.json`, or a layer such as `boundary`.

use polsim_claim::Refusal;
use polsim_env::Environment;
use polsim_env::read::nearest;
use polsim_eval::{Cause, Decision, Layer, StatementId, Verdict};

/// Who is to decide a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// As it is written.
    pub text: String,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Layer(&'static str),
    Policy(String),
    Statement(String, String),
}

/// The names of layers.
const LAYERS: [&str; 8] =
    ["identity", "boundary", "session", "scp", "rcp", "endpoint", "resource", "access-point"];

fn layer_name(layer: Layer) -> &'static str {
    match layer {
        Layer::Identity => "identity",
        Layer::Boundary => "boundary",
        Layer::Session => "session",
        Layer::Scp(_) => "scp",
        Layer::Rcp(_) => "rcp",
        Layer::Endpoint => "endpoint",
        Layer::Resource => "resource",
        Layer::AccessPoint => "access-point",
    }
}

impl By {
    /// Reads it.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let what = match (LAYERS.into_iter().find(|layer| *layer == text), text.split_once('#')) {
            (Some(layer), _) => What::Layer(layer),
            (None, Some((policy, sid))) => What::Statement(policy.to_owned(), sid.to_owned()),
            (None, None) => What::Policy(text.to_owned()),
        };
        Self { text: text.to_owned(), what }
    }

    /// Whether it takes part in a decision.
    ///
    /// # Errors
    /// The environment has no such policy or statement.
    pub(crate) fn decides(&self, decision: &Decision, environment: &Environment) -> Result<bool, Refusal> {
        let deciding =
            if decision.verdict == Verdict::Allowed { &decision.allowed_by } else { &decision.denied_by };
        let is_named = |id: &StatementId, policy: &str| {
            environment.policy(id.policy).is_some_and(|hung| is_same_file(&hung.name, policy))
        };
        let policy = match &self.what {
            What::Layer(name) => {
                // A layer that does not allow decides too, though none of its statements does.
                let causes = decision.causes.iter().filter_map(|cause| match cause {
                    Cause::Layer(layer) => Some(*layer),
                    Cause::Partition | Cause::BlockPublicAccess => None,
                });
                let layers = deciding.iter().map(|(layer, _)| *layer).chain(causes);
                return Ok(layers.into_iter().any(|layer| layer_name(layer) == *name));
            }
            What::Policy(policy) | What::Statement(policy, _) => policy,
        };
        let hung =
            environment.policies().iter().find(|hung| is_same_file(&hung.name, policy)).ok_or_else(|| {
                let names = environment.policies().iter().map(|hung| hung.name.as_str());
                let near = nearest(policy, names.chain(LAYERS));
                let hint = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
                Refusal::new("SUI016", format!("the environment has no policy `{policy}`{hint}"))
            })?;
        let What::Statement(_, sid) = &self.what else {
            return Ok(deciding.iter().any(|(_, id)| is_named(id, policy)));
        };
        let sids = || {
            hung.policy
                .statements
                .iter()
                .map(|statement| statement.sid.as_ref().map(|sid| sid.value.0.as_str()))
        };
        let by_number = sid.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let is_it = |at: usize, own: Option<&str>| own == Some(sid.as_str()) || by_number == Some(at);
        if !sids().enumerate().any(|(at, own)| is_it(at, own)) {
            let near = nearest(sid, sids().flatten());
            let hint = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            return Err(Refusal::new("SUI016", format!("`{policy}` has no statement `{sid}`{hint}")));
        }
        Ok(deciding.iter().filter(|(_, id)| is_named(id, policy)).any(|(_, id)| {
            let at = id.index as usize;
            is_it(at, sids().nth(at).flatten())
        }))
    }
}

/// Whether two paths name one file: as it is named, or from elsewhere in the tree.
fn is_same_file(known: &str, named: &str) -> bool {
    let (known, named) = (known.trim_start_matches("./"), named.trim_start_matches("./"));
    let ends = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with('/'));
    known == named || ends(known, named) || ends(named, known)
}
