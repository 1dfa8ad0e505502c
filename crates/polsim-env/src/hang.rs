//! The policies of an environment: their texts, and where they hang.

use polsim_policy::Policy;
use polsim_text::{Embedded, Source, Span};
use std::fmt;

/// A policy of an environment.
#[derive(Clone, Debug)]
pub struct HungPolicy {
    /// What people know it by: its path, or the place in the environment file where it is written.
    pub name: String,
    /// The policy; its spans are those of [`text`](Self::text), see [`place`](Self::place).
    pub policy: Policy,
    /// Everything that it hangs on.
    pub hangs_on: Vec<Hang>,
    pub(crate) text: Embedded,
}

/// A place in a text.
#[derive(Clone, Debug)]
pub struct Place {
    /// The text.
    pub source: Source,
    /// The place in it.
    pub span: Span,
}

/// What a policy hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Hang {
    /// The root or a unit of the organization.
    Level(String),
    /// An account, as the last level of its organization.
    Account(String),
    /// A group of users.
    Group(String),
    /// A user, role or session.
    Principal(String),
    /// A resource.
    Resource(String),
    /// An access point of a bucket.
    AccessPoint(String),
    /// A VPC endpoint.
    Endpoint(String),
}

impl HungPolicy {
    /// The text that the policy was read from: its file, or the JSON that it would be in a file of its own.
    #[must_use]
    pub fn text(&self) -> &Source {
        self.text.text()
    }

    /// Where people find a place of the policy: in its file, or in the file that it is written in.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place { source: self.text.host().clone(), span: self.text.in_host(span) }
    }

    /// Its text with the way back to the file that it is written in.
    #[must_use]
    pub fn embedded(&self) -> &Embedded {
        &self.text
    }

    /// Whether it is written inside of another file.
    #[must_use]
    pub fn is_inline(&self) -> bool {
        !self.text.is_whole()
    }
}

impl fmt::Display for Hang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level(name) => write!(f, "level `{name}`"),
            Self::Account(id) => write!(f, "account {id}"),
            Self::Group(name) => write!(f, "group `{name}`"),
            Self::Principal(name) => write!(f, "principal `{name}`"),
            Self::Resource(name) => write!(f, "resource `{name}`"),
            Self::AccessPoint(name) => write!(f, "access point `{name}`"),
            Self::Endpoint(name) => write!(f, "endpoint `{name}`"),
        }
    }
}
