//! Every mistake is told with its code, at its place, and none hides another.

use crate::support::read;
use polsim_env::{Problem, Unavailable};

/// What is wrong with a text: code, the place, in the file of the problem, and the sentence.
fn told(text: &str) -> Vec<(String, String, String)> {
    let problems = read(text).expect_err("this has mistakes");
    let tell = |problem: &Problem| {
        let place = problem.file.slice(problem.span).to_owned();
        (problem.code().to_owned(), place, problem.to_string())
    };
    problems.iter().map(tell).collect()
}

#[track_caller]
fn one(text: &str, code: &str, place: &str, sentence: &str) {
    let told = told(text);
    let [(own_code, own_place, own_sentence)] = told.as_slice() else { panic!("{told:#?}") };
    assert_eq!((own_code.as_str(), own_place.as_str()), (code, place), "{own_sentence}");
    assert!(own_sentence.contains(sentence), "{own_sentence}");
}

/// A text with one principal.
fn principal(fields: &str) -> String {
    format!("principals:\n  me: {{ {fields} }}\n")
}

/// A text with one resource.
fn resource(fields: &str) -> String {
    format!("resources:\n  it: {{ {fields} }}\n")
}

/// A text with one endpoint.
fn endpoint(fields: &str) -> String {
    format!("endpoints:\n  e: {{ {fields} }}\n")
}

const USER: &str = "arn: arn:aws:iam::111122223333:user/me";
const ROLE: &str = "arn: arn:aws:iam::111122223333:role/r";

#[test]
fn what_is_no_yaml() {
    assert_eq!(told("a: [1, 2")[0].0, "ENV001");
    assert_eq!(told("a: b: c")[0].0, "ENV001");
    assert_eq!(told("a: *nothing")[0].0, "ENV001");
    assert_eq!(told("a: 1\n---\nb: 2")[0].0, "ENV001");
    assert_eq!(told("accounts: !secret {}")[0].0, "ENV001");
    assert_eq!(told("accounts: { <<: { a: 1 } }")[0].0, "ENV001");
    for text in ["", "# nothing\n", "~"] {
        assert_eq!(told(text)[0].0, "ENV003", "{text:?}");
    }
}

#[test]
fn values_of_the_wrong_kind() {
    one("[]", "ENV005", "[]", "an object is wanted here, and this is a list");
    one(&principal("arn: 5"), "ENV005", "5", "a string is wanted here, and this is a number");
    one(
        &principal(&format!("{USER}, identity: allow.json")),
        "ENV005",
        "allow.json",
        "a list is wanted here, and this is a string",
    );
    one(
        &principal(&format!("{USER}, boundary: [allow.json]")),
        "ENV005",
        "[allow.json]",
        "the path of a policy or the policy itself",
    );
    one("accounts: { '111122223333': { outside: yes } }", "ENV005", "yes", "true or false is wanted");
    one("accounts:\n", "ENV005", "", "and this is nothing");
    one(
        &endpoint("id: vpce-1a2b3c4d, kind: gate, service: s3, vpc: vpc-11223344"),
        "ENV005",
        "gate",
        "`gateway` or `interface`",
    );
}

#[test]
fn fields_that_do_not_exist_or_are_missing() {
    let problems = read("acounts: {}\nprincipals: {}\n").unwrap_err();
    assert_eq!(problems[0].code(), "ENV006");
    assert_eq!(problems[0].help().unwrap(), "did you mean `accounts`?");
    one(&principal("identity: []"), "ENV007", "{ identity: [] }", "the field `arn` is missing");
    one("organization: { id: o-exampleorg01 }", "ENV007", "{ id: o-exampleorg01 }", "`levels`");
}

#[test]
fn names_that_come_twice() {
    let text = "principals:\n  me: { arn: arn:aws:iam::111122223333:user/a }\n  me: { arn: arn:aws:iam::111122223333:user/b }\n";
    one(text, "ENV004", "me", "`me` is written twice");
    let problems = read(text).unwrap_err();
    let (first, what) = problems[0].related.unwrap();
    assert_eq!((first.start(), what), (text.find("me").unwrap(), "first written here"));
    one("accounts: {}\naccounts: {}\n", "ENV004", "accounts", "twice");
}

