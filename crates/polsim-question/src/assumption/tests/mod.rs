//! The two faces of each fact are held against each other: `holds` on requests, and the clauses that searches learn.

mod request;

use super::{Assumption, Ground, Reference, Standing};
use polsim_arn::{Pattern, TextSet};
use polsim_eval::{
    Attribute, Formula, KeyId, KeyState, KeyTable, Reading, Readings, Request, Truth, Valuation, Value,
    Variable,
};
use polsim_value::{Decimal, DecimalSet, Instant, InstantSet, ValueSet};
use request::{Place, Random, lawful, table, wild};

/// Requests that each fact is held against, in each of two tests.
const REQUESTS: u64 = 1_200;

/// A request as the tests in clauses see it.
struct Seen<'r> {
    request: &'r Request,
    attributes: Vec<Option<String>>,
    keys: &'r KeyTable,
    readings: Readings,
}

impl Valuation for Seen<'_> {
    fn value(&self, variable: Variable) -> Value<'_> {
        match variable {
            Variable::Action => Value::One(self.request.action.folded()),
            Variable::Resource => Value::One(&self.request.resource),
            Variable::Principal(attribute) => {
                self.attributes[attribute as usize].as_deref().map_or(Value::Absent, Value::One)
            }
            Variable::Key(key) => match self.request.context.get(self.keys.key(key).unwrap()) {
                KeyState::Absent => Value::Absent,
                KeyState::One(text) => Value::One(text),
                KeyState::List(texts) => Value::List(texts),
                KeyState::Open => Value::Open,
            },
        }
    }

    fn keys(&self) -> &KeyTable {
        self.keys
    }

    fn readings(&self) -> Readings {
        self.readings
    }
}

fn is_true(clause: &Formula, request: &Request, keys: &KeyTable, readings: Readings) -> bool {
    let attributes = Attribute::ALL.map(|attribute| request.principal.attribute(attribute)).to_vec();
    clause.fold(&Seen { request, attributes, keys, readings }) == Truth::Yes
}

/// All readings the way we chose, each one the other way, and all of them.
fn readings() -> Vec<Readings> {
    let single = Reading::ALL.iter().map(|reading| Readings::default().with_alternative(*reading));
    [Readings::default(), Reading::ALL.iter().copied().collect()].into_iter().chain(single).collect()
}

/// What a question might compare keys with.
fn compared(keys: &KeyTable, key: KeyId) -> Vec<ValueSet> {
    let instant = |text| ValueSet::Instant(InstantSet::less_than(Instant::read(text).unwrap()));
    let decimal = |text| ValueSet::Decimal(DecimalSet::at_most(Decimal::read(text).unwrap()));
    match keys.key(key).unwrap().folded().as_str() {
        "aws:currenttime" => vec![instant("2026-01-01T00:00:00Z"), instant("2026-01-01T00:00:01.5Z")],
        "aws:epochtime" => vec![decimal("1767225600"), instant("1767225601")],
        "aws:tokenissuetime" => vec![instant("2026-01-01T00:00:00.25Z")],
        _ => Vec::new(),
    }
}

#[derive(Debug)]
struct Buckets;

impl Reference for Buckets {
    fn matching(&self, _: &polsim_arn::Pattern) -> Vec<String> {
        Vec::new()
    }

    fn arns(&self, action: &str) -> Option<TextSet> {
        let arns = match action {
            "s3:getobject" | "s3:putobject" => "arn:*:s3:::*/*",
            "kms:decrypt" => "arn:*:kms:*:*:key/*",
            _ => return None,
        };
        Some(TextSet::from(Pattern::wildcard(arns)))
    }

    fn alike(&self, action: &str) -> Vec<String> {
        let objects = ["s3:getobject", "s3:putobject"];
        let all = if objects.contains(&action) { &objects[..] } else { &[action][..] };
        all.iter().map(|action| (*action).to_owned()).collect()
    }

    fn may_carry(&self, action: &str, key: &str) -> Option<bool> {
        (action == "s3:getobject").then_some(key != "s3:prefix")
    }
}

