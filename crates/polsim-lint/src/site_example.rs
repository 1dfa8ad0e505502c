//! Networks that show what a rule finds or does not find: what differs from a network that is sound.

use crate::site::Site;
use polsim_env::schema::EnvironmentFile;
use polsim_env::{Environment, Unavailable};
use polsim_network::{Network, Workload};
use polsim_text::{Limits, Source};
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// A network that shows what a rule finds or does not find.
#[derive(Clone, Copy, Debug)]
pub struct SiteExample {
    /// The sound network: outputs of the AWS CLI, with a `Model` and an `Environment`.
    base: &'static str,
    /// The members that take the place of those of the sound one.
    changes: &'static str,
}

impl SiteExample {
    /// A network that differs from a sound one in these members.
    #[must_use]
    pub const fn new(base: &'static str, changes: &'static str) -> Self {
        Self { base, changes }
    }

    /// What differs.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.changes
    }

    /// The site; `None` when the example is broken.
    #[must_use]
    pub fn site(&self) -> Option<Site> {
        let limits = Limits::default();
        let mut whole: Map<String, Value> = serde_json::from_str(self.base).ok()?;
        whole.extend(serde_json::from_str::<Map<String, Value>>(self.changes).ok()?);
        let model = Source::new("model.json", whole.remove("Model")?.to_string());
        let environment = Source::new("example.env.yaml", whole.remove("Environment")?.to_string());
        let network = Source::new("network.json", Value::Object(whole).to_string());
        let network = Network::read(&[network], &limits).ok()?;
        let workload = Workload::read(&model, &limits).ok()?;
        let (file, _) = EnvironmentFile::parse(&environment, &limits);
        let none = |_: &str| Err(Unavailable::NotFound);
        let environment = Environment::build(&environment, &file?, &limits, &none).ok()?;
        Some(Site::new(network, workload, Some(environment), &limits))
    }

    /// Adds it to a page.
    pub(crate) fn write(&self, markdown: &mut String) {
        let _ = write!(markdown, "\nA network that is sound but for\n\n```json\n{}\n```\n", self.changes);
    }
}
