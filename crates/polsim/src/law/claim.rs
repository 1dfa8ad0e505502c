//! A claim about all requests of a region, as it is written in Rust.

use crate::check::Check;
use crate::load::Documents;
use polsim_claim::{Constraint, RegionText, Wanted};
use polsim_prove::Expectation;

/// The most steps of a search, as `polsim check` has it.
const BUDGET: u64 = 20_000_000;

/// What is claimed of all requests for some actions on some resources.
#[derive(Clone, Debug)]
pub struct Claim {
    expect: Wanted,
    region: RegionText,
    /// What is said of keys, as it was written.
    constraints: Vec<String>,
}

impl Claim {
    /// Every request is allowed. Actions and resources are comma lists of patterns.
    #[must_use]
    pub fn allow(actions: &str, resources: &str) -> Self {
        Self::of(Wanted::Verdict(Expectation::Allow), actions, resources)
    }

    /// No request is allowed.
    #[must_use]
    pub fn deny(actions: &str, resources: &str) -> Self {
        Self::of(Wanted::Verdict(Expectation::Deny), actions, resources)
    }

    /// A Deny applies to every request.
    #[must_use]
    pub fn explicit_deny(actions: &str, resources: &str) -> Self {
        Self::of(Wanted::Verdict(Expectation::ExplicitDeny), actions, resources)
    }

    /// No request is allowed, and no Deny applies to any.
    #[must_use]
    pub fn implicit_deny(actions: &str, resources: &str) -> Self {
        Self::of(Wanted::Verdict(Expectation::ImplicitDeny), actions, resources)
    }

    /// Some request is allowed.
    #[must_use]
    pub fn some_allow(actions: &str, resources: &str) -> Self {
        Self::of(Wanted::SomeAllow, actions, resources)
    }

    /// The same for requests of one principal, or of those whose ARNs match a pattern.
    #[must_use]
    pub fn principal(mut self, principal: &str) -> Self {
        self.region.principal = Some(principal.to_owned());
        self
    }

    /// The same for requests of which this holds: `aws:SourceVpce != vpce-1a2b3c4d`, as `polsim check --region` takes it.
    #[must_use]
    pub fn when(mut self, constraint: &str) -> Self {
        self.constraints.push(constraint.to_owned());
        self
    }

    /// The same for requests that come on this way: `gateway`, `interface`, `internet`, or an endpoint of the environment.
    #[must_use]
    pub fn via(mut self, way: &str) -> Self {
        self.region.via.push(way.to_owned());
        self
    }

    /// The same for resources of this account.
    #[must_use]
    pub fn resource_account(mut self, account: &str) -> Self {
        self.region.resource_account = Some(account.to_owned());
        self
    }

    fn of(expect: Wanted, actions: &str, resources: &str) -> Self {
        let list = |text: &str| text.split(',').map(|item| item.trim().to_owned()).collect();
        let region =
            RegionText { actions: list(actions), resources: list(resources), ..RegionText::default() };
        Self { expect, region, constraints: Vec::new() }
    }

    /// The question of `polsim check`.
    pub(super) fn check(&self) -> Result<Check, String> {
        let mut region = self.region.clone();
        region.constraints =
            self.constraints.iter().map(|text| Constraint::read(text)).collect::<Result<_, _>>()?;
        Ok(Check {
            environment: None,
            policies: Vec::new(),
            documents: Documents::Reject,
            expect: self.expect,
            region,
            witnesses: 1,
            budget: BUDGET,
        })
    }
}
