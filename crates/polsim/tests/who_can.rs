//! `who-can` against the long way: on random environments it says what `check` says principal by principal.

use polsim::law::{Claim, Subject};
use polsim::strategies::environments;
use polsim::who_can::{WhoCan, who_can};
use polsim::{EnvironmentOrigin, Origin, Reader, RegionText};
use polsim_report::AccessStanding;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

const ASKED: [(&str, &str); 4] = [
    ("s3:GetObject", "arn:aws:s3:::models/*"),
    ("s3:*", "*"),
    ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:jobs"),
    ("ec2:Describe*", "*"),
];
const WAYS: [&str; 2] = ["none", "vpce-1a2b3c4d"];

#[test]
fn it_agrees_with_check() {
    let mut runner = TestRunner::deterministic();
    let (mut never, mut under, mut always) = (0, 0, 0);
    for _ in 0..24 {
        let text = environments().new_tree(&mut runner).unwrap().current();
        let subject = Subject::environment_text("random.env.yaml", &text).unwrap();
        for (action, resource) in ASKED {
            let question = WhoCan {
                environment: EnvironmentOrigin {
                    origin: Origin::Text { name: "random.env.yaml".to_owned(), text: text.clone() },
                    allow_outside: false,
                    from: None,
                },
                region: RegionText {
                    actions: vec![action.to_owned()],
                    resources: vec![resource.to_owned()],
                    ..RegionText::default()
                },
                budget: 20_000_000,
            };
            let listing = who_can(&question, &Reader::default(), &|_, _| {}).unwrap();
            let principals = subject.principals().iter().map(String::as_str).chain(["anonymous"]);
            for (principal, way) in principals.flat_map(|principal| WAYS.map(|way| (principal, way))) {
                let claim = |claim: Claim| claim.principal(principal).via(way);
                let rows: Vec<_> = listing
                    .rows
                    .iter()
                    .filter(|row| row.principal == principal && row.ways.iter().any(|other| other == way))
                    .collect();
                let some = subject.check(&claim(Claim::some_allow(action, resource)));
                let context = || format!("{text}\n{principal} {way} {action} {resource}\n{rows:?}");
                // There is no such request, or nobody would be allowed to make it.
                let Ok(some) = some else {
                    assert!(rows.is_empty(), "{}", context());
                    continue;
                };
                if some.is_refuted() {
                    never += 1;
                    assert!(rows.is_empty(), "{}", context());
                }
                if some.holds() {
                    assert!(!rows.is_empty(), "{}\n{some}", context());
                    let all = subject.check(&claim(Claim::allow(action, resource))).unwrap();
                    let is_always = rows.iter().all(|row| row.standing == AccessStanding::Always);
                    if all.holds() {
                        always += 1;
                        assert!(is_always, "{}", context());
                    }
                    // With several groups of resources one may always be allowed, and another never.
                    if all.is_refuted() && resource != "*" {
                        under += 1;
                        assert!(!is_always, "{}\n{all}", context());
                    }
                }
            }
        }
    }
    assert!(
        never > 100 && under > 3 && always > 5,
        "{never} never, {under} under conditions, {always} always"
    );
}
