//! `polsim check --emit`: the question in the language of other solvers.

use crate::check::Check;
use crate::read::Reader;
use crate::single::Single;
use polsim_arn::Budget;
use polsim_report::{Entry, Level, Report, Verb};

/// The question in SMT-LIB 2, for other solvers.
///
/// # Errors
/// The report of why it cannot be written.
pub fn smt2(question: &Check, reader: &Reader) -> Result<String, Box<Report>> {
    let refused = |entries| Box::new(Report::bad_input(Verb::Check, entries));
    let single = Single::of(question, reader).map_err(refused)?;
    polsim_prove::smt2(&single.question(), &mut Budget::new(question.budget)).map_err(|reason| {
        let sentence = format!("the question cannot be written in SMT-LIB: {reason}");
        refused(vec![Entry::new(Level::Error, sentence).with_code("INP025")])
    })
}
