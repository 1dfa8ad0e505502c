//! The readings: what the documents leave open (S8). The default is the documented choice, the other variants are the
//! alternatives that S8 names.

/// One choice for every ambiguity of S8 that can change a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    /// A2
    pub resource_match: ResourceMatch,
    /// A3
    pub short_arn: ShortArn,
    /// A5
    pub pseudo_resource: PseudoResource,
    /// A6
    pub absent_any_value: AbsentAnyValue,
    /// A7, lists
    pub empty_list: EmptyList,
    /// A7, strings
    pub empty_string: EmptyString,
    /// A8
    pub empty_strings: EmptyStrings,
    /// A10
    pub many_values: ManyValues,
    /// A11, letter case
    pub bool_case: BoolCase,
    /// A11, variables
    pub bool_variables: BoolVariables,
    /// A12
    pub unreadable: Unreadable,
    /// A14
    pub empty_values: EmptyValues,
    /// A15
    pub empty_condition: EmptyCondition,
    /// A16
    pub unresolved_not_resource: UnresolvedNotResource,
    /// A17
    pub substituted_wildcards: SubstitutedWildcards,
    /// A20
    pub type_wildcards: TypeWildcards,
    /// A23
    pub aws_star: AwsStar,
    /// A24
    pub spared_principal: SparedPrincipal,
    /// A25
    pub duplicate_keys: DuplicateKeys,
    /// A26, digits
    pub four_digits: FourDigits,
    /// A26, zone
    pub missing_zone: MissingZone,
    /// A27
    pub odd_arn_operand: OddArnOperand,
    /// A31
    pub account_grant: AccountGrant,
    /// A32
    pub star_grant: StarGrant,
    /// A33
    pub interface_principals: InterfacePrincipals,
}

