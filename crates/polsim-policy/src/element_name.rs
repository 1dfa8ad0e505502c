//! The names of the elements of the policy language (S1.1.4).

use std::fmt;

macro_rules! element_names {
    ($($variant:ident),* $(,)?) => {
        /// The name of an element.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ElementName { $(#[doc = concat!("`", stringify!($variant), "`")] $variant),* }

        impl ElementName {
            /// All elements: those of the document, then those of a statement, in the printer's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the policy language.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),* }
            }
        }
    };
}

element_names! {
    Version, Id, Statement,
    Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition,
}

impl ElementName {
    /// The element of exactly that name; letter case counts (S1.1.5).
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|element| element.as_str() == name)
    }

    /// Whether it stands in a statement, not at the top of the document.
    #[must_use]
    pub fn is_of_statement(self) -> bool {
        !matches!(self, Self::Version | Self::Id | Self::Statement)
    }
}

impl fmt::Display for ElementName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
