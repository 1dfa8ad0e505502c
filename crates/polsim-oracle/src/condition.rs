//! Conditions: the evaluation table of S3.1 with the rules on absence, sets and types (S3.3, S3.11–S3.14).

use crate::context::lookup;
use crate::operator::{Comparer, is_negated};
use crate::{
    AbsentAnyValue, EmptyCondition, EmptyList, EmptyString, EmptyStrings, EmptyValues, ManyValues, Unreadable,
};
use polsim_policy::{Condition, ConditionKey, Operator, OperatorName, SetQuantifier};

/// S3.1.1, S3.1.4: all operator and key pairs hold; none is vacuously true.
pub(crate) fn holds(condition: &Condition, comparer: Comparer<'_>) -> bool {
    let an_empty_one = condition.blocks.iter().any(|block| block.keys.is_empty());
    if an_empty_one && comparer.readings.empty_condition == EmptyCondition::NoEffect {
        return false;
    }
    condition.blocks.iter().all(|block| {
        block.keys.iter().all(|pair| {
            let policy = pair.values.iter().map(|value| value.value.text.clone()).collect();
            let test = Test { operator: block.operator.value, policy, comparer };
            test.holds(&pair.key.value)
        })
    })
}

/// One operator with the policy's values under one key.
struct Test<'a> {
    operator: Operator,
    policy: Vec<String>,
    comparer: Comparer<'a>,
}

impl Test<'_> {
    fn holds(&self, key: &ConditionKey) -> bool {
        let mut request = lookup(self.comparer.reader.context, key.as_str()).map(crate::Value::all);
        let is_empty_string = |values: &Vec<String>| matches!(values.as_slice(), [only] if only.is_empty());
        if self.comparer.readings.empty_string == EmptyString::Absent
            && request.as_ref().is_some_and(is_empty_string)
        {
            request = None;
        }
        if self.operator.name == OperatorName::Null {
            return self.null(request);
        }
        if self.policy.is_empty() {
            match self.comparer.readings.empty_values {
                EmptyValues::NothingMatches => {}
                EmptyValues::True => return true,
                EmptyValues::False => return false,
            }
        }
        match self.operator.quantifier {
            None => self.plain(request),
            Some(SetQuantifier::ForAllValues) => self.for_all_values(request),
            Some(SetQuantifier::ForAnyValue) => self.for_any_value(request),
        }
    }

    /// S3.11.
    fn null(&self, request: Option<Vec<String>>) -> bool {
        match self.operator.quantifier {
            Some(SetQuantifier::ForAllValues) => return true,
            Some(SetQuantifier::ForAnyValue) => return false,
            None => {}
        }
        let absent = match request {
            None => true,
            Some(values) => values.is_empty() && self.comparer.readings.empty_list == EmptyList::Absent,
        };
        if !absent && !self.operands_are_readable() {
            return false;
        }
        self.policy.iter().any(|value| self.comparer.truth(value) == Some(absent))
    }

    /// The four columns without a set operator: S3.3, S3.12, S3.13.7.
    fn plain(&self, request: Option<Vec<String>>) -> bool {
        let negated = is_negated(self.operator.name);
        let values = match request {
            Some(values) if !values.is_empty() => values,
            // A7: an empty list that counts as present holds no value to match.
            Some(_) if self.comparer.readings.empty_list == EmptyList::Present => return negated,
            _ => return self.operator.if_exists || negated,
        };
        if values.len() > 1 && self.comparer.readings.many_values == ManyValues::False {
            return false;
        }
        if self.is_type_error(&values) {
            return false;
        }
        let some_value_matches = values.iter().any(|value| self.matches_some(value));
        some_value_matches != negated
    }

    /// S3.13.1–S3.13.3, S3.13.5.
    fn for_all_values(&self, request: Option<Vec<String>>) -> bool {
        let values = request.unwrap_or_default();
        if values.is_empty() {
            return true;
        }
        if only_empty_strings(&values) && self.comparer.readings.empty_strings == EmptyStrings::Vacuous {
            return true;
        }
        !self.is_type_error(&values) && values.iter().all(|value| self.passes(value))
    }

    /// S3.13.4–S3.13.6.
    fn for_any_value(&self, request: Option<Vec<String>>) -> bool {
        let values = request.unwrap_or_default();
        if values.is_empty() {
            return self.operator.if_exists
                && self.comparer.readings.absent_any_value == AbsentAnyValue::True;
        }
        !self.is_type_error(&values) && values.iter().any(|value| self.passes(value))
    }

    /// S3.14.1: some value of the request or of the policy cannot be read.
    fn is_type_error(&self, request: &[String]) -> bool {
        let readable = request.iter().all(|value| self.comparer.reads_request(self.operator.name, value));
        self.comparer.readings.unreadable == Unreadable::False && !(readable && self.operands_are_readable())
    }

    fn operands_are_readable(&self) -> bool {
        self.policy.iter().all(|value| self.comparer.reads_policy(self.operator.name, value))
    }

    /// S3.1.1, S3.1.2: OR over the policy's values, or NOR.
    fn passes(&self, value: &str) -> bool {
        self.matches_some(value) != is_negated(self.operator.name)
    }

    fn matches_some(&self, value: &str) -> bool {
        self.policy.iter().any(|policy| self.comparer.matches(self.operator.name, value, policy))
    }
}

