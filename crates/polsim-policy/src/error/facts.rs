//! Code, severity and clause of every kind of problem, in one table.
//!
//! Codes are stable and never used twice for different things; numbers from 200 on are those that no other checker
//! has a counterpart of.

use super::Severity::{self, Error, Invalid, Suggestion, Warning};
use super::kind::ProblemKind as Kind;
use crate::{ElementName, OperatorName, PolicyType, Quota, SetQuantifier, VariableProblemKind};
use polsim_arn::ActionError;
use polsim_text::json::JsonErrorKind;

impl Kind {
    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.facts().1
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.facts().0
    }

    /// The clause of the law.
    #[must_use]
    pub fn clause(&self) -> &'static str {
        self.facts().2
    }

    /// One row a kind, without a catch-all, so that a new kind cannot be forgotten here.
    fn facts(&self) -> (&'static str, Severity, &'static str) {
        match self {
            Self::Json(JsonErrorKind::ByteOrderMark) => ("SYN104", Invalid, "S1.1.1"),
            Self::Json(JsonErrorKind::Comment | JsonErrorKind::TrailingComma { .. }) => {
                ("SYN105", Invalid, "S1.1.1")
            }
            Self::Json(_) => ("SYN001", Invalid, "S1.1.1"),
            Self::SeveralDocuments { .. } => ("SYN101", Invalid, "S1.1.1"),
            Self::NotAnObject { .. } => ("SYN002", Invalid, "S1.1.1"),
            Self::CharacterNotStored(_) => ("SYN104", Invalid, "S1.1.2"),
            Self::UnusualCharacter(_) => ("SYN202", Suggestion, "S1.1.2"),
            Self::DuplicateKey { .. } | Self::DuplicateOperator(_) => ("SYN102", Invalid, "S1.1.3"),
            Self::UnknownElement { .. } => ("SYN003", Invalid, "S1.1.4"),
            Self::ElementCase { .. } => ("SYN108", Invalid, "S1.1.5"),
            Self::MisplacedElement(ElementName::Version) => ("SYN003", Invalid, "S1.2.3"),
            Self::MisplacedElement(_) => ("SYN003", Invalid, "S1.1.4"),
            Self::Null => ("SYN002", Invalid, "S1.1.7"),
            Self::WrongType { element, .. } => ("SYN002", Invalid, shape_clause(*element)),
            Self::InvalidVersion => ("SYN011", Invalid, "S1.2.1"),
            Self::MissingVersion => ("SYN020", Warning, "S1.2.2"),
            Self::MissingVersionWithVariables => ("VAR101", Error, "S1.2.2"),
            Self::IdNotAllowed(_) => ("SYN200", Invalid, "S1.3.1"),
            Self::MissingStatement => ("SYN004", Invalid, "S1.4.1"),
            Self::EmptyStatement => ("SYN201", Warning, "S1.4.3"),
            Self::Exclusive { .. } => ("SYN010", Invalid, "S1.4.4"),
            Self::EmptySid => ("RED010", Suggestion, "S1.5.1"),
            Self::SidCharacters(_) => ("SYN013", Invalid, "S1.5.2"),
            Self::RepeatedSid => ("SYN012", Invalid, "S1.5.3"),
            Self::RepeatedSidAdvice => ("SYN021", Warning, "S1.5.3"),
            Self::MissingEffect => ("SYN005", Invalid, "S1.6.1"),
            Self::InvalidEffect { .. } => ("SYN006", Invalid, "S1.6.1"),
            Self::MissingAction => ("SYN007", Invalid, "S1.8.1"),
            Self::InvalidAction(ActionError::WildcardInPrefix) => ("ACT010", Invalid, "S1.8.3"),
            Self::InvalidAction(_) => ("ACT003", Invalid, "S1.8.2"),
            Self::VariableInElement(_) => ("VAR007", Invalid, "S3.15.1"),
            Self::EmptyList(ElementName::Action | ElementName::NotAction) => ("RED001", Warning, "S1.8.4"),
            Self::EmptyList(_) => ("RED002", Warning, "S1.9.3"),
            Self::MissingResource => ("SYN008", Invalid, "S1.9.1"),
            Self::InvalidResource => ("ARN002", Invalid, "S1.9.2"),
            Self::WildcardService => ("ARN201", Error, "S1.9.4"),
            Self::WildcardResourceType => ("ARN202", Error, "S1.9.4"),
            Self::MissingArnField { .. } => ("ARN003", Error, "S2.3.6"),
            Self::VariableTooEarly => ("VAR200", Error, "S1.9.5"),
            Self::Variable(kind) => (variable_code(*kind), Error, "S3.15.10"),
            Self::VariableInOldVersion => ("VAR008", Error, "S3.15.2"),
            Self::PrincipalString { .. } => ("PRN001", Invalid, "S1.7.2"),
            Self::UnknownPrincipalType { .. } => ("PRN002", Invalid, "S1.7.3"),
            Self::PrincipalValueType { .. } => ("SYN002", Invalid, "S1.7.3"),
            Self::InvalidAwsPrincipal => ("PRN006", Invalid, "S1.7.4"),
            Self::RoleId => ("PRN010", Warning, "S1.7.4"),
            Self::UserId => ("PRN011", Warning, "S1.7.4"),
            Self::WildcardInPrincipal(_) => ("PRN004", Invalid, "S1.7.5"),
            Self::GroupPrincipal => ("PRN200", Invalid, "S1.7.6"),
            Self::NotPrincipalWithAllow => ("PRN020", Invalid, "S1.7.7"),
            Self::FederatedOutsideTrust => ("PRN005", Invalid, "S1.7.8"),
            Self::InvalidFederated => ("TRU004", Invalid, "S1.7.8"),
            Self::EmptyPrincipalMap(_) => ("RED004", Warning, "S1.7.9"),
            Self::EmptyPrincipalList => ("RED003", Warning, "S1.7.9"),
            Self::InvalidCanonicalUser => ("PRN201", Invalid, "S1.7.10"),
            Self::CanonicalUserOutsideS3 => ("PRN202", Invalid, "S1.7.10"),
            Self::UnusualService => ("PRN203", Warning, "S1.7.11"),
            Self::OperatorValue { .. } => ("SYN002", Invalid, "S1.10.2"),
            Self::UnknownOperator { .. } => ("CND002", Invalid, "S1.10.3"),
            Self::OperatorCase(_) => ("CND200", Warning, "S1.10.3"),
            Self::NullIfExists => ("CND003", Invalid, "S1.10.4"),
            Self::ConditionKeyFormat => ("CND004", Invalid, "S1.10.5"),
            Self::MissingTagKey => ("CND013", Error, "S1.10.5"),
            Self::VariableInConditionKey => ("VAR007", Error, "S3.15.1"),
            Self::DuplicateConditionKey { .. } => ("CND001", Invalid, "S1.10.6"),
            Self::ConditionValueType { .. } => ("SYN002", Invalid, "S1.10.7"),
            Self::EmptyCondition => ("RED005", Warning, "S3.1.4"),
            Self::EmptyOperator => ("RED200", Warning, "S3.1.4"),
            Self::EmptyValues(operator) => {
                let code = match (operator.quantifier, operator.if_exists) {
                    (Some(SetQuantifier::ForAllValues), _) => "RED007",
                    (Some(SetQuantifier::ForAnyValue), _) => "RED008",
                    (None, true) => "RED009",
                    (None, false) => "RED006",
                };
                (code, Warning, "S3.1.3")
            }
            // A11: variables under Bool are substituted, so that is a surprise and no error.
            Self::VariableForOperator(OperatorName::Bool) => ("VAR002", Warning, "S3.15.1"),
            Self::VariableForOperator(_) => ("VAR002", Error, "S3.15.1"),
            Self::PrincipalNotAllowed(PolicyType::Scp) => ("ORG001", Invalid, "S1.11"),
            Self::PrincipalNotAllowed(_) => ("PRN003", Invalid, "S1.11"),
            Self::NotPrincipalNotAllowed(PolicyType::Rcp) => ("ORG003", Invalid, "S1.11"),
            Self::NotPrincipalNotAllowed(_) => ("TRU001", Invalid, "S1.11"),
            Self::RcpVersion => ("ORG200", Invalid, "S1.11"),
            Self::RcpPrincipal => ("ORG003", Invalid, "S1.11"),
            Self::RcpAllow => ("ORG004", Invalid, "S1.11.1"),
            Self::RcpNotAction => ("ORG005", Invalid, "S1.11"),
            Self::RcpAnyAction => ("ORG006", Invalid, "S1.11.2"),
            Self::RcpService { .. } => ("ORG201", Warning, "S1.11.2"),
            Self::TrustResource(_) => ("TRU002", Invalid, "S1.9.1"),
            Self::TrustEveryone => ("TRU003", Warning, "S1.11.4"),
            Self::TrustAction => ("TRU200", Warning, "S1.11.3"),
            Self::TrustActionMismatch => ("TRU005", Error, "S1.11.3"),
            Self::EndpointPrincipal => ("VPE003", Warning, "S1.11.6"),
            Self::AccessPointResource => ("ARN001", Invalid, "S1.11"),
            Self::KmsResource => ("ARN200", Suggestion, "S1.11"),
            Self::TooLong { quota, .. } => (size_code(*quota), Invalid, size_clause(*quota)),
            Self::ProbablyTooLong { quota, .. } => (size_code(*quota), Warning, "S1.12.5"),
            Self::MissingPrincipal(_) => ("SYN009", Invalid, "S1.11"),
        }
    }
}

