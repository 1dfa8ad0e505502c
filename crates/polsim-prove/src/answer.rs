//! What the prover answers.

use polsim_eval::{Decision, Layer, Reading, Request, StatementElement, StatementId};
use polsim_question::assumption::Assumption;

/// An answer about all requests of a region.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The claim holds for every request, under every reading of what AWS leaves open.
    Proved(Proof),
    /// A request breaks it, which the evaluator confirms.
    Refuted(Box<Witness>),
    /// It is not decided.
    Unknown(Reason),
}

/// How a claim was proved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The facts about real requests without which it would not hold.
    pub assumptions: Vec<Assumption>,
    /// How many different situations were looked at.
    pub situations: usize,
    /// Whether the region holds no request at all, which makes any claim true.
    pub is_vacuous: bool,
    /// Whether some of it rests on several keys at once that policy variables tie together.
    pub ties_keys: bool,
    /// The names of what is known only later and is spoken of: the claim holds whatever they are.
    pub later: Vec<String>,
}

/// A request that breaks a claim.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The request. It states every key that the policies look at.
    pub request: Request,
    /// What the evaluator decides of it.
    pub decision: Decision,
    /// What it decides by the policies of the other side, when a claim compares two.
    pub other: Option<Decision>,
    /// The statements that could have decided otherwise, and what of each keeps it from applying: the Denies of layers
    /// that are asked, and the Allows of layers that have to allow. They are those of the other side where there is one.
    pub misses: Vec<Miss>,
    /// The ambiguities that have to be read the other way for it; none as a rule.
    pub readings: Vec<Reading>,
}

/// A statement that does not apply to a counterexample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Miss {
    /// Where it hangs.
    pub layer: Layer,
    /// The statement.
    pub statement: StatementId,
    /// The first element that keeps it from applying.
    pub element: StatementElement,
}

/// Why a claim is undecided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The search was given up.
    #[error("the search ran out of steps")]
    OutOfSteps,
    /// Whether a request exists depends on a policy variable, in a way that is not decided.
    #[error("the answer depends on the policy variable `${{{0}}}`")]
    Variable(String),
    /// One reading of what AWS leaves open gives one answer, the other one another.
    #[error("the answer depends on whether {} ({})", .0.chosen(), .0.code())]
    Reading(Reading),
    /// A key is compared as several kinds of value, and no value was found that shows that all comparisons agree.
    #[error("the key `{0}` is compared as values of several kinds at once")]
    MixedKey(String),
    /// All counterexamples that were found are no real requests, and what is known did not rule out all of them.
    #[error("every counterexample that was found is no real request: {}", .0.meaning())]
    Unreal(Assumption),
    /// Keys or parts of the principal that hang together were solved apart, and the result does not fit together.
    #[error("the answer depends on how `{0}` hangs together with the rest of the request")]
    Correlation(String),
    /// The claim fails for some values of what is known only later.
    #[error("{0}")]
    Later(Box<Depends>),
    /// What is known only later is written more widely than it will be, and here that may grant less.
    #[error(
        "it depends on what is known only later: it is written for everyone and every value, which a session or a block of \
         public access may count otherwise"
    )]
    Wide,
}

/// A counterexample that depends on what is known only later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depends {
    /// The action of a request for which the claim fails.
    pub action: String,
    /// Its resource.
    pub resource: String,
    /// What has to come of things that are known only later, by name.
    pub needs: Vec<(String, Need)>,
}

/// What has to come of something that is known only later for a claim to fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// It has this value.
    Value(String),
    /// It makes a statement apply.
    Applies,
    /// It keeps a statement from applying.
    AppliesNot,
}

impl std::fmt::Display for Depends {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "it depends on what is known only later: it fails for {} on {}",
            self.action, self.resource
        )?;
        for (at, (name, need)) in self.needs.iter().enumerate() {
            f.write_str(if at == 0 { " if " } else { " and " })?;
            match need {
                Need::Value(value) => write!(f, "`{name}` is `{value}`")?,
                Need::Applies => write!(f, "`{name}` lets a statement apply")?,
                Need::AppliesNot => write!(f, "`{name}` lets no statement apply")?,
            }
        }
        Ok(())
    }
}
