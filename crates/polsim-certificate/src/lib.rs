//! Certificates: what a proof was made of, written down, and a checker that follows it without the prover.
//!
//! The checker shares no search with the prover. From the policies and the question it works out itself which situations
//! there are and what a request would have to satisfy to break the claim; the certificate only says why that cannot be:
//! which tests exclude each other, and which clauses follow. `docs/certificates.md` says what is trusted.

mod check;
mod circuit;
mod clauses;
mod flaw;
mod form;
mod goal;
mod home;
mod lemma;
mod notation;
mod place;
mod setting;
mod state;
mod universe;
mod witness;
mod words;

pub use check::verify;
pub use flaw::Flaw;
pub use form::{
    Also, AnswerForm, Case, Certificate, FactForm, KeyTest, Literal, PolicyForm, Proof, Proved, QuestionForm,
    SCHEMA, SetForm, Situation, StateForm, Term, WhoForm, Within, WitnessForm,
};
pub use notation::{key_test, question_form, set_form, witness_form};