fn with_ground<T>(keys: &KeyTable, place: &Place, run: impl FnOnce(&Ground<'_>) -> T) -> T {
    run(&Ground {
        keys,
        kind: place.kind,
        path: place.path,
        accounts: Some(place.accounts),
        owner: None,
        compared: &|key| compared(keys, key),
        reference: Some(&Buckets),
    })
}

#[test]
fn s5_5_lawful_requests_are_as_all_facts_say() {
    let mut random = Random::new(1);
    for number in 0..REQUESTS {
        let place = Place::random(&mut random);
        let request = lawful(&mut random, &place);
        let unlike: Vec<&str> = Assumption::ALL
            .iter()
            .filter(|fact| fact.standing() != Standing::Off && !fact.holds(&request, None))
            .map(|fact| fact.id())
            .collect();
        assert!(unlike.is_empty(), "request {number} is not as {unlike:?} say: {request:?}");
    }
}

#[test]
fn s5_5_clauses_are_true_of_every_request_of_which_the_fact_is() {
    let keys = table();
    let readings = readings();
    for fact in Assumption::ALL {
        let mut random = Random::new(fact as u64 + 2);
        let (mut learnt, mut held) = (0, 0);
        for _ in 0..REQUESTS {
            let place = Place::random(&mut random);
            let other = wild(&mut random, &place);
            if fact.holds(&other, Some(&Buckets)) {
                continue;
            }
            let clauses = with_ground(&keys, &place, |ground| fact.clauses(ground, &other));
            learnt += clauses.len();
            for _ in 0..4 {
                let is_tame = random.percent(40);
                let make = if is_tame { lawful } else { wild };
                let request = make(&mut random, &place);
                if !fact.holds(&request, Some(&Buckets)) {
                    continue;
                }
                held += 1;
                for clause in &clauses {
                    let of = |readings: &Readings| is_true(clause, &request, &keys, *readings);
                    assert!(readings.iter().all(of), "{fact} of {request:?}: {clause:?}, from {other:?}");
                }
            }
        }
        if !matches!(fact.standing(), Standing::BuiltIn | Standing::Unused)
            && fact != Assumption::OnePartition
        {
            assert!(learnt > 50 && held > 50, "{fact}: {learnt} clauses, {held} requests");
        }
    }
}

#[test]
fn s5_5_a_request_that_is_not_so_breaks_a_clause() {
    let keys = table();
    for fact in Assumption::ALL {
        if matches!(fact.standing(), Standing::BuiltIn | Standing::Unused) {
            continue;
        }
        let mut random = Random::new(fact as u64 + 40);
        for _ in 0..REQUESTS {
            let place = Place::random(&mut random);
            let request = wild(&mut random, &place);
            // The order of the services of a call is no matter of clauses, nor are partitions of who has none.
            let is_excused = match fact {
                Assumption::CalledVia => request::is_out_of_order(&request),
                Assumption::OnePartition => !place.kind.is_bound_by_scps(),
                _ => false,
            };
            if is_excused || fact.holds(&request, Some(&Buckets)) {
                continue;
            }
            let clauses = with_ground(&keys, &place, |ground| fact.clauses(ground, &request));
            let is_kept = |clause: &Formula| is_true(clause, &request, &keys, Readings::default());
            assert!(!clauses.iter().all(is_kept), "{fact} rules nothing out of {request:?}: {clauses:?}");
        }
    }
}

#[test]
fn ids_are_names_for_people_and_tell_facts_apart() {
    for fact in Assumption::ALL {
        assert_eq!(Assumption::of_id(&fact.id().to_uppercase()), Some(fact));
        assert!(!fact.meaning().ends_with('.') && !fact.limits().ends_with('.'), "{fact}");
    }
    for number in 1..=16 {
        assert!(Assumption::of_id(&format!("I{number}")).is_some(), "I{number}");
    }
}

#[test]
fn what_a_request_does_not_state_breaks_no_fact() {
    let mut random = Random::new(9);
    let place = Place::random(&mut random);
    let mut request = lawful(&mut random, &place);
    request.context = polsim_eval::Context::default();
    for fact in Assumption::ALL {
        assert!(fact.holds(&request, None), "{fact}");
    }
    let open = polsim_policy::ConditionKey::new("aws:CurrentTime").unwrap();
    request.context.replace(open, KeyState::Open);
    assert!(Assumption::AlwaysPresent.holds(&request, None));
}