#[test]
fn names_of_nothing() {
    one(
        "organization: { levels: [{ name: root }] }\naccounts: { '111122223333': { level: rot } }\n",
        "ENV008",
        "rot",
        "there is no level `rot`",
    );
    one("accounts: { '111122223333': { level: root } }\n", "ENV008", "root", "there is no level");
    one(
        "organization: { levels: [{ name: root }, { name: a, parent: rooot }] }\n",
        "ENV008",
        "rooot",
        "there is no level",
    );
    let text = format!(
        "groups: {{ admins: {{ identity: [] }} }}\n{}",
        principal(&format!("{USER}, groups: [admin]"))
    );
    one(&text, "ENV008", "admin", "there is no group `admin`");
    assert_eq!(read(&text).unwrap_err()[0].help().unwrap(), "did you mean `admins`?");
    let text = format!("accounts: {{ '111122223334': {{}} }}\n{}", principal(USER));
    one(&text, "ENV008", "arn:aws:iam::111122223333:user/me", "there is no account `111122223333`");
    one("readings: [short-arn]", "ENV008", "short-arn", "there is no reading");
    one(
        &principal("arn: arn:aws:sts::111122223333:federated-user/f, issuer: bob"),
        "ENV008",
        "bob",
        "there is no user of this account",
    );
}

#[test]
fn accounts_that_are_none() {
    one("accounts: { '1234': {} }", "ENV009", "'1234'", "12 digits");
    one("accounts: { production: {} }", "ENV009", "production", "12 digits");
    one(&resource("arn: 'arn:aws:s3:::b', account: 12345"), "ENV009", "12345", "12 digits");
    one(
        &resource("arn: 'arn:aws:sqs:eu-west-1:123:q'"),
        "ENV009",
        "'arn:aws:sqs:eu-west-1:123:q'",
        "12 digits",
    );
    one(&principal("arn: arn:aws:iam::1234:user/me"), "ENV009", "arn:aws:iam::1234:user/me", "12 digits");
}

#[test]
fn arns_that_are_none_or_of_something_else() {
    one(&principal("arn: me"), "ENV010", "me", "no ARN");
    one(&resource("arn: my-bucket"), "ENV010", "my-bucket", "no ARN");
    one(&principal("arn: 'arn:aws:s3:::b'"), "ENV011", "'arn:aws:s3:::b'", "not the ARN of a user");
    for (arn, wanted) in [
        ("arn:aws:iam::111122223333:role/r", "goes under `principals`"),
        ("arn:aws:s3:::b/key", "a bucket"),
        ("arn:aws:s3:::b*", "one resource"),
        ("arn:aws:s3:eu-west-1:111122223333:accesspoint/p", "goes under the `access-points`"),
    ] {
        one(&resource(&format!("arn: '{arn}'")), "ENV011", &format!("'{arn}'"), wanted);
    }
    let point =
        "arn: 'arn:aws:s3:::b', account: '111122223333', access-points: { p: { arn: 'arn:aws:s3:::c' } }";
    one(&resource(point), "ENV011", "'arn:aws:s3:::c'", "an access point");
}

#[test]
fn owners_that_are_unknown_or_contradict() {
    one(&resource("arn: 'arn:aws:s3:::b'"), "ENV013", "'arn:aws:s3:::b'", "nothing tells the account");
    one(
        &resource("arn: 'arn:aws:sqs:eu-west-1:111122223333:q', account: '444455556666'"),
        "ENV012",
        "'444455556666'",
        "the ARN is of account 111122223333",
    );
}