fn shape_clause(element: ElementName) -> &'static str {
    match element {
        ElementName::Version => "S1.2.1",
        ElementName::Id => "S1.3.2",
        ElementName::Statement => "S1.4.2",
        ElementName::Sid => "S1.5.1",
        ElementName::Effect => "S1.6.1",
        ElementName::Principal | ElementName::NotPrincipal => "S1.7.2",
        ElementName::Action | ElementName::NotAction => "S1.8.2",
        ElementName::Resource | ElementName::NotResource => "S1.9.2",
        ElementName::Condition => "S1.10.1",
    }
}

fn variable_code(kind: VariableProblemKind) -> &'static str {
    match kind {
        VariableProblemKind::MissingBrace => "VAR003",
        VariableProblemKind::BadDefault => "VAR004",
        VariableProblemKind::BlankInKey => "VAR005",
        VariableProblemKind::Empty => "VAR006",
        VariableProblemKind::KeyFormat => "VAR201",
    }
}

fn size_code(quota: Quota) -> &'static str {
    match quota {
        Quota::Scp => "SIZ001",
        Quota::Rcp => "SIZ002",
        Quota::Managed | Quota::InlineUser | Quota::InlineGroup | Quota::InlineRole => "SIZ003",
        Quota::Bucket | Quota::AccessPoint | Quota::Kms => "SIZ004",
        Quota::Endpoint => "SIZ005",
        Quota::Trust => "SIZ006",
        Quota::Session => "SIZ200",
    }
}

fn size_clause(quota: Quota) -> &'static str {
    match quota {
        Quota::Managed | Quota::InlineUser | Quota::InlineGroup | Quota::InlineRole | Quota::Trust => {
            "S1.12.2"
        }
        Quota::Session | Quota::Scp | Quota::Rcp => "S1.12.3",
        Quota::Endpoint | Quota::Bucket | Quota::AccessPoint | Quota::Kms => "S1.12.4",
    }
}