fn only_empty_strings(values: &[String]) -> bool {
    values.iter().all(String::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Reader;
    use crate::{Context, Readings, SubstitutedWildcards, Value};
    use polsim_policy::Version;

    /// The cell of the table of S3.1 for an operator, the request's value of `k:k`, and policy values.
    fn cell(operator: &str, request: Option<Value>, policy: &[&str], readings: Readings) -> bool {
        let context: Context = request.into_iter().map(|value| ("k:k".to_string(), value)).collect();
        let substituted = SubstitutedWildcards::Literal;
        let reader = Reader { version: Version::V2012, context: &context, substituted };
        let test = Test {
            operator: Operator::parse(operator).unwrap(),
            policy: policy.iter().map(|text| (*text).to_string()).collect(),
            comparer: Comparer { reader, readings },
        };
        test.holds(&ConditionKey::new("K:K").unwrap())
    }

    const COLUMNS: [&str; 10] = [
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIfExists",
        "StringNotEqualsIfExists",
        "ForAllValues:StringEquals",
        "ForAllValues:StringNotEquals",
        "ForAnyValue:StringEquals",
        "ForAnyValue:StringNotEquals",
        "Null true",
        "Null false",
    ];

    fn row(request: Option<Value>, policy: &[&str]) -> String {
        let usual = Readings::default();
        let cells = COLUMNS.map(|column| match column.split_once(' ') {
            Some((operator, word)) => cell(operator, request.clone(), &[word], usual),
            None => cell(column, request.clone(), policy, usual),
        });
        cells.map(|holds| if holds { 't' } else { 'f' }).iter().collect()
    }

    fn many(values: &[&str]) -> Option<Value> {
        Some(Value::Many(values.iter().map(|value| (*value).to_string()).collect()))
    }

    #[test]
    fn s3_1_the_table_row_by_row() {
        assert_eq!(row(None, &["a"]), "ftttttfftf");
        assert_eq!(row(many(&[]), &["a"]), "ftttttfftf");
        assert_eq!(row(Some(Value::One("a".into())), &["a", "b"]), "tftftftfft");
        assert_eq!(row(Some(Value::One("c".into())), &["a", "b"]), "ftftftftft");
        assert_eq!(row(many(&["a", "c"]), &["a"]), "ffffffttft");
        assert_eq!(row(many(&["a", "a"]), &["a"]), "fffftftfft");
    }

    #[test]
    fn s3_1_3_no_policy_values() {
        assert_eq!(row(None, &[]), "ftttttfftf");
        assert_eq!(row(Some(Value::One("a".into())), &[]), "ftftftftft");
    }

    #[test]
    fn s3_14_1_type_errors() {
        let usual = Readings::default();
        for operator in [
            "NumericEquals",
            "NumericNotEquals",
            "ForAllValues:NumericNotEquals",
            "ForAnyValue:NumericEquals",
        ] {
            assert!(!cell(operator, many(&["x"]), &["1"], usual), "{operator}");
            assert!(!cell(operator, many(&["2"]), &["2", "x"], usual), "{operator}");
            assert!(!cell(operator, many(&["2"]), &["3", "x"], usual), "{operator}");
        }
        let lenient = Readings { unreadable: Unreadable::MatchesNothing, ..usual };
        assert!(cell("NumericNotEquals", many(&["x"]), &["1"], lenient));
    }

    #[test]
    fn s3_14_2_absence_comes_first() {
        assert!(cell("NotIpAddress", None, &["x"], Readings::default()));
        assert!(cell("Null", None, &["x", "true"], Readings::default()));
        assert!(!cell("Null", many(&["v"]), &["x", "false"], Readings::default()));
    }

    #[test]
    fn s3_11_3_and_s3_13_3() {
        let usual = Readings::default();
        assert!(cell("ForAllValues:Null", None, &["false"], usual));
        assert!(!cell("ForAnyValue:Null", many(&["v"]), &["false"], usual));
        assert!(cell("ForAllValues:StringEquals", many(&["", ""]), &["a"], usual));
        assert!(!cell("ForAllValues:StringEquals", many(&["", "b"]), &["a"], usual));
    }
}
