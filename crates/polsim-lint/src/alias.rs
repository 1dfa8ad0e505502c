//! What other checkers call a rule.

/// The name of a rule in another checker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Alias {
    /// Whose name it is.
    pub origin: Origin,
    /// The name.
    pub name: &'static str,
}

/// A checker that has names for what it finds. For Access Analyzer this also says as what it reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// An error of Access Analyzer.
    AwsError,
    /// A general warning of Access Analyzer.
    AwsWarning,
    /// A security warning of Access Analyzer.
    AwsSecurity,
    /// A suggestion of Access Analyzer.
    AwsSuggestion,
    /// parliament.
    Parliament,
    /// cloudsplaining.
    Cloudsplaining,
}

impl Origin {
    /// The word before the colon when a rule is selected by such a name.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::AwsError | Self::AwsWarning | Self::AwsSecurity | Self::AwsSuggestion => "aws",
            Self::Parliament => "parliament",
            Self::Cloudsplaining => "cloudsplaining",
        }
    }

    /// The finding type in the answer of `ValidatePolicy`, when this is Access Analyzer.
    #[must_use]
    pub fn finding_type(self) -> Option<&'static str> {
        match self {
            Self::AwsError => Some("ERROR"),
            Self::AwsWarning => Some("WARNING"),
            Self::AwsSecurity => Some("SECURITY_WARNING"),
            Self::AwsSuggestion => Some("SUGGESTION"),
            Self::Parliament | Self::Cloudsplaining => None,
        }
    }
}

/// An error of Access Analyzer.
#[must_use]
pub const fn aws_error(name: &'static str) -> Alias {
    Alias { origin: Origin::AwsError, name }
}

/// A general warning of Access Analyzer.
#[must_use]
pub const fn aws_warning(name: &'static str) -> Alias {
    Alias { origin: Origin::AwsWarning, name }
}

/// A security warning of Access Analyzer.
#[must_use]
pub const fn aws_security(name: &'static str) -> Alias {
    Alias { origin: Origin::AwsSecurity, name }
}

/// A suggestion of Access Analyzer.
#[must_use]
pub const fn aws_suggestion(name: &'static str) -> Alias {
    Alias { origin: Origin::AwsSuggestion, name }
}

/// A finding of parliament.
#[must_use]
pub const fn parliament(name: &'static str) -> Alias {
    Alias { origin: Origin::Parliament, name }
}

/// A finding of cloudsplaining.
#[must_use]
pub const fn cloudsplaining(name: &'static str) -> Alias {
    Alias { origin: Origin::Cloudsplaining, name }
}
