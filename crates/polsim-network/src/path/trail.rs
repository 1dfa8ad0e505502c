//! The steps of a decision as they are made, and how they end in an answer.

use super::answer::{Path, Way};
use super::step::Step;
use crate::gap::Gap;
use crate::topology::{Route, Subnet};
use polsim_env::Place;
use polsim_eval::Truth;

/// The steps so far.
pub(super) struct Trail {
    subnet: String,
    of: Option<Subnet>,
    table: Option<String>,
    route: Option<String>,
    steps: Vec<Step>,
}

impl Trail {
    pub(super) fn new(subnet: &str) -> Self {
        Self { subnet: subnet.to_owned(), of: None, table: None, route: None, steps: Vec::new() }
    }

    pub(super) fn from(&mut self, subnet: &Subnet) {
        self.of = Some(subnet.clone());
    }

    pub(super) fn table(&mut self, table: &str) {
        self.table = Some(table.to_owned());
    }

    pub(super) fn route(&mut self, route: &Route) {
        self.route = Some(format!("{} → {}", route.to, route.target));
    }

    /// Notes a step.
    pub(super) fn step(
        &mut self,
        holds: Truth,
        sentence: impl Into<String>,
        clause: &'static str,
        place: Option<&Place>,
    ) {
        let step = Step { holds, is_choice: false, sentence: sentence.into(), clause, place: place.cloned() };
        self.steps.push(step);
    }

    /// Notes the step that chose the way.
    pub(super) fn choice(
        &mut self,
        sentence: impl Into<String>,
        clause: &'static str,
        place: Option<&Place>,
    ) {
        self.step(Truth::Yes, sentence, clause, place);
        if let Some(last) = self.steps.last_mut() {
            last.is_choice = true;
        }
    }

    /// Notes what is not known.
    pub(super) fn gap(&mut self, what: &str, gap: &Gap, clause: &'static str) {
        self.step(Truth::Open, format!("{what}: {gap}"), clause, gap.place());
    }

    /// Ends on a way: requests arrive if every step lets them.
    pub(super) fn end(self, way: Way) -> Path {
        let arrives = match way {
            Way::Nowhere => Truth::No,
            Way::Unknown | Way::Elsewhere(_) => {
                // What a request cannot pass on any way, it cannot pass here.
                if self.steps.iter().any(|step| step.holds == Truth::No) { Truth::No } else { Truth::Open }
            }
            _ => Truth::all(self.steps.iter().map(|step| step.holds)),
        };
        Path {
            subnet: self.subnet,
            vpc: self.of.as_ref().map(|subnet| subnet.vpc.clone()).unwrap_or_default(),
            range: self.of.map(|subnet| subnet.range),
            table: self.table,
            route: self.route,
            way,
            arrives,
            steps: self.steps,
        }
    }
}
