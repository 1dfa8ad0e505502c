//! What a verb ends in.

use crate::entry::Entry;
use crate::passage::Passage;
use polsim_lint::Severity;

/// The answer of a verb, ready for any format.
#[derive(Clone, Debug)]
pub struct Report {
    /// Which verb was asked.
    pub verb: Verb,
    /// The answer in one word.
    pub conclusion: Conclusion,
    /// The answer in one sentence, which follows the word and a colon.
    pub headline: String,
    /// What the answer rests on, the most important first.
    pub entries: Vec<Entry>,
    /// What one should know besides: guesses, assumptions, defaults.
    pub notes: Vec<String>,
    /// What the process ends with.
    pub exit: Exit,
    /// The way of the request that the answer shows, through the layers.
    pub passage: Option<Box<Passage>>,
    /// The mildest severity of a finding that fails, where the answer has findings.
    pub fail_on: Option<Severity>,
}

/// The verbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Whether AWS would take a document.
    Validate,
    /// What happens to one request.
    Simulate,
    /// Whether a claim holds for all requests.
    Check,
    /// What is known of an action, a service or a key.
    Reference,
    /// Which actions patterns match.
    Expand,
    /// What one policy or environment grants that another one does not.
    Compare,
    /// Whether a certificate shows what it says.
    Verify,
    /// What is odd about policies.
    Lint,
    /// What proofs may assume.
    Assumptions,
    /// Which way requests go through a network.
    Reach,
    /// The manual.
    Man,
    /// A review for people.
    Review,
    /// Who can do something.
    WhoCan,
    /// What somebody can do.
    WhatCan,
    /// Whether cases of suites hold.
    Test,
    /// A first suite.
    Init,
}

/// The answers in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// The input cannot be used; there is no answer.
    BadInput,
    /// AWS would take all documents.
    Valid,
    /// AWS would refuse a document.
    Invalid,
    /// The request is allowed.
    Allowed,
    /// A Deny applies to the request.
    ExplicitlyDenied,
    /// Nothing denies the request, and something that has to allow it does not.
    ImplicitlyDenied,
    /// The verdict depends on what the request leaves open.
    Depends,
    /// The claim holds for all requests.
    Proved,
    /// The claim does not hold.
    Refuted,
    /// The claim is neither proved nor refuted.
    Undecided,
    /// The reference has all names that were asked for.
    Known,
    /// The reference lacks a name.
    Unknown,
    /// What two sides grant is told, and nothing was claimed.
    Compared,
    /// A certificate shows what it says.
    Verified,
    /// It does not.
    NotVerified,
    /// The linter has nothing to say.
    Clean,
    /// The linter found something.
    Found,
    /// Here is a list; nothing was judged.
    Listed,
    /// All of many claims hold.
    Holds,
    /// One of many claims does not hold.
    Fails,
    /// The request arrives and is allowed.
    Reached,
    /// It does not arrive, or is denied.
    NotReached,
    /// All is as it is expected.
    AsExpected,
    /// Something is not as it is expected.
    NotAsExpected,
}

/// The exit codes: one table for every verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The claim holds, the documents are valid, a verdict was reached.
    Holds,
    /// The claim does not hold, or a document is invalid.
    Fails,
    /// The input cannot be used.
    BadInput,
    /// Neither proved nor refuted.
    Undecided,
}

impl Report {
    /// A report without entries.
    #[must_use]
    pub fn new(verb: Verb, conclusion: Conclusion, headline: impl Into<String>, exit: Exit) -> Self {
        Self {
            verb,
            conclusion,
            headline: headline.into(),
            entries: Vec::new(),
            notes: Vec::new(),
            exit,
            passage: None,
            fail_on: None,
        }
    }

    /// The report of an input that cannot be used.
    #[must_use]
    pub fn bad_input(verb: Verb, entries: Vec<Entry>) -> Self {
        Self { entries, ..Self::new(verb, Conclusion::BadInput, "there is no answer", Exit::BadInput) }
    }
}

impl Verb {
    /// The word on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Validate => "validate",
            Self::Simulate => "simulate",
            Self::Check => "check",
            Self::Reference => "reference",
            Self::Expand => "expand",
            Self::Compare => "compare",
            Self::Verify => "verify",
            Self::Lint => "lint",
            Self::Assumptions => "assumptions",
            Self::Reach => "reach",
            Self::Man => "man",
            Self::Review => "report",
            Self::WhoCan => "who-can",
            Self::WhatCan => "what-can",
            Self::Test => "test",
            Self::Init => "init",
        }
    }
}

impl Conclusion {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadInput => "bad-input",
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Allowed => "allow",
            Self::ExplicitlyDenied => "explicit-deny",
            Self::ImplicitlyDenied => "implicit-deny",
            Self::Depends => "depends",
            Self::Proved => "proved",
            Self::Refuted => "refuted",
            Self::Undecided => "undecided",
            Self::Listed => "listed",
            Self::Known => "known",
            Self::Unknown => "unknown",
            Self::Compared => "compared",
            Self::Verified => "verified",
            Self::NotVerified => "not-verified",
            Self::Clean => "clean",
            Self::Found => "findings",
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Reached => "reached",
            Self::NotReached => "not-reached",
            Self::AsExpected => "as-expected",
            Self::NotAsExpected => "not-as-expected",
        }
    }

    /// The words for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::BadInput => "bad input",
            Self::NotVerified => "not verified",
            Self::NotReached => "not reached",
            Self::AsExpected => "as expected",
            Self::NotAsExpected => "not as expected",
            Self::Allowed => "allowed",
            // The headline says how.
            Self::ExplicitlyDenied | Self::ImplicitlyDenied => "denied",
            Self::Depends => "undecided",
            Self::Found => "found",
            other => other.as_str(),
        }
    }
}

impl Exit {
    /// The number.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Holds => 0,
            Self::Fails => 1,
            Self::BadInput => 2,
            Self::Undecided => 3,
        }
    }

    /// The exit of two things done in one run: bad input outweighs a failure, and that what is undecided.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let weight = |exit| match exit {
            Self::Holds => 0,
            Self::Undecided => 1,
            Self::Fails => 2,
            Self::BadInput => 3,
        };
        if weight(other) > weight(self) { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_exit_counts() {
        use Exit::{BadInput, Fails, Holds, Undecided};
        let ascending = [Holds, Undecided, Fails, BadInput];
        for (at, worse) in ascending.iter().enumerate() {
            for better in &ascending[..=at] {
                assert_eq!(better.and(*worse), *worse);
                assert_eq!(worse.and(*better), *worse);
            }
        }
        assert_eq!(ascending.map(Exit::code), [0, 3, 1, 2]);
    }
}