#[test]
fn things_that_are_described_twice() {
    let text = "endpoints:
  a: { id: vpce-1a2b3c4d, kind: gateway, service: s3, vpc: vpc-11223344, policy: resource.json }
  b: { id: vpce-1a2b3c4d, kind: gateway, service: s3, vpc: vpc-11223344, policy: resource.json }
";
    one(text, "ENV014", "vpce-1a2b3c4d", "described twice, as `a` and as `b`");
    assert!(read(text).unwrap_err()[0].span.start() > text.find("  b:").unwrap());
    let user = "{ arn: arn:aws:iam::111122223333:user/me }";
    one(
        &format!("principals:\n  a: {user}\n  b: {user}\n"),
        "ENV014",
        "arn:aws:iam::111122223333:user/me",
        "as `a` and as `b`",
    );
    one("organization: { levels: [{ name: r }, { name: r }] }", "ENV014", "r", "twice");
}

#[test]
fn levels_that_are_no_tree() {
    one(
        "organization: { levels: [{ name: root }, { name: a, parent: b }, { name: b, parent: c }, { name: c, parent: a }] }",
        "ENV015",
        "b",
        "the levels `a`, `b`, `c` are above one another",
    );
    one("organization: { levels: [{ name: root }, { name: a, parent: a }] }", "ENV015", "a", "`a`");
    one(
        "organization: { levels: [{ name: root, parent: a }, { name: a }] }",
        "ENV016",
        "a",
        "nothing is above it",
    );
    one("organization: { id: o-exampleorg01, levels: [] }", "ENV017", "o-exampleorg01", "at least one level");
    one("organization: { levels: [{ name: root, scps: [] }] }", "ENV018", "[]", "AWS does not allow");
    one(
        "organization: { id: example, levels: [{ name: root }] }",
        "ENV024",
        "example",
        "no id of an organization",
    );
}

#[test]
fn accounts_that_are_nowhere_or_in_two_places() {
    let root = "organization: { levels: [{ name: root }] }\n";
    one(&format!("{root}accounts: {{ '111122223333': {{}} }}"), "ENV019", "'111122223333'", "neither");
    one(
        &format!("{root}accounts: {{ '111122223333': {{ level: root, outside: true }} }}"),
        "ENV020",
        "true",
        "cannot be in the organization and outside",
    );
    one(
        &format!("{root}accounts: {{ '111122223333': {{ outside: true, scps: [allow.json] }} }}"),
        "ENV021",
        "'111122223333'",
        "no service or resource control policy",
    );
    one(
        &format!(
            "{root}accounts: {{ '111122223333': {{ management: true }}, '222233334444': {{ management: true }} }}"
        ),
        "ENV022",
        "'222233334444'",
        "111122223333 and 222233334444",
    );
    one("accounts: { '111122223333': { management: true } }", "ENV029", "true", "the file has none");
}

#[test]
fn s4_7_5_and_other_fields_that_do_not_go_with_the_principal() {
    one(
        &principal(
            "arn: arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/X, boundary: allow.json",
        ),
        "ENV023",
        "allow.json",
        "a service-linked role has no `boundary`",
    );
    one(&principal(&format!("{ROLE}, groups: []")), "ENV023", "[]", "a role has no `groups`");
    one(&principal(&format!("{USER}, trust: trust.json")), "ENV023", "trust.json", "a user has no `trust`");
    one(&principal(&format!("{USER}, session: []")), "ENV023", "[]", "a user has no `session`");
    one(
        &principal("arn: arn:aws:iam::111122223333:root, identity: []"),
        "ENV023",
        "[]",
        "the root user has no `identity`",
    );
    let session = format!(
        "principals:\n  r: {{ {ROLE} }}\n  s: {{ arn: arn:aws:sts::111122223333:assumed-role/r/s, identity: [] }}\n"
    );
    one(&session, "ENV023", "[]", "a session of a role has no `identity`");
    let session = "arn: arn:aws:sts::111122223333:assumed-role/r/s";
    one(&principal(session), "ENV030", "arn:aws:sts::111122223333:assumed-role/r/s", "not known");
    one(
        &principal("arn: arn:aws:sts::111122223333:federated-user/f"),
        "ENV007",
        "arn:aws:sts::111122223333:federated-user/f",
        "`issuer`",
    );
}

