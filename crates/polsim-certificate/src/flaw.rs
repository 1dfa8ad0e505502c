//! Why a certificate is refused.

/// What is wrong with a certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It has a form that this checker does not know.
    #[error("it has the form `{0}`, and this checker knows `polsim.certificate/1`")]
    Schema(String),
    /// There are more policies, or fewer.
    #[error("it is about {certified} policies, and there are {given}")]
    PolicyCount {
        /// In the certificate.
        certified: usize,
        /// In the question.
        given: usize,
    },
    /// The text of a policy is another one.
    #[error("it is about another text of `{0}`: the hashes differ")]
    Policy(String),
    /// It answers another question.
    #[error("it is about another question: its {part} is `{certified}`, and `{asked}` is asked")]
    Question {
        /// What differs.
        part: &'static str,
        /// In the certificate.
        certified: String,
        /// In the question.
        asked: String,
    },
    /// An assumption is used that is not listed, or that nobody knows.
    #[error("{0} takes `{1}` for granted, which is no assumption of the certificate")]
    Assumption(String, String),
    /// An assumption is not known to the checker.
    #[error("the checker does not know the assumption `{0}`")]
    UnknownAssumption(String),
    /// An assumption is used that may not be.
    #[error("it takes `{0}` for granted, which is not assumed here")]
    SwitchedOff(String),
    /// A situation is not spoken of.
    #[error("no situation of it covers {0}")]
    Missing(String),
    /// A situation is written wrongly.
    #[error("{0} is written wrongly: {1}")]
    Malformed(String, &'static str),
    /// Not all ways to read what AWS leaves open are covered.
    #[error("{0} leaves out some ways to read what AWS leaves open")]
    Readings(String),
    /// There is no proof of the number.
    #[error("{0} names proof {1}, and there is none")]
    NoProof(String, usize),
    /// A literal names no term.
    #[error("proof {proof} has the literal {literal}, and no such term before it")]
    Literal {
        /// The number of the proof.
        proof: usize,
        /// The literal.
        literal: i64,
    },
    /// A lemma does not hold, or cannot be followed.
    #[error("lemma {lemma} of proof {proof} does not hold in {situation}: {why}")]
    Lemma {
        /// The number of the proof.
        proof: usize,
        /// The number of the lemma.
        lemma: usize,
        /// Where it should hold.
        situation: String,
        /// Why not.
        why: &'static str,
    },
    /// A learnt clause does not follow.
    #[error("clause {clause} of proof {proof} does not follow in {situation}")]
    Clause {
        /// The number of the proof.
        proof: usize,
        /// The number of the clause.
        clause: usize,
        /// Where it should follow.
        situation: String,
    },
    /// All clauses follow, and a request may satisfy them.
    #[error("proof {proof} comes to no end in {situation}: its clauses can hold together")]
    Open {
        /// The number of the proof.
        proof: usize,
        /// Where.
        situation: String,
    },
    /// Something else is taken for granted that is not so.
    #[error("{0} uses something that is not true of all its requests: {1}")]
    Also(String, String),
    /// Two different tests are written alike.
    #[error("two different tests are written alike in {0}")]
    Ambiguous(String),
    /// The request of a refutation is none.
    #[error("its request is not lawful: {0}")]
    Unlawful(String),
    /// The request is not one that the question is about.
    #[error("its request is not one that is asked about: {0}")]
    Outside(&'static str),
    /// The request contradicts what is known of real requests.
    #[error("its request is no real one: it breaks the assumption `{0}`")]
    Unreal(String),
    /// The request is as claimed.
    #[error("its request is as claimed: it gets {0}")]
    AsClaimed(String),
}

impl Flaw {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Schema(_) => "CRT001",
            Self::PolicyCount { .. } | Self::Policy(_) => "CRT002",
            Self::Question { .. } => "CRT003",
            Self::Assumption(..) | Self::UnknownAssumption(_) | Self::SwitchedOff(_) => "CRT004",
            Self::Missing(_) => "CRT005",
            Self::Malformed(..) | Self::NoProof(..) | Self::Literal { .. } | Self::Ambiguous(_) => "CRT006",
            Self::Readings(_) => "CRT007",
            Self::Lemma { .. } => "CRT008",
            Self::Clause { .. } => "CRT009",
            Self::Open { .. } => "CRT010",
            Self::Also(..) => "CRT011",
            Self::Unlawful(_) | Self::Outside(_) | Self::Unreal(_) => "CRT012",
            Self::AsClaimed(_) => "CRT013",
        }
    }
}
