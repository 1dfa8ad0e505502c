//! Requests of AWS services: on somebody's behalf, and in their own name (I4, I5, I6).

use super::fact::{Fact, Standing};
use super::ground::{Ground, Part, arns_with, arns_with_account, if_then};
use super::seen::{Seen, is_account};
use polsim_arn::{Arn, Pattern, TextSet};
use polsim_eval::{Formula, PrincipalKind};
use polsim_value::{TruthSet, ValueSet, read_truth};

const VIA: &str = "aws:viaawsservice";
const CALLED: &str = "aws:calledvia";
const FIRST: &str = "aws:calledviafirst";
const LAST: &str = "aws:calledvialast";
const CALLED_KEYS: [&str; 3] = [CALLED, FIRST, LAST];
const NAMES: &str = "aws:principalservicenameslist";
const TAGS: &str = "aws:principaltag/";
/// Keys of principals that belong to an account.
pub(super) const MEMBER_KEYS: [&str; 3] = ["aws:principalorgid", "aws:principalorgpaths", "aws:username"];
const ARN: &str = "aws:sourcearn";
const ACCOUNT: &str = "aws:sourceaccount";
const SOURCE_KEYS: [&str; 4] = [ARN, ACCOUNT, "aws:sourceorgid", "aws:sourceorgpaths"];

fn truth(value: bool) -> ValueSet {
    ValueSet::Truth(TruthSet::only(value))
}

pub(super) const I4: Fact = Fact {
    id: "I4",
    clause: "S5.5 I4",
    meaning: "aws:CalledVia, aws:CalledViaFirst and aws:CalledViaLast come together, name the same services, and only \
              with aws:ViaAWSService = true; such a request passes no VPC endpoint of the caller",
    limits: "aws:SourceIp of such a request is some address of the service; a service may call without aws:CalledVia",
    standing: Standing::On,
    holds: |seen| {
        let is_via = seen.value(VIA).map(|value| read_truth(value) == Some(true));
        let has_calls = !seen.has_none(&CALLED_KEYS);
        let calls = seen.values(CALLED);
        let ends = [(FIRST, calls.first()), (LAST, calls.last())];
        seen.has_all_or_none(&CALLED_KEYS)
            && !(has_calls && (seen.has(VIA) == Some(false) || is_via == Some(false)))
            && !(seen.is_through_endpoint() && (has_calls || is_via == Some(true)))
            && (calls.is_empty()
                || ends.iter().all(|(name, end)| seen.value(name).is_none_or(|value| Some(&value) == *end)))
    },
    clauses: calls,
};

fn calls(ground: &Ground<'_>, seen: &Seen<'_>) -> Vec<Formula> {
    if ground.is_through_endpoint() {
        let none = CALLED_KEYS.iter().filter_map(|name| ground.lacks(name));
        return none.chain(ground.some(VIA, truth(true)).map(Formula::negated)).collect();
    }
    let mut clauses = ground.together(&CALLED_KEYS);
    let via = |name: &&str| Some(if_then(ground.has(name)?, ground.some(VIA, truth(true))?));
    clauses.extend(CALLED_KEYS.iter().filter_map(via));
    // The list has them in order, which no policy can ask for: the ends are in the list, and nothing else is at its ends.
    let listed = TextSet::union(seen.values(CALLED).into_iter().map(Pattern::exact));
    for end in [FIRST, LAST] {
        let one = seen.value(end).map(TextSet::only);
        let is_listed =
            |one: TextSet| Some(if_then(ground.some(end, one.clone())?, ground.some(CALLED, one)?));
        clauses.extend(one.and_then(is_listed));
        let only_listed = || {
            let others = ground.some(CALLED, listed.not())?;
            Some(Formula::any([ground.each(end, &listed)?, others]))
        };
        clauses.extend(only_listed());
    }
    clauses
}

pub(super) const I5: Fact = Fact {
    id: "I5",
    clause: "S5.5 I5",
    meaning: "a service that calls in its own name carries aws:PrincipalServiceNamesList, has no organization, no tags \
              and no aws:CalledVia, and aws:ViaAWSService is false; nobody else carries aws:PrincipalServiceNamesList",
    limits: "aws:PrincipalIsAWSService and aws:PrincipalServiceName follow from the principal in every answer; which \
             names the list has is not assumed",
    standing: Standing::On,
    holds: |seen| {
        if seen.kind() != PrincipalKind::Service {
            return seen.has(NAMES) != Some(true);
        }
        seen.has(NAMES) != Some(false)
            && seen.has_none(&MEMBER_KEYS)
            && seen.has_none(&CALLED_KEYS)
            && seen.carried(TAGS).is_empty()
            && seen.value(VIA).is_none_or(|value| read_truth(value) != Some(true))
    },
    clauses: |ground, _| {
        if ground.kind != PrincipalKind::Service {
            return ground.lacks(NAMES).into_iter().collect();
        }
        let mut clauses: Vec<Formula> = ground.has(NAMES).into_iter().collect();
        clauses.extend(without_membership(ground));
        clauses.extend(CALLED_KEYS.iter().filter_map(|name| ground.lacks(name)));
        clauses.extend(ground.some(VIA, truth(true)).map(Formula::negated));
        clauses
    },
};

/// That a principal is in no organization and has no tags.
pub(super) fn without_membership(ground: &Ground<'_>) -> Vec<Formula> {
    let tags = ground.family(TAGS);
    let names = MEMBER_KEYS.into_iter().chain(tags.iter().map(String::as_str));
    names.filter_map(|name| ground.lacks(name)).collect()
}

pub(super) const I6: Fact = Fact {
    id: "I6",
    clause: "S5.5 I6",
    meaning: "aws:SourceArn, aws:SourceAccount, aws:SourceOrgID and aws:SourceOrgPaths are carried only by services that \
              call in their own name, and the account in aws:SourceArn is aws:SourceAccount",
    limits: "a service may carry none of them; ARNs without an account, such as those of buckets, go with any account",
    standing: Standing::On,
    holds: |seen| {
        let owner = seen.value(ARN).and_then(Arn::parse).map(|arn| arn.account).filter(|a| is_account(a));
        let is_one = match (owner, seen.value(ACCOUNT)) {
            (Some(owner), Some(account)) => owner == account,
            _ => true,
        };
        is_one && (seen.kind() == PrincipalKind::Service || seen.has_none(&SOURCE_KEYS))
    },
    clauses: sources,
};

fn sources(ground: &Ground<'_>, seen: &Seen<'_>) -> Vec<Formula> {
    if ground.kind != PrincipalKind::Service {
        return SOURCE_KEYS.iter().filter_map(|name| ground.lacks(name)).collect();
    }
    let owner = seen.value(ARN).and_then(Arn::parse).map(|arn| arn.account).filter(|a| is_account(a));
    let accounts = owner.into_iter().chain(seen.value(ACCOUNT));
    // Only accounts are looked at: other words in their place go with anything.
    let accounts = accounts.filter(|account| is_account(account));
    let clauses = accounts.flat_map(|account| {
        let (own, arns) = (TextSet::only(account), arns_with(Part::Account, account));
        let foreign = arns_with_account().and(&arns.not());
        [
            ground.apart((ACCOUNT, own.clone()), (ARN, foreign)),
            ground.apart((ARN, arns), (ACCOUNT, own.not())),
        ]
    });
    clauses.flatten().collect()
}