#[test]
fn endpoints_and_vpcs_that_cannot_be() {
    let e = |id: &str, kind: &str, service: &str, vpc: &str| {
        endpoint(&format!("id: {id}, kind: {kind}, service: {service}, vpc: {vpc}"))
    };
    one(&e("vpce-1a2b", "gateway", "s3", "vpc-11223344"), "ENV024", "vpce-1a2b", "no id of an endpoint");
    one(&e("vpce-1a2b3c4d", "gateway", "s3", "main"), "ENV024", "main", "no id of a VPC");
    one(&e("vpce-1a2b3c4d", "gateway", "kms", "vpc-11223344"), "ENV025", "kms", "no gateway endpoints");
    one(
        &e("vpce-1a2b3c4d", "gateway", "com.amazonaws.eu-west-1.s3", "vpc-11223344, region: eu-west-2"),
        "ENV026",
        "eu-west-2",
        "the service is in eu-west-1",
    );
    one(
        &resource(
            "arn: 'arn:aws:sqs:eu-west-1:111122223333:q', access-points: { p: { arn: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/p' } }",
        ),
        "ENV027",
        "p",
        "only S3 buckets",
    );
}

#[test]
fn policies_that_are_not_there() {
    one(
        &principal(&format!("{USER}, identity: [gone.json]")),
        "ENV028",
        "gone.json",
        "there is no such file",
    );
    let text = principal(&format!("{USER}, identity: [../outside.json]"));
    one(&text, "ENV028", "../outside.json", "outside of the tree");
    assert!(read(&text).unwrap_err()[0].help().unwrap().contains("--allow-outside"));
    let why = Unavailable::NotUtf8 { offset: 3 };
    assert_eq!(why.to_string(), "the byte at offset 3 is not UTF-8");
}

#[test]
fn a_broken_policy_is_told_in_its_own_file() {
    let text = principal(&format!("{USER}, identity: [broken.json, no.json]"));
    let problems = read(&text).unwrap_err();
    let places: Vec<_> = problems
        .iter()
        .map(|problem| (problem.file.name(), problem.code(), problem.file.slice(problem.span)))
        .collect();
    assert!(places.contains(&("broken.json", "SYN006", "\"Alow\"")), "{places:?}");
    assert!(places.iter().any(|(name, ..)| *name == "no.json"), "{places:?}");
}

#[test]
fn a_broken_policy_in_place_is_told_in_the_environment_file() {
    let text = "principals:
  me:
    arn: arn:aws:iam::111122223333:user/me
    identity:
      - Version: '2012-10-17'
        Statement:
          - Effect: Alow
            Action: s3:*
            Resource: '*'
      - { Version: \"2012-10-17\", Statement: { Effect: Allow, Action: s3, Resource: \"*\" } }
";
    let told: Vec<_> = told(text).into_iter().map(|(code, place, _)| (code, place)).collect();
    let wanted =
        [("SYN006", "Alow"), ("ACT003", "s3")].map(|(code, place)| (code.to_owned(), place.to_owned()));
    assert_eq!(told, wanted);
}

#[test]
fn one_mistake_hides_no_other() {
    let text = "
acounts: {}
principals:
  a: { arm: x }
  b: { arn: 7, identity: {}, tags: { k: [] } }
resources:
  c: { arn: 'arn:aws:s3:::b', account: 12 }
endpoints: []
";
    let codes: Vec<_> = told(text).into_iter().map(|(code, ..)| code).collect();
    let wanted = ["ENV006", "ENV007", "ENV006", "ENV005", "ENV005", "ENV005", "ENV009", "ENV005"];
    assert_eq!(codes, wanted);
}

#[test]
fn every_problem_but_the_plain_ones_says_what_to_do() {
    let problems =
        read("accounts: { '1': {} }\nprincipals: { a: { arn: x, identity: [gone.json] } }").unwrap_err();
    assert!(problems.iter().all(|problem| problem.help().is_some()), "{problems:?}");
}
