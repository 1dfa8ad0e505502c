//! The law of AWS request evaluation (S2–S4; `tests/conformance/clauses.txt` lists the clauses), written once: policies become formulas over tests on the
//! variables of a request, and a chain of layers says how their effects combine.
//!
//! Everything else only reads these: [`Case::outcome`] folds them over one request, the prover solves them for all.
//! This crate knows no files, no findings and no reference data but two small dated tables that the law itself needs.

mod chain;
mod class;
mod compile;
mod decide;
mod fold;
mod formula;
mod index;
mod key;
mod layers;
mod model;
mod principal_test;
mod reading;
mod request;
mod situation;
mod verdict;

pub use chain::{Cause, Chain, Denial, Grant, Requirement};
pub use class::{Class, Classes};
pub use decide::{Case, Decision, StatementElement, decide, has_public_policy};
pub use fold::{Truth, Valuation, Value};
pub use formula::{Answer, Attribute, Formula, OpenOperand, Operand, Polarity, Quantifier, Test, Variable};
pub use key::{KeyId, KeyTable};
pub use layers::{Layer, Layers, ResourceKind};
pub use model::{CompiledPolicy, CompiledStatement, Model, PolicyId, StatementId};
pub use principal_test::{PrincipalTest, Way};
pub use reading::{Reading, Readings};
pub use request::{
    BoundRequest, Context, Contradiction, Derived, DuplicateKey, InputError, KeyState, NetworkPath,
    Principal, PrincipalKind, Request, Resource, Unstated,
};
pub use situation::{Accounts, Family, Situation, assumes_role};
pub use verdict::{Outcome, Verdict};
