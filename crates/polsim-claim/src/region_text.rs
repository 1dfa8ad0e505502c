//! Which requests a claim is about, as people write it.

use crate::constraint::Constraint;
use crate::refusal::Refusal;
use crate::services;
use polsim_arn::{ActionPattern, ArnPattern, Pattern};
use polsim_eval::{KeyState, Model, NetworkPath, Principal};
use polsim_policy::ConditionKey;
use polsim_prove::{Assumption, Assumptions, PrincipalRegion, Region};

/// Which requests are meant.
#[derive(Clone, Debug, Default)]
pub struct RegionText {
    /// The actions, with or without wildcards.
    pub actions: Vec<String>,
    /// The resources, with or without wildcards.
    pub resources: Vec<String>,
    /// Who asks: a principal, or a pattern of ARNs.
    pub principal: Option<String>,
    /// The keys that are known.
    pub context: Vec<(ConditionKey, KeyState)>,
    /// What else holds of keys.
    pub constraints: Vec<Constraint>,
    /// The ways of the requests: `gateway`, `interface`, `internet`, or endpoints of an environment; empty for all.
    pub via: Vec<String>,
    /// The account of the resource.
    pub resource_account: Option<String>,
    /// What a proof may assume of real requests.
    pub assumptions: Assumptions,
    /// The facts that were switched on by name.
    pub named_assumptions: Vec<Assumption>,
}

/// A region as far as it has nothing to do with policies.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The actions.
    pub actions: Vec<ActionPattern>,
    /// The resources.
    pub resources: Vec<Pattern>,
}

impl RegionText {
    /// The actions and the resources.
    ///
    /// # Errors
    /// What is no action and what is no resource.
    pub fn texts(&self) -> Result<Texts, Vec<Refusal>> {
        let mut wrong = Vec::new();
        let mut actions = Vec::new();
        for text in &self.actions {
            match ActionPattern::parse(text) {
                Ok(action) => actions.push(action),
                Err(error) => wrong.push(
                    Refusal::new("INP011", format!("`{text}` is no action: {error}"))
                        .with_help("write `s3:GetObject`, `s3:Get*` or `*`"),
                ),
            }
        }
        let mut resources = Vec::new();
        for text in &self.resources {
            match ArnPattern::parse(text).or_else(|| ArnPattern::parse_short(text)) {
                Some(pattern) if text.starts_with("arn:") => resources.push(pattern),
                _ if text == "*" => resources.push(Pattern::everything()),
                _ => wrong.push(
                    Refusal::new("INP012", format!("`{text}` is no resource"))
                        .with_help("write an ARN of six parts, such as `arn:aws:s3:::bucket/key`, or `*`; `*` and `?` are wildcards"),
                ),
            }
        }
        if wrong.is_empty() { Ok(Texts { actions, resources }) } else { Err(wrong) }
    }

    /// The region of claims about policies without an environment.
    ///
    /// # Errors
    /// What is not as it has to be written.
    pub fn region(&self, model: &mut Model) -> Result<Region, Vec<Refusal>> {
        let Texts { actions, resources } = self.texts()?;
        let principal = self.principal_region()?;
        let paths = self.via.iter().map(|text| path(text).ok_or_else(|| vec![no_way(text)]));
        let mut region = Region {
            actions,
            resources,
            principal,
            paths: paths.collect::<Result<_, _>>()?,
            resource_account: self.resource_account.clone(),
            ..Region::default()
        };
        self.limit(&mut region, model)?;
        Ok(region)
    }

    /// Adds what is said of keys.
    pub(crate) fn limit(&self, region: &mut Region, model: &mut Model) -> Result<(), Vec<Refusal>> {
        for (key, state) in &self.context {
            region.state(model, key, state.clone());
        }
        for constraint in &self.constraints {
            let formulas = constraint.formulas(model).ok_or_else(|| vec![constraint.refused()])?;
            region.keys.extend(formulas);
        }
        region.assumptions = self.assumptions();
        region.reference = services::bundled();
        Ok(())
    }

    /// A claim that names its resources is about the actions on them as they are written, `s3:GetObject` on a bucket
    /// too; which resources an action has matters where the claim leaves them open.
    fn assumptions(&self) -> Assumptions {
        let is_open = |text: &String| text.splitn(6, ':').last().is_some_and(|last| last.starts_with('*'));
        let forms = Assumption::ResourceForms;
        let is_about_any = self.resources.is_empty() || self.resources.iter().any(is_open);
        if is_about_any || self.named_assumptions.contains(&forms) {
            return self.assumptions;
        }
        self.assumptions.without(forms)
    }

    fn principal_region(&self) -> Result<PrincipalRegion, Vec<Refusal>> {
        let text = match self.principal.as_deref() {
            None | Some("*") => return Ok(PrincipalRegion::Anyone),
            Some(text) => text,
        };
        match (Principal::read(text), ArnPattern::parse(text)) {
            (Some(principal), _) => Ok(PrincipalRegion::One(Box::new(principal))),
            (None, Some(pattern)) if text.starts_with("arn:") => Ok(PrincipalRegion::Arn(pattern)),
            _ => Err(vec![
                Refusal::new("INP013", format!("`{text}` is no principal"))
                    .with_help(
                        "write the ARN of a user, role or session, a 12-digit account (its root user), a service such as \
                         `ec2.amazonaws.com`, `anonymous`, or a pattern of `aws:PrincipalArn`",
                    ),
            ]),
        }
    }
}

/// The way of a word.
pub(crate) fn path(text: &str) -> Option<NetworkPath> {
    Some(match text {
        "gateway" => NetworkPath::Gateway,
        "interface" => NetworkPath::Interface,
        "internet" => NetworkPath::Direct,
        _ => return None,
    })
}

fn no_way(text: &str) -> Refusal {
    Refusal::new("INP019", format!("`{text}` is no way of a request")).with_help(
        "write `gateway`, `interface` or `internet`; with `--env` also an endpoint of the environment",
    )
}
