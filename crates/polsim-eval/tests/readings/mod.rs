//! Our readings as the oracle's.

use polsim_eval::{Reading, Readings};
use polsim_oracle as oracle;

/// The same settings, with the ambiguities read as in `readings`.
pub(crate) fn settings_with(settings: &oracle::Settings, readings: Readings) -> oracle::Settings {
    let mut settings = settings.clone();
    let theirs = &mut settings.readings;
    for reading in readings.alternatives() {
        match reading {
            Reading::WildcardsCrossColons => theirs.resource_match = oracle::ResourceMatch::WholeText,
            Reading::ShortArnIsGlob => theirs.short_arn = oracle::ShortArn::WholeText,
            Reading::ArnCoversStar => theirs.pseudo_resource = oracle::PseudoResource::StarSegment,
            Reading::IfExistsBeatsForAny => theirs.absent_any_value = oracle::AbsentAnyValue::True,
            Reading::EmptyListIsPresent => theirs.empty_list = oracle::EmptyList::Present,
            Reading::EmptyStringIsAbsent => theirs.empty_string = oracle::EmptyString::Absent,
            Reading::ForAllComparesEmptyString => theirs.empty_strings = oracle::EmptyStrings::Compared,
            Reading::ManyValuesAreCompared => theirs.many_values = oracle::ManyValues::Or,
            Reading::UnreadableIsNoMatch => theirs.unreadable = oracle::Unreadable::MatchesNothing,
            Reading::EmptyValuesNeverApply => theirs.empty_values = oracle::EmptyValues::False,
            Reading::EmptyConditionNeverApplies => theirs.empty_condition = oracle::EmptyCondition::NoEffect,
            Reading::UnresolvedNotResource => {
                theirs.unresolved_not_resource = oracle::UnresolvedNotResource::VoidsStatement;
            }
            Reading::WildcardsInVariables => {
                theirs.substituted_wildcards = oracle::SubstitutedWildcards::Live;
            }
            Reading::WildcardServiceIsLiteral => theirs.type_wildcards = oracle::TypeWildcards::Literal,
            Reading::AwsStarExcludesServices => theirs.aws_star = oracle::AwsStar::SparesServices,
            Reading::NotPrincipalNeedsAccount => {
                theirs.spared_principal = oracle::SparedPrincipal::EveryClass;
            }
            Reading::ArnOperatorsCompareText => theirs.odd_arn_operand = oracle::OddArnOperand::WholeText,
            Reading::AccountGrantSuffices => theirs.account_grant = oracle::AccountGrant::Enough,
            Reading::StarGrantIsLimited => {
                theirs.star_grant = oracle::StarGrant::BoundaryAndSessionLimit;
            }
            Reading::RcpBindsUnlisted => settings.rcp_services = oracle::RcpServices::Every,
        }
    }
    settings
}
