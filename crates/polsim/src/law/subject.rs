//! What laws are about: a policy, some policies together, or an environment.

use super::Claim;
use crate::check::check;
use crate::environment::{self, EnvironmentOrigin};
use crate::hang::Role;
use crate::load::{Documents, load_lawful};
use crate::read::{Origin, Reader};
use crate::request_text::RequestText;
use crate::simulate::{Simulate, simulate};
use polsim_env::environment::Endpoint;
use polsim_env::schema::EndpointKind;
use polsim_policy::{Policy, PolicyType};
use polsim_report::{Colour, Conclusion, Drawing, Entry, Exit, Level, Look, Report, Verb, draw};
use std::fmt;
use std::path::Path;

/// A policy, some policies together, or an environment.
#[derive(Clone, Debug)]
pub struct Subject {
    origins: Vec<(Origin, PolicyType)>,
    environment: Option<EnvironmentOrigin>,
    policies: Vec<Policy>,
    principals: Vec<String>,
    gateways: Vec<(String, String)>,
}

/// What happens to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is allowed.
    Allowed,
    /// A Deny applies to it.
    ExplicitlyDenied,
    /// Nothing denies it, and something that has to allow it does not.
    ImplicitlyDenied,
    /// It depends on what is known nowhere.
    Depends,
}

/// The answer to a claim; written out, it is the report with its evidence.
#[derive(Clone, Debug)]
pub struct Checked(Report);

/// An input that cannot be used; written out, it is the report that underlines why.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}", drawn(.0))]
pub struct Refused(Report);

impl Subject {
    /// One policy by itself; `name` stands in messages.
    ///
    /// # Errors
    /// [`Refused`] when AWS would not take the text as a policy of this type.
    pub fn policy(policy_type: PolicyType, name: &str, text: &str) -> Result<Self, Refused> {
        let nothing = Self {
            origins: Vec::new(),
            environment: None,
            policies: Vec::new(),
            principals: Vec::new(),
            gateways: Vec::new(),
        };
        nothing.and(policy_type, name, text)
    }

    /// The same with one more policy: a request is decided by all of them together.
    ///
    /// # Errors
    /// [`Refused`] when AWS would not take the text as a policy of this type.
    pub fn and(mut self, policy_type: PolicyType, name: &str, text: &str) -> Result<Self, Refused> {
        let origin = Origin::Text { name: name.to_owned(), text: text.to_owned() };
        let files = load_lawful(&Reader::default(), &origin, Some(policy_type), Documents::Reject)
            .map_err(|entries| Refused(Report::bad_input(Verb::Validate, entries)))?;
        self.policies.extend(files.into_iter().flat_map(|file| file.policies));
        self.origins.push((origin, policy_type));
        Ok(self)
    }

    /// All that an environment file describes.
    ///
    /// # Errors
    /// [`Refused`] when the file or a policy that it names cannot be used.
    pub fn environment(file: &Path) -> Result<Self, Refused> {
        Self::of_environment(Origin::of(file))
    }

    /// All that the text of an environment file describes; the policies that it names by path are looked for in the
    /// current folder.
    ///
    /// # Errors
    /// [`Refused`] when the text or a policy that it names cannot be used.
    pub fn environment_text(name: &str, text: &str) -> Result<Self, Refused> {
        Self::of_environment(Origin::Text { name: name.to_owned(), text: text.to_owned() })
    }

    fn of_environment(origin: Origin) -> Result<Self, Refused> {
        let origin = EnvironmentOrigin { origin, allow_outside: false, from: None };
        let world = environment::load(&origin, &Reader::default())
            .map_err(|entries| Refused(Report::bad_input(Verb::Check, entries)))?;
        let policies = world.environment.policies().iter().map(|hung| hung.policy.clone()).collect();
        let principals = world.environment.principals().iter().map(|entry| entry.arn.clone()).collect();
        let is_gateway = |endpoint: &&Endpoint| endpoint.kind == EndpointKind::Gateway;
        let gateways = world.environment.endpoints().iter().filter(is_gateway);
        let gateways = gateways.map(|gateway| (gateway.id.clone(), gateway.service.clone())).collect();
        Ok(Self { origins: Vec::new(), environment: Some(origin), policies, principals, gateways })
    }

    /// Asks whether a claim holds for all requests.
    ///
    /// # Errors
    /// [`Refused`] when the claim cannot be asked of this subject.
    pub fn check(&self, claim: &Claim) -> Result<Checked, Refused> {
        let mut question = claim.check().map_err(|sentence| {
            let entry = Entry::new(Level::Error, sentence).with_code("INP018");
            Refused(Report::bad_input(Verb::Check, vec![entry]))
        })?;
        question.environment.clone_from(&self.environment);
        question.policies = self.roles();
        let report = check(&question, &Reader::default());
        if report.exit == Exit::BadInput { Err(Refused(report)) } else { Ok(Checked(report)) }
    }

    /// What happens to a request; a key that it does not state is absent.
    ///
    /// # Errors
    /// [`Refused`] when the request contradicts itself or cannot be asked of this subject.
    pub fn decide(&self, request: &RequestText) -> Result<Decision, Refused> {
        let question = Simulate {
            environment: self.environment.clone(),
            policies: self.roles(),
            documents: Documents::Reject,
            request: request.clone(),
            is_closed: true,
            readings: Vec::new(),
            trace: false,
        };
        let report = simulate(&question, &Reader::default());
        match report.conclusion {
            Conclusion::Allowed => Ok(Decision::Allowed),
            Conclusion::ExplicitlyDenied => Ok(Decision::ExplicitlyDenied),
            Conclusion::ImplicitlyDenied => Ok(Decision::ImplicitlyDenied),
            Conclusion::Depends => Ok(Decision::Depends),
            _ => Err(Refused(report)),
        }
    }

    /// The policies, parsed.
    #[must_use]
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// The ARNs of the principals that an environment describes.
    #[must_use]
    pub fn principals(&self) -> &[String] {
        &self.principals
    }

    /// The ids of the gateways of an environment, with the services that they lead to; `None` when this is none.
    #[must_use]
    pub fn gateways(&self) -> Option<&[(String, String)]> {
        self.environment.is_some().then_some(self.gateways.as_slice())
    }

    fn roles(&self) -> Vec<(Origin, Role)> {
        let is_alone = self.origins.len() == 1;
        let role = |given| if is_alone { Role::Itself(Some(given)) } else { Role::Together(given) };
        self.origins.iter().map(|(origin, given)| (origin.clone(), role(*given))).collect()
    }
}

impl Checked {
    /// Whether the claim is proved.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.0.exit == Exit::Holds
    }

    /// Whether a counterexample was found.
    #[must_use]
    pub fn is_refuted(&self) -> bool {
        self.0.exit == Exit::Fails
    }

    /// The report, for other formats.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.0
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&drawn(&self.0))
    }
}

/// As the command prints it into a pipe.
fn drawn(report: &Report) -> String {
    draw(report, &Look { width: 100, colour: Colour::None, drawing: Drawing::Ascii })
}
