//! Keys that every request carries, and what the values of keys look like (S5.3).

use super::fact::{Fact, Standing};
use super::ground::{Ground, if_then};
use super::seen::Seen;
use crate::keys::ALWAYS_PRESENT;
use polsim_eval::Formula;
use polsim_value::{Membership, Sort, ValueSet};

pub(super) const ALWAYS: Fact = Fact {
    id: "always-present",
    clause: "S5.3",
    meaning: "every request carries aws:CurrentTime, aws:EpochTime, aws:SecureTransport, aws:RequestedRegion, \
              aws:UserAgent and aws:ViaAWSService",
    limits: "nothing is assumed of their values",
    standing: Standing::On,
    holds: |seen| seen.has_all(&ALWAYS_PRESENT),
    clauses: |ground, _| ALWAYS_PRESENT.iter().filter_map(|name| ground.has(name)).collect(),
};

pub(super) const TYPES: Fact = Fact {
    id: "key-types",
    clause: "S5.3",
    meaning: "global condition keys hold values of their type: aws:SecureTransport is true or false, aws:SourceIp an \
              address, aws:CurrentTime a date, and so on",
    limits: "keys of services, and keys whose type is text, may hold any text",
    standing: Standing::On,
    holds: |seen| TYPED.iter().all(|(name, sort)| seen.values(name).iter().all(|value| reads(*sort, value))),
    clauses: types,
};

/// Keys with a type other than text. `aws:EpochTime` counts seconds, which are a date and a number.
const TYPED: [(&str, Sort); 17] = [
    ("aws:currenttime", Sort::Instant),
    (EPOCH_TIME, Sort::Instant),
    (EPOCH_TIME, Sort::Decimal),
    ("aws:tokenissuetime", Sort::Instant),
    ("aws:multifactorauthage", Sort::Decimal),
    ("aws:securetransport", Sort::Truth),
    ("aws:viaawsservice", Sort::Truth),
    ("aws:multifactorauthpresent", Sort::Truth),
    ("aws:assumedroot", Sort::Truth),
    ("aws:sourceip", Sort::Address),
    ("aws:vpcsourceip", Sort::Address),
    ("aws:ec2instancesourceprivateipv4", Sort::Address),
    ("aws:sourcearn", Sort::Arn),
    ("aws:sourcevpcarn", Sort::Arn),
    ("ec2:sourceinstancearn", Sort::Arn),
    ("lambda:sourcefunctionarn", Sort::Arn),
    ("ssm:sourceinstancearn", Sort::Arn),
];

const EPOCH_TIME: &str = "aws:epochtime";

fn all_of(sort: Sort) -> ValueSet {
    match sort {
        Sort::Arn => ValueSet::Arn(polsim_arn::ArnPattern::any().into()),
        sort => ValueSet::none(sort).not(),
    }
}

fn reads(sort: Sort, value: &str) -> bool {
    all_of(sort).membership(value) == Membership::In
}

fn types(ground: &Ground<'_>, seen: &Seen<'_>) -> Vec<Formula> {
    let clause = |name: &str, sort| Some(if_then(ground.has(name)?, ground.some(name, all_of(sort))?));
    let broken =
        TYPED.iter().filter(|(name, sort)| seen.values(name).iter().any(|value| !reads(*sort, value)));
    broken.filter_map(|(name, sort)| clause(name, *sort)).collect()
}
