//! What is wrong with a suite, as problems of files are told.

use polsim_env::ProblemKind;

/// A problem of suites.
pub(crate) fn kind(code: &'static str, sentence: impl Into<String>, help: Option<String>) -> ProblemKind {
    ProblemKind::Other { code, sentence: sentence.into(), help }
}
