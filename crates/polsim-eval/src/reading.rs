//! The ambiguities of AWS's documents (S8), each a named switch.
//!
//! A reading is an atom of the formula. The evaluator takes the reading that we chose unless told otherwise; the
//! prover leaves every reading open, so a claim holds only if it holds under both.

use std::fmt;

macro_rules! readings {
    ($($variant:ident, $code:literal, $name:literal, $chosen:literal, $alternative:literal;)*) => {
        /// A question on which the documents are silent or at odds. Each has the reading that we chose and another.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Reading { $(#[doc = $chosen] $variant),* }

        impl Reading {
            /// All readings, in the order of S8.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The number of the ambiguity in S8.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The name on the command line.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What is taken to hold unless told otherwise.
            #[must_use]
            pub fn chosen(self) -> &'static str {
                match self { $(Self::$variant => $chosen),* }
            }

            /// What might hold instead.
            #[must_use]
            pub fn alternative(self) -> &'static str {
                match self { $(Self::$variant => $alternative),* }
            }
        }
    };
}

readings! {
    WildcardsCrossColons, "A2", "wildcards-cross-colons",
        "wildcards in a Resource stay inside their part of the ARN", "wildcards in a Resource cross all colons";
    ShortArnIsGlob, "A3", "short-arn-is-glob",
        "an ARN pattern with missing parts is padded with `*` parts when its last part has a `*`",
        "an ARN pattern with missing parts is matched as a plain text pattern";
    ArnCoversStar, "A5", "arn-covers-star",
        "only `*` matches the resource of actions without a resource", "an ARN pattern that ends in `*` matches it too";
    IfExistsBeatsForAny, "A6", "if-exists-beats-for-any",
        "`ForAnyValue:…IfExists` is false when the key is absent", "it is true";
    EmptyListIsPresent, "A7", "empty-list-is-present",
        "a key with an empty list counts as absent", "it counts as present";
    EmptyStringIsAbsent, "A7", "empty-string-is-absent",
        "a key with an empty string is present", "it counts as absent";
    ForAllComparesEmptyString, "A8", "for-all-compares-empty-string",
        "`ForAllValues` is true of nothing but empty strings", "empty strings are compared like others";
    ManyValuesAreCompared, "A10", "many-values-are-compared",
        "an operator without `ForAllValues` or `ForAnyValue` is false of several values",
        "it is true when any of them passes (none of them matches, for a negated operator)";
    UnreadableIsNoMatch, "A12", "unreadable-is-no-match",
        "a value that cannot be read for the operator makes the test false, negated or not",
        "such a value just does not match, so a negated test is true";
    EmptyValuesNeverApply, "A14", "empty-values-never-apply",
        "an empty list of policy values matches no value", "a statement with one never applies";
    EmptyConditionNeverApplies, "A15", "empty-condition-never-applies",
        "an empty Condition is always true", "a statement with one never applies";
    UnresolvedNotResource, "A16", "unresolved-not-resource",
        "a NotResource entry whose variable has no value excludes nothing", "the statement does not apply then";
    WildcardsInVariables, "A17", "wildcards-in-variables",
        "`*` and `?` in the value of a policy variable are text", "they are wildcards";
    WildcardServiceIsLiteral, "A20", "wildcard-service-is-literal",
        "a wildcard in the service or the type of a resource matches like any other",
        "an entry with one matches no service and no type";
    AwsStarExcludesServices, "A23", "aws-star-excludes-services",
        "`{\"AWS\": \"*\"}` covers service principals", "it does not";
    NotPrincipalNeedsAccount, "A24", "not-principal-needs-account",
        "a principal listed in NotPrincipal in any way is spared",
        "it is spared only when it, its role and its account are all listed";
    ArnOperatorsCompareText, "A27", "arn-operators-compare-text",
        "ARN operators never match what is no ARN", "ARN operators match any text like StringLike does";
    AccountGrantSuffices, "A31", "account-grant-suffices",
        "a resource policy that names the principal's own account needs the identity policies to allow as well",
        "it suffices by itself";
    StarGrantIsLimited, "A32", "star-grant-is-limited",
        "a resource policy that allows `*` is not limited by a permissions boundary or session policy", "it is limited";
    RcpBindsUnlisted, "A35", "rcp-binds-unlisted",
        "resource control policies bind only the services known to support them", "they bind every service";
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which readings are taken the other way. By default none is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Readings {
    alternatives: u32,
}

impl Readings {
    /// The same, with one reading taken the other way.
    #[must_use]
    pub fn with_alternative(self, reading: Reading) -> Self {
        Self { alternatives: self.alternatives | 1 << reading as u32 }
    }

    /// Whether a reading is taken the other way.
    #[must_use]
    pub fn takes_alternative(self, reading: Reading) -> bool {
        self.alternatives >> (reading as u32) & 1 == 1
    }

    /// The readings that are taken the other way.
    pub fn alternatives(self) -> impl Iterator<Item = Reading> {
        Reading::ALL.iter().copied().filter(move |reading| self.takes_alternative(*reading))
    }
}

impl FromIterator<Reading> for Readings {
    fn from_iter<I: IntoIterator<Item = Reading>>(readings: I) -> Self {
        readings.into_iter().fold(Self::default(), Self::with_alternative)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_fits_and_has_a_name_of_its_own() {
        assert!(Reading::ALL.len() <= 32);
        for reading in Reading::ALL {
            assert_eq!(Reading::ALL.iter().filter(|other| other.name() == reading.name()).count(), 1);
            let only: Readings = [*reading].into_iter().collect();
            assert_eq!(only.alternatives().collect::<Vec<_>>(), [*reading]);
        }
    }
}