macro_rules! reading {
    ($(#[$doc:meta])* $name:ident { $(#[$first_doc:meta])* $first:ident, $($(#[$other_doc:meta])* $other:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name {
            $(#[$first_doc])* #[default] $first,
            $($(#[$other_doc])* $other),*
        }
    };
}

reading! {
    /// A2: may a wildcard of `Resource` cross the first five colons?
    ResourceMatch {
        /// No: segment by segment.
        PerSegment,
        /// Yes: one glob over the whole ARN.
        WholeText,
    }
}
reading! {
    /// A3: a `Resource` pattern of fewer than six segments.
    ShortArn {
        /// Padded with `*` when its last segment contains `*`, else it never matches.
        PadAfterStar,
        /// Never matches.
        Never,
        /// One glob over the whole ARN.
        WholeText,
    }
}
reading! {
    /// A5: does `arn:aws:s3:::*` match the pseudo-resource `*`?
    PseudoResource {
        /// No: only the pattern `*` does.
        StarOnly,
        /// Yes: an ARN pattern whose sixth segment is `*` does.
        StarSegment,
    }
}
reading! {
    /// A6: `ForAnyValue:…IfExists` with an absent key.
    AbsentAnyValue {
        /// False: the set operator's rule.
        False,
        /// True: the rule of `IfExists`.
        True,
    }
}
reading! {
    /// A7: do `Null` and `IfExists` see a key with an empty list?
    EmptyList {
        /// As an absent key.
        Absent,
        /// As a present key.
        Present,
    }
}
reading! {
    /// A7: is a key whose only value is the empty string present?
    EmptyString {
        /// Yes, with an ordinary value.
        Present,
        /// No: it counts as absent for every operator.
        Absent,
    }
}
reading! {
    /// A8: `ForAllValues` over nothing but empty strings.
    EmptyStrings {
        /// True: the set counts as empty.
        Vacuous,
        /// The empty strings are compared.
        Compared,
    }
}
reading! {
    /// A10: several values without a set operator.
    ManyValues {
        /// False for positive and negated operators.
        False,
        /// Some value matches; negated, none does.
        Or,
    }
}
reading! {
    /// A11: letter case of booleans.
    BoolCase {
        /// Ignored on both sides.
        Ignored,
        /// `true` and `false` only; anything else is unreadable.
        Exact,
    }
}
reading! {
    /// A11: variables in the values of `Bool`.
    BoolVariables {
        /// Substituted.
        Substituted,
        /// Ordinary text, hence unreadable.
        Text,
    }
}
reading! {
    /// A12: a request or policy value that the operator cannot read.
    Unreadable {
        /// The whole key test is false, negated or not.
        False,
        /// The value matches nothing: positive tests gain nothing by it, negated tests do not exclude by it.
        MatchesNothing,
    }
}
reading! {
    /// A14: an empty list of policy values.
    EmptyValues {
        /// Nothing matches: positive false, negated true.
        NothingMatches,
        /// The test is true ("returns true").
        True,
        /// The test is false ("provides no permissions").
        False,
    }
}
reading! {
    /// A15: an empty condition. The syntax tree does not tell `Condition: {}` from no condition, so that this reads
    /// operators without keys only.
    EmptyCondition {
        /// Unconditional.
        Unconditional,
        /// The statement has no effect.
        NoEffect,
    }
}
reading! {
    /// A16: an unresolved variable in `NotResource`.
    UnresolvedNotResource {
        /// The entry matches nothing, so that the statement applies.
        ExcludesNothing,
        /// The statement does not apply.
        VoidsStatement,
    }
}
reading! {
    /// A17: wildcards inside substituted values.
    SubstitutedWildcards {
        /// Text.
        Literal,
        /// Wildcards.
        Live,
    }
}
reading! {
    /// A20: wildcards in the service segment or the resource type of a `Resource` pattern.
    TypeWildcards {
        /// An ordinary glob.
        Glob,
        /// Both compare as text, except where the sixth segment is `*` and in S3, which has no resource type.
        Literal,
    }
}
reading! {
    /// A23: does `{"AWS": "*"}` cover service principals?
    AwsStar {
        /// Yes, as `"*"` does.
        CoversServices,
        /// No.
        SparesServices,
    }
}
reading! {
    /// A24: whom does `NotPrincipal` spare?
    SparedPrincipal {
        /// Who matches an entry in any class.
        AnyClass,
        /// Who is listed in every class: user and account; session, role and account.
        EveryClass,
    }
}
reading! {
    /// A25: two context keys that differ in case only.
    DuplicateKeys {
        /// An input error.
        InputError,
        /// The last one, in the order of the map, counts.
        LastWins,
    }
}
reading! {
    /// A26: a date of four digits.
    FourDigits {
        /// Seconds since 1970.
        EpochSeconds,
        /// A year.
        Year,
    }
}
reading! {
    /// A26: a time without zone.
    MissingZone {
        /// UTC.
        Utc,
        /// Unreadable.
        Unreadable,
    }
}
reading! {
    /// A27: in ARN operators, a policy value of fewer than six parts, or a request value that is no ARN.
    OddArnOperand {
        /// The policy value matches nothing; the request value is unreadable.
        NoMatch,
        /// One glob over the whole value.
        WholeText,
    }
}
reading! {
    /// A31: is a class-account Allow of an ordinary resource policy enough in the same account?
    AccountGrant {
        /// No, the identity policy must allow too.
        NotEnough,
        /// Yes, within boundary and session policy.
        Enough,
    }
}
reading! {
    /// A32: what limits a grant through `*` in the same account?
    StarGrant {
        /// Nothing.
        Unlimited,
        /// The session policy.
        SessionLimits,
        /// Boundary and session policy.
        BoundaryAndSessionLimit,
    }
}
reading! {
    /// A33: principals other than `*` in an interface endpoint's policy.
    InterfacePrincipals {
        /// Match as usual.
        Usual,
        /// A statement that names them does not apply.
        StarOnly,
    }
}
