//! Policy variables in the policies of the small world.

use super::keys::Sort;
use super::numbers::Random;

/// Which policy variables policies have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Variables {
    None,
    /// A few in the usual places.
    Few,
    /// Once in a value: alone, or with text that is not compared with wildcards (D1, D2, D4).
    Once,
    /// In all shapes.
    All,
}

/// Once in a value.
const TEXTS: [&str; 12] = [
    "${aws:username}",
    "${aws:PrincipalAccount}",
    "${aws:PrincipalAccount}",
    "${aws:ResourceAccount}",
    "${aws:PrincipalTag/team}",
    "${aws:PrincipalTag/team, 'a'}",
    "${aws:SourceVpce}",
    "${aws:userid}",
    "${app:tags}",
    "a${aws:PrincipalTag/team}",
    "${aws:username}*",
    "*${aws:PrincipalTag/team}*",
];

/// Several in a value, or odd ones.
const ODD_TEXTS: [&str; 10] = [
    "${aws:PrincipalTag/team}${aws:SourceVpce}",
    "${aws:username}/${aws:PrincipalTag/team, 'b'}",
    "${aws:PrincipalTag/team}${aws:PrincipalTag/team}",
    "?${aws:SourceVpce}*${app:tags}",
    "${aws:TagKeys}",
    "${*}${aws:SourceVpce}${$}",
    "${no such key}",
    "${no:key, 'a*'}",
    "${aws:PrincipalArn}",
    "${aws:PrincipalType}",
];

const RESOURCES: [&str; 6] = [
    "arn:aws:s3:::b/${aws:username}/*",
    "arn:aws:s3:::${aws:PrincipalTag/team}",
    "arn:aws:s3:::b/${aws:PrincipalTag/team, 'k'}",
    "arn:aws:sqs:*:*:${app:tags}",
    "arn:aws:iam::*:role/${aws:PrincipalTag/team}",
    "arn:aws:s3:::b/*${aws:username}*",
];

const ODD_RESOURCES: [&str; 4] = [
    "arn:aws:s3:::b/${aws:username}/${aws:username}",
    "arn:aws:s3:::${aws:SourceVpce}/${aws:PrincipalTag/team}*",
    "arn:aws:s3:::${aws:PrincipalAccount}/${aws:userid}",
    "arn:${aws:username}:s3:::b",
];

const ARNS: [&str; 4] = [
    "arn:aws:iam::${aws:PrincipalAccount}:user/*",
    "arn:*:iam::*:user/${aws:username}",
    "arn:aws:s3:::b/${aws:PrincipalTag/team}",
    "arn:aws:sns:eu-west-1:${aws:ResourceAccount}:t",
];

const ODD_ARNS: [&str; 4] = [
    "${aws:PrincipalArn}",
    "arn:aws:iam::${app:tags}:*/bob",
    "arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}",
    "${aws:SourceArn}*",
];

impl Variables {
    /// An entry of `Resource`; most have none.
    pub(crate) fn resource(self, random: &mut Random) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Few => random.percent(20).then_some(RESOURCES[0]),
            Self::Once => random.percent(35).then(|| random.pick(&RESOURCES)),
            Self::All => random.percent(35).then(|| {
                if random.percent(50) { random.pick(&RESOURCES) } else { random.pick(&ODD_RESOURCES) }
            }),
        }
    }

    /// A value of a condition of a sort; some have none.
    pub(crate) fn operand(self, random: &mut Random, sort: Sort) -> Option<&'static str> {
        match (self, sort) {
            (Self::Few, Sort::Text | Sort::Arn) => random.percent(40).then(|| {
                random.pick(&["${aws:username}", "${aws:PrincipalTag/team}*", "${aws:PrincipalAccount}"])
            }),
            (Self::Once, Sort::Text) => random.percent(55).then(|| random.pick(&TEXTS)),
            (Self::Once, Sort::Arn) => random.percent(55).then(|| random.pick(&ARNS)),
            (Self::All, Sort::Text) => random
                .percent(60)
                .then(|| if random.percent(50) { random.pick(&TEXTS) } else { random.pick(&ODD_TEXTS) }),
            (Self::All, Sort::Arn) => random
                .percent(60)
                .then(|| if random.percent(50) { random.pick(&ARNS) } else { random.pick(&ODD_ARNS) }),
            (Self::All, Sort::Truth) => random
                .percent(40)
                .then(|| random.pick(&["${aws:SecureTransport}", "${app:ok}", "tru${app:tags}"])),
            _ => None,
        }
    }
}
