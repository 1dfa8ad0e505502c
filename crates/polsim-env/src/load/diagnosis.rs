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
            Self::Nobody => "was it made with a `--filter`?",
        };
        Some(Cow::Borrowed(text))
    }
}
