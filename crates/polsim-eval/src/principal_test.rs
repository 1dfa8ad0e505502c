//! What the `Principal` element demands of a principal, and how directly it names it.
//!
//! An entry is a list of tests on properties of the principal, for some kinds of principal, and gives a class. The
//! evaluator asks which classes an element gives a principal; the prover turns the same entries into a formula.

use crate::fold::{Truth, Valuation};
use crate::formula::{Attribute, Formula, Test, Variable};
use crate::request::PrincipalKind;
use crate::{Class, Classes, Reading, Readings};
use polsim_arn::TextSet;

/// A compiled `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq)]
pub struct PrincipalTest {
    /// Whether it is `NotPrincipal`.
    pub negated: bool,
    /// The entries, each in all the ways in which it can match.
    pub ways: Vec<Way>,
}

/// One way for a principal to match an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// For which kinds of principal.
    pub kinds: Vec<PrincipalKind>,
    /// All of these properties must be in these sets.
    pub tests: Vec<(Attribute, TextSet)>,
    /// The class that it gives.
    pub class: Class,
    /// It is a way only when this ambiguity is read as we chose.
    pub unless: Option<Reading>,
}

impl Way {
    /// The tests as a formula.
    #[must_use]
    pub fn formula(&self) -> Formula {
        let tests = self
            .tests
            .iter()
            .map(|(attribute, set)| Formula::test(Test::text(Variable::Principal(*attribute), set.clone())));
        let all = Formula::all(tests);
        match self.unless {
            Some(reading) => Formula::choice(reading, all, Formula::Never),
            None => all,
        }
    }
}

impl PrincipalTest {
    /// The classes in which a statement with this element speaks of the principal; none when it does not.
    pub fn classes(&self, kind: PrincipalKind, is_bounded: bool, valuation: &impl Valuation) -> Classes {
        let mut listed = Classes::NONE;
        for way in self.ways.iter().filter(|way| way.kinds.contains(&kind)) {
            let excluded = way.unless.is_some_and(|reading| valuation.readings().takes_alternative(reading));
            let matches = || {
                way.tests.iter().all(|(attribute, set)| {
                    valuation
                        .value(Variable::Principal(*attribute))
                        .single()
                        .is_some_and(|text| set.contains(text))
                })
            };
            if !excluded && !listed.contains(way.class) && matches() {
                listed = listed.or(Classes::only(way.class));
            }
        }
        if !self.negated {
            return listed;
        }
        if is_bounded || !spares(listed, kind, valuation.readings()) { Classes::ANY } else { Classes::NONE }
    }

    /// Whether a statement with this element speaks of principals of a kind in one of the classes, as a formula.
    #[must_use]
    pub fn formula(&self, kind: PrincipalKind, is_bounded: bool, classes: Classes) -> Formula {
        let ways = || self.ways.iter().filter(|way| way.kinds.contains(&kind));
        if !self.negated {
            return Formula::any(ways().filter(|way| classes.contains(way.class)).map(Way::formula));
        }
        // S2.4.10
        if is_bounded {
            return Formula::Always;
        }
        let listed = Formula::any(ways().map(Way::formula));
        let class = |class| Formula::any(ways().filter(|way| way.class == class).map(Way::formula));
        let needed = Formula::all(needed_classes(kind).iter().map(|needed| class(*needed)));
        let spared = if needs_account(kind) {
            Formula::choice(
                Reading::NotPrincipalNeedsAccount,
                listed.clone(),
                Formula::any([class(Class::Everyone), needed]),
            )
        } else {
            listed
        };
        spared.negated()
    }

    /// Whether the element holds for any class; open properties make it open.
    pub fn fold(&self, kind: PrincipalKind, is_bounded: bool, valuation: &impl Valuation) -> Truth {
        self.formula(kind, is_bounded, Classes::ANY).fold(valuation)
    }

    pub(crate) fn for_each_reading(&self, visit: &mut impl FnMut(Reading)) {
        self.ways.iter().filter_map(|way| way.unless).for_each(&mut *visit);
        if self.negated {
            visit(Reading::NotPrincipalNeedsAccount);
        }
    }
}

/// Whether `NotPrincipal` spares a principal that is listed in these classes (S2.4.9, A24).
fn spares(listed: Classes, kind: PrincipalKind, readings: Readings) -> bool {
    let strict = readings.takes_alternative(Reading::NotPrincipalNeedsAccount) && needs_account(kind);
    if strict {
        listed.contains(Class::Everyone) || needed_classes(kind).iter().all(|class| listed.contains(*class))
    } else {
        !listed.is_none()
    }
}

/// S2.4.9: a user is listed with its account, a session with its role and account as well.
fn needed_classes(kind: PrincipalKind) -> &'static [Class] {
    match kind {
        PrincipalKind::User => &[Class::Named, Class::Account],
        PrincipalKind::RoleSession | PrincipalKind::FederatedUser => {
            &[Class::Named, Class::Issuer, Class::Account]
        }
        _ => &[Class::Named],
    }
}

/// The kinds of principal that live in an account which a policy can list beside them.
fn needs_account(kind: PrincipalKind) -> bool {
    kind.has_identity_policies()
}
