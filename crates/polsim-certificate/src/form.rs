//! The form of a certificate in JSON: `polsim.certificate/1`.
//!
//! Nothing here is believed. Names of tests are looked up among those that the checker made itself, so a certificate
//! cannot smuggle in a test that no policy has.

use serde::{Deserialize, Serialize};

/// The name of the form.
pub const SCHEMA: &str = "polsim.certificate/1";

/// A certificate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Certificate {
    /// The form that it has.
    pub schema: String,
    /// The texts of the policies.
    pub policies: Vec<PolicyForm>,
    /// What was asked.
    pub question: QuestionForm,
    /// What is claimed, and why.
    pub answer: AnswerForm,
}

/// A policy that was asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PolicyForm {
    /// Where it was read from; for people only.
    pub name: String,
    /// Which of the documents in the text, from zero.
    pub document: usize,
    /// SHA-256 of the text.
    pub sha256: String,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct QuestionForm {
    /// What is claimed of the requests.
    pub claim: String,
    /// `whole` for the whole law, or the layers that count by themselves.
    pub scope: String,
    /// The actions; none for all.
    pub actions: Vec<String>,
    /// The resources; none for all.
    pub resources: Vec<String>,
    /// Who asks.
    pub principal: String,
    /// What holds of condition keys.
    pub keys: Vec<String>,
    /// Condition keys whose state is known.
    pub known: Vec<(String, StateForm)>,
    /// The ways of the requests.
    pub paths: Vec<String>,
    /// The account of the resource.
    pub resource_account: Option<String>,
    /// The assumptions that may be used.
    pub assumptions: Vec<String>,
    /// Whether reference data is at hand for them.
    pub has_reference: bool,
}

/// The state of a condition key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StateForm {
    /// The request does not carry it.
    Absent,
    /// One value.
    One(String),
    /// A list.
    List(Vec<String>),
    /// Anything.
    Open,
}

/// An answer with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerForm {
    /// Every request is as claimed.
    Proved(Proved),
    /// A request is not.
    Refuted(Box<WitnessForm>),
}

/// Why every request is as claimed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Proved {
    /// The facts about real requests that are taken for granted.
    pub assumptions: Vec<String>,
    /// The proofs, each for one or more situations.
    pub proofs: Vec<Proof>,
    /// The situations that the requests can be in.
    pub situations: Vec<Situation>,
}

/// A literal: the number of a term from one, negative when it does not hold.
pub type Literal = i64;

/// Why nothing satisfies a goal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Proof {
    /// What the literals speak of.
    pub terms: Vec<Term>,
    /// Sets of literals that cannot hold together.
    pub lemmas: Vec<Vec<Literal>>,
    /// Clauses that follow, each from the goal, the lemmas and those before it.
    pub learnt: Vec<Vec<Literal>>,
}

/// What a literal speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// A part of a request that is always one text is in a set.
    Text {
        /// Which part.
        on: String,
        /// The set.
        within: SetForm,
    },
    /// A test on a condition key.
    Key {
        /// The key, in lower case.
        key: String,
        /// The test.
        test: KeyTest,
    },
    /// A test of which nothing is known; it may be true or false.
    Opaque {
        /// What it is on.
        on: String,
        /// The test, in the notation of the program.
        test: String,
    },
    /// An ambiguity is read the other way.
    Reading(String),
    /// All of these hold.
    All(Vec<Literal>),
    /// Any of these holds.
    Any(Vec<Literal>),
}

/// A test on a condition key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeyTest {
    /// How several values are treated: `single`, `all`, `any`, `present`, `not-present`.
    pub of: String,
    /// Which values pass.
    pub within: Within,
    /// Whether the operator asks against a match.
    pub negated: bool,
    /// The answer when the key is absent: `true`, `false`, or the reading that says so.
    pub absent: String,
    /// The answer when it is an empty list.
    pub empty: String,
}

/// A set of values.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// Texts.
    Text(SetForm),
    /// ARNs.
    Arn(SetForm),
    /// Truth values, numbers, dates, addresses or byte strings.
    Other {
        /// The sort.
        sort: String,
        /// The values.
        values: String,
    },
}

/// A set of texts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SetForm {
    /// What any of these patterns matches.
    Match(Vec<String>),
    /// Everything but this.
    Not(Box<SetForm>),
    /// What is in all of them.
    All(Vec<SetForm>),
    /// What is in any of them.
    Any(Vec<SetForm>),
}

/// A situation that requests can be in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Situation {
    /// The kind of the principal.
    pub kind: String,
    /// Whether principal and resource are in one account: `same` or `cross`.
    pub accounts: String,
    /// The way of the request.
    pub path: String,
    /// Which actions and resources; all, when the list is empty.
    pub place: Vec<(Option<SetForm>, Option<SetForm>)>,
    /// The proofs, which cover all ways to read what AWS leaves open.
    pub cases: Vec<Case>,
}

/// Some ways to read what AWS leaves open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Case {
    /// Which ambiguities are read as we chose (`false`) or the other way (`true`); all others are open.
    pub readings: Vec<(String, bool)>,
    /// The assumptions that this proof needs.
    pub facts: Vec<FactForm>,
    /// What else is true of every request in this situation and is used.
    pub also: Vec<Also>,
    /// The number of the proof, from zero.
    pub proof: usize,
}

/// An assumption, and a request that is not so: what the assumption says in view of that request is taken for granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FactForm {
    /// The name of the assumption.
    pub id: String,
    /// The request.
    pub seen: WitnessForm,
}

/// Something that is true of every request of a situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Also {
    /// Principal and owner of the resource are not both this account.
    OtherAccount(String),
    /// A key that follows from the ARN of the principal (I7).
    FromArn {
        /// The key, in lower case.
        key: String,
        /// An ARN.
        arn: String,
        /// The value of another principal that is spoken of.
        other: Option<String>,
    },
}

/// A request that is not as claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WitnessForm {
    /// Who asks.
    pub principal: WhoForm,
    /// What is to be done.
    pub action: String,
    /// To what.
    pub resource: String,
    /// The account that owns it.
    pub resource_account: Option<String>,
    /// The way.
    pub path: String,
    /// The condition keys; all others are absent.
    pub context: Vec<(String, StateForm)>,
    /// The ambiguities that are read the other way.
    pub readings: Vec<String>,
}

/// A principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WhoForm {
    /// Its kind.
    pub kind: String,
    /// Its ARN or name.
    pub arn: Option<String>,
    /// The ARN of its role, or of the user behind it.
    pub issuer_arn: Option<String>,
    /// Its unique id.
    pub unique_id: Option<String>,
    /// The canonical id of its account.
    pub canonical_id: Option<String>,
}
