//! A policy document.

use crate::{PolicyType, Statement};
use polsim_text::{Span, Spanned};

/// A policy. Equality looks at what it says, not at where it stands in a text.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Which kind of policy it was read as.
    pub policy_type: PolicyType,
    /// The `Version` element, when written (S1.2).
    pub version: Option<Spanned<Version>>,
    /// The `Id` element (S1.3).
    pub id: Option<Spanned<String>>,
    /// The statements in the order of the text, which carries no meaning (S1.4.5).
    pub statements: Vec<Statement>,
    /// The whole document.
    pub span: Span,
}

impl Policy {
    /// The version that is in force: an absent `Version` means 2008-10-17 (S1.2.2).
    #[must_use]
    pub fn effective_version(&self) -> Version {
        self.version.map_or(Version::V2008, |version| version.value)
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        let Self { policy_type, version, id, statements, span: _ } = self;
        *policy_type == other.policy_type
            && *version == other.version
            && *id == other.id
            && *statements == other.statements
    }
}

/// The version of the policy language (S1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// `2008-10-17`: no policy variables.
    V2008,
    /// `2012-10-17`
    V2012,
}

impl Version {
    /// The text of the element.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2008 => "2008-10-17",
            Self::V2012 => "2012-10-17",
        }
    }
}
