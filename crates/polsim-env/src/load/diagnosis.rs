//! What can be wrong with a file that policies come from, and what such a file leaves open.

use polsim_text::json::JsonErrorKind;
use std::borrow::Cow;

/// What is wrong, or not said.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Diagnosis {
    /// No loader knows the file.
    #[error("no loader knows this")]
    Unrecognized,
    /// The text is no JSON.
    #[error("{0}")]
    Json(JsonErrorKind),
    /// The text begins with U+FEFF, which is left out.
    #[error("the text begins with a byte order mark, which is left out")]
    ByteOrderMark,
    /// Further pages were not fetched.
    #[error("the dump is truncated: more pages follow this one")]
    Truncated,
    /// A field that has to be there.
    #[error("the field `{0}` is missing")]
    MissingField(&'static str),
    /// A value of another kind than is read here.
    #[error("`{field}` should be {wanted}, and this is {found}")]
    WrongKind {
        /// The field.
        field: &'static str,
        /// What is wanted.
        wanted: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A string that should be a policy.
    #[error("this should be a policy, as JSON or as URL-encoded JSON, and is neither")]
    NoDocument,
    /// No version of a managed policy is the default.
    #[error("`{0}` has no text that is in force: none of its versions here is the default")]
    NoDefaultVersion(String),
    /// A managed policy is attached whose text no file has.
    #[error("`{policy}` is attached to `{to}`, and no file has its text")]
    NoPolicyText {
        /// The ARN of the policy.
        policy: String,
        /// What it is attached to.
        to: String,
    },
    /// A user is in a group that no file describes.
    #[error("`{user}` is in the group `{group}`, which no file describes")]
    NoGroup {
        /// The user.
        user: String,
        /// The group.
        group: String,
    },
    /// Files disagree.
    #[error("`{0}` is described twice, and differently")]
    Differs(String),
    /// The file leaves open what belongs to something.
    #[error("no file tells {what} of `{of}`: there may be some, and none are taken to be")]
    NotTold {
        /// What.
        what: &'static str,
        /// Of what.
        of: String,
    },
    /// Nothing tells where in its organization an account or a unit is.
    #[error("no file tells what `{0}` is in")]
    NoParent(String),
    /// An output does not repeat what it is about.
    #[error("the output of `{0}` does not say what it was asked about")]
    NoSubject(&'static str),
    /// A policy that nothing tells the resource of.
    #[error("nothing tells which resource this policy is of, so it hangs on none")]
    NoResource,
    /// A bucket that nothing tells the owner of.
    #[error("nothing tells the account that owns `{0}`")]
    NoOwner(String),
    /// A policy of a dump that AWS would not take, so that it hangs nowhere.
    #[error("{name} is left out, because AWS would not take it: {because}")]
    LeftOut {
        /// What it is called.
        name: String,
        /// What is wrong with it.
        because: String,
    },
    /// Something is named without its ARN, and not exactly one is called so.
    #[error("this is about `{name}`, and the files describe {number} of that name")]
    NotOne {
        /// What is named.
        name: String,
        /// How many there are.
        number: usize,
    },
    /// A dump of an account with nobody in it.
    #[error("the dump has no users, groups and roles")]
    Nobody,
    /// A text that a loader knows and cannot read.
    #[error("this is no {language}: {message}")]
    Broken {
        /// What it should be.
        language: &'static str,
        /// What is wrong, in the words of its reader.
        message: String,
    },
    /// A function that templates do not have.
    #[error("there is no function `{name}`")]
    UnknownFunction {
        /// The function.
        name: String,
        /// The one that is spelt most like it.
        near: Option<String>,
    },
    /// An argument that a function does not take.
    #[error("`{function}` takes {wanted}, and this is {found}")]
    Argument {
        /// The function.
        function: String,
        /// What it takes.
        wanted: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A reference to nothing.
    #[error("nothing here is called `{name}`")]
    UnknownReference {
        /// The name.
        name: String,
        /// The one that is spelt most like it.
        near: Option<String>,
    },
    /// A file without policies.
    #[error("no policy is in this {0}")]
    NoPolicies(&'static str),
    /// Statements that are known only in part.
    #[error("`{policy}` is known in part: `{name}` is not known, because {because}")]
    KnownLater {
        /// The policy.
        policy: String,
        /// The first thing that is not known.
        name: String,
        /// Why.
        because: &'static str,
    },
    /// Who or what a file makes cannot be placed.
    #[error("`{0}` has no ARN yet: its account or its region is not told")]
    NoAccount(String),
    /// Something that gets its name later.
    #[error("`{0}` gets its name later and goes by `{1}` here: what policies say of its name is not decided")]
    NamedLater(String, String),
    /// A policy hangs on something that is known only later.
    #[error("it is known only later what `{0}` hangs on")]
    NotPlaced(String),
    /// Two files leave open what they call alike.
    #[error("`{name}` is known only later, and so is what `{first}` calls the same")]
    UnknownTwice {
        /// The name in both.
        name: String,
        /// The file that had it first.
        first: String,
    },
}

impl Diagnosis {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unrecognized => "LOD001",
            Self::Json(_) => "LOD002",
            Self::ByteOrderMark => "LOD003",
            Self::Truncated => "LOD004",
            Self::MissingField(_) => "LOD005",
            Self::WrongKind { .. } => "LOD006",
            Self::NoDocument => "LOD007",
            Self::NoDefaultVersion(_) => "LOD008",
            Self::NoPolicyText { .. } => "LOD009",
            Self::NoGroup { .. } => "LOD010",
            Self::Differs(_) => "LOD011",
            Self::NotTold { .. } => "LOD012",
            Self::Nobody => "LOD013",
            Self::NoParent(_) => "LOD014",
            Self::NoSubject(_) => "LOD015",
            Self::NoResource => "LOD016",
            Self::NoOwner(_) => "LOD017",
            Self::LeftOut { .. } => "LOD018",
            Self::NotOne { .. } => "LOD019",
            Self::Broken { .. } => "LOD030",
            Self::UnknownFunction { .. } => "LOD031",
            Self::Argument { .. } => "LOD032",
            Self::UnknownReference { .. } => "LOD033",
            Self::NoPolicies(_) => "LOD034",
            Self::KnownLater { .. } => "LOD035",
            Self::NoAccount(_) => "LOD036",
            Self::NamedLater(..) => "LOD037",
            Self::UnknownTwice { .. } => "LOD038",
            Self::NotPlaced(_) => "LOD039",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<Cow<'static, str>> {
        let text = match self {
            Self::Unrecognized => "`--from NAME` forces a loader; docs/loaders.md lists them",
            Self::Json(kind) => return kind.help(),
            Self::ByteOrderMark | Self::WrongKind { .. } | Self::MissingField(_) => return None,
            Self::Truncated => {
                "fetch all pages (leave out `--max-items` and `--no-paginate`), or append the pages that follow to this file"
            }
            Self::LeftOut { .. } => "`polsim validate` tells all that is wrong with the policies in a file",
            Self::NoDocument => "give what the AWS CLI printed, unchanged",
            Self::NoDefaultVersion(_) => "fetch the version that `get-policy` names as DefaultVersionId",
            Self::NoPolicyText { .. } => {
                "`aws iam get-account-authorization-details` without `--filter` has the texts of all attached policies"
            }
            Self::NoGroup { .. } => "fetch the groups too",
            Self::NotPlaced(_) => "give the values with `--parameters`",
            Self::UnknownTwice { .. } => {
                "tell the value with `--parameters`, or ask about the files one by one"
            }
            Self::Differs(_) => "remove the older dump",
            Self::NotTold { .. } => "fetch them too, or use `aws iam get-account-authorization-details`",
            Self::NoParent(_) => "add `aws organizations list-parents`, in a file `list-parents.ID.json`",
            Self::NoSubject(command) => {
                return Some(Cow::Owned(format!(
                    "name the file `{command}.ID.json`, with the id that it was asked about"
                )));
            }
            Self::NoResource => {
                "name the file for it, such as `get-bucket-policy.NAME.json`, or describe the resource in an environment file"
            }
            Self::NoOwner(_) => {
                "put the file into a folder that is named by the account, or describe the resource in an environment file"
            }
            Self::NotOne { .. } => {
                "add `aws iam get-role` or its like, which tells the ARN, and load one account by itself"
            }
            Self::UnknownFunction { near: Some(near), .. }
            | Self::UnknownReference { near: Some(near), .. } => {
                return Some(Cow::Owned(format!("did you mean `{near}`?")));
            }
            Self::UnknownReference { name, .. } if name.contains(':') && !name.starts_with("AWS:") => {
                "a policy variable is written `${!aws:username}` inside of `Fn::Sub`"
            }
            Self::NoPolicies(_) => "docs/iac.md lists the resources whose policies are read",
            Self::KnownLater { .. } => {
                "claims that depend on it are undecided; values of parameters are given by `--parameters NAME=VALUE`"
            }
            Self::NoAccount(_) => {
                "give them: `--parameters AWS::AccountId=111122223333 --parameters AWS::Region=eu-west-1`"
            }
            Self::Broken { .. }
            | Self::UnknownFunction { .. }
            | Self::UnknownReference { .. }
            | Self::Argument { .. }
            | Self::NamedLater(..) => return None,
            Self::Nobody => "was it made with a `--filter`?",
        };
        Some(Cow::Borrowed(text))
    }
}
