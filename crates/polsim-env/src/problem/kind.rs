//! The kinds of problem, each with its sentence and its code.

use polsim_policy::PolicyType;
use std::fmt;

/// What is wrong with an environment.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ProblemKind {
    /// The text is no YAML, in the words of the YAML reader.
    #[error("this is no YAML: {0}")]
    Syntax(String),
    /// The text is longer than is read.
    #[error("the file has {bytes} bytes, and at most {max} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        max: usize,
    },
    /// Nesting or aliases that would use up the machine.
    #[error("the file is nested or repeats itself more than is read: {0}")]
    TooMuch(String),
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// A name that stands twice in one object.
    #[error("`{0}` is written twice")]
    DuplicateName(String),
    /// A value of another kind than is read here.
    #[error("{wanted} is wanted here, and this is {found}")]
    WrongKind {
        /// What is wanted.
        wanted: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A field that does not exist.
    #[error("there is no field `{name}` here")]
    UnknownField {
        /// The field.
        name: String,
        /// The fields that exist.
        known: &'static [&'static str],
        /// The one that is spelt most like it.
        near: Option<String>,
    },
    /// A field that has to be there.
    #[error("the field `{0}` is missing")]
    MissingField(&'static str),
    /// A name that nothing in the file has.
    #[error("there is no {what} `{name}`")]
    UnknownName {
        /// What it should name.
        what: Referent,
        /// The name.
        name: String,
        /// The name that is spelt most like it.
        near: Option<String>,
    },
    /// Not the id of an account.
    #[error("`{0}` is no id of an account, which has 12 digits")]
    AccountId(String),
    /// Not an ARN.
    #[error("`{0}` is no ARN")]
    NoArn(String),
    /// An ARN, but not of what should be here.
    #[error("`{arn}` is not the ARN of {wanted}")]
    OtherArn {
        /// The ARN.
        arn: String,
        /// What should be here.
        wanted: &'static str,
    },
    /// The ARN says one account and the field another.
    #[error("the ARN is of account {of_arn}, and `account` says {declared}")]
    OtherAccount {
        /// The account in the ARN.
        of_arn: String,
        /// The account in the field.
        declared: String,
    },
    /// Nothing tells the account.
    #[error("nothing tells the account that owns `{0}`")]
    NoAccount(String),
    /// Two entries for one thing.
    #[error("`{id}` is described twice, as `{first}` and as `{second}`")]
    DescribedTwice {
        /// Its ARN or id.
        id: String,
        /// The name of the first entry.
        first: String,
        /// The name of the second entry.
        second: String,
    },
    /// Levels that are above one another.
    #[error("the levels {} are above one another", quoted(.0))]
    Cycle(Vec<String>),
    /// The root has a parent.
    #[error("the first level is the root of the organization, and nothing is above it")]
    RootWithParent,
    /// An organization without a root.
    #[error("an organization has at least one level, its root")]
    NoLevels,
    /// A level with an empty list of service control policies.
    #[error("no service control policy is attached here, which AWS does not allow")]
    NoScps,
    /// An account that does not say where it is.
    #[error("account {0} says neither which level it is in nor that it is outside of the organization")]
    HomelessAccount(String),
    /// An account that is inside and outside.
    #[error("account {0} cannot be in the organization and outside of it")]
    InsideAndOutside(String),
    /// Policies of an organization on an account outside of it.
    #[error("account {0} is in no organization, so no service or resource control policy can hang on it")]
    GuardrailOutside(String),
    /// Two management accounts.
    #[error("an organization has one management account, and {first} and {second} claim to be it")]
    TwoManagementAccounts {
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
    /// A management account without an organization.
    #[error("account {0} cannot manage an organization: the file has none")]
    ManagementOfNothing(String),
    /// A session whose role the file does not describe.
    #[error("the role of this session is not among the principals, so its permissions are not known")]
    SessionOfNothing,
    /// A field that does not go with the kind of the principal.
    #[error("{kind} has no `{field}`")]
    Misplaced {
        /// The kind of the principal.
        kind: &'static str,
        /// The field.
        field: &'static str,
        /// Why not.
        why: Misfit,
    },
    /// Something that is no id of what it should be.
    #[error("`{id}` is no id of {what}: {shape}")]
    Id {
        /// The text.
        id: String,
        /// What it should be the id of.
        what: &'static str,
        /// How these look.
        shape: &'static str,
    },
    /// A gateway endpoint for a service that has none.
    #[error("there are no gateway endpoints for `{0}`")]
    NoGateway(String),
    /// A region that contradicts the full name of the service.
    #[error("the service is in {of_service}, and `region` says {declared}")]
    OtherRegion {
        /// The Region in the name of the service.
        of_service: String,
        /// The Region in the field.
        declared: String,
    },
    /// Access points on something that is no bucket.
    #[error("only S3 buckets have access points")]
    NoBucket,
    /// The text of a policy is not to be had.
    #[error("the policy `{path}` cannot be read: {why}")]
    NoText {
        /// The path.
        path: String,
        /// Why.
        why: Unavailable,
    },
    /// What another crate finds wrong with a file of its own.
    #[error("{sentence}")]
    Other {
        /// The stable code.
        code: &'static str,
        /// What is wrong.
        sentence: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// What is wrong with a dump.
    #[error("{0}")]
    Load(crate::load::Diagnosis),
    /// A policy that AWS would not store.
    #[error("{problem}")]
    Policy {
        /// What is wrong with it.
        problem: Box<polsim_policy::ProblemKind>,
        /// What it was read as.
        policy_type: PolicyType,
    },
}

/// What a name in an environment file can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Referent {
    /// A level of the organization.
    Level,
    /// A group of users.
    Group,
    /// An account.
    Account,
    /// A user of the same account.
    User,
    /// A reading of an ambiguity.
    Reading,
    /// A loader.
    Loader,
}

/// Why a field does not go with a kind of principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Misfit {
    /// AWS does not have it.
    NotInAws,
    /// Service-linked roles cannot be bounded (S4.7.5).
    ServiceLinked,
    /// It belongs to the role or user that the session is of.
    OnIssuer,
    /// The ARN tells it.
    ToldByArn,
}

/// Why the text of a policy is not to be had.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unavailable {
    /// There is no such file.
    NotFound,
    /// It lies outside of the tree that may be read.
    Outside,
    /// It is no UTF-8.
    NotUtf8 {
        /// The first byte that does not fit.
        offset: usize,
    },
    /// Anything else, in the words of the operating system.
    Other(String),
}

impl fmt::Display for Referent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Level => "level",
            Self::Group => "group",
            Self::Account => "account",
            Self::User => "user of this account",
            Self::Reading => "reading",
            Self::Loader => "loader",
        })
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such file"),
            Self::Outside => f.write_str("it lies outside of the tree that is read"),
            Self::NotUtf8 { offset } => write!(f, "the byte at offset {offset} is not UTF-8"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl ProblemKind {
    /// That a text is no id of a VPC.
    pub(crate) fn vpc(id: &str) -> Self {
        Self::Id { id: id.to_owned(), what: "a VPC", shape: "`vpc-` and 8 or 17 hexadecimal digits" }
    }
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
