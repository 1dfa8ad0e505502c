//! Random statements in small alphabets, so that they apply often.

use super::environment::ACCOUNTS;
use super::numbers::Random;
use polsim_oracle as oracle;
use polsim_policy::{OperatorName, PolicyType};
use serde_json::{Map, Value, json};

/// What values look like.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Sort {
    Text,
    Number,
    Date,
    Truth,
    Bytes,
    Address,
    Arn,
}

const SORTS: [Sort; 7] =
    [Sort::Text, Sort::Number, Sort::Date, Sort::Truth, Sort::Bytes, Sort::Address, Sort::Arn];

/// Keys with what they usually hold.
pub(crate) const KEYS: &[(&str, Sort)] = &[
    ("aws:PrincipalTag/team", Sort::Text),
    ("aws:TagKeys", Sort::Text),
    ("aws:SourceVpc", Sort::Text),
    ("aws:SourceIp", Sort::Address),
    ("aws:SecureTransport", Sort::Truth),
    ("aws:CurrentTime", Sort::Date),
    ("s3:max-keys", Sort::Number),
    ("x:blob", Sort::Bytes),
    ("aws:SourceArn", Sort::Arn),
    ("s3:AccessPointNetworkOrigin", Sort::Text),
    ("s3:DataAccessPointArn", Sort::Arn),
    ("aws:username", Sort::Text),
    ("aws:userid", Sort::Text),
    ("aws:PrincipalArn", Sort::Arn),
    ("aws:PrincipalAccount", Sort::Number),
    ("aws:PrincipalIsAWSService", Sort::Truth),
    ("aws:PrincipalType", Sort::Text),
    ("aws:ResourceAccount", Sort::Number),
    ("aws:ViaAWSService", Sort::Truth),
];

/// Those that follow from the request.
pub(crate) const DERIVED_KEYS: &[&str] = &[
    "aws:username",
    "aws:userid",
    "aws:PrincipalArn",
    "aws:PrincipalAccount",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalType",
    "aws:ResourceAccount",
];

/// What statements speak of to hit the request.
pub(crate) struct Scene {
    action: String,
    resources: Vec<String>,
    principals: Vec<String>,
}

impl Scene {
    pub(crate) fn of(request: &oracle::Request) -> Self {
        let who = &request.principal;
        let principals = [&who.arn, &who.arn, &who.role_arn, &who.user_arn];
        Self {
            action: request.action.clone(),
            resources: std::iter::once(&request.resource)
                .chain(&request.underlying_resource)
                .cloned()
                .collect(),
            principals: principals.into_iter().flatten().cloned().collect(),
        }
    }
}

/// The key in some spelling (S3.2.1).
pub(crate) fn spelling(random: &mut Random, key: &str) -> String {
    match random.below(8) {
        0 => key.to_ascii_lowercase(),
        1 => key.to_ascii_uppercase(),
        _ => key.into(),
    }
}

/// A value that a key of a sort may hold; now and then of another sort.
pub(crate) fn value(random: &mut Random, sort: Sort) -> String {
    let sort = if random.percent(10) { SORTS[random.below(SORTS.len())] } else { sort };
    let pool: &[&str] = match sort {
        Sort::Text => &[
            "a",
            "A",
            "b",
            "bob",
            "team-a",
            "vpc-1",
            "VPC",
            "a*",
            "?",
            "",
            "App",
            "User",
            "${x}",
            "AIDAEXAMPLEBOB",
        ],
        Sort::Number => {
            &["1", "1.0", "2", "-1", "+2.50", "2.5", "1e3", "12abc", "111111111111", "222222222222"]
        }
        Sort::Date => &[
            "2024-01-01",
            "2024",
            "2024-01-01T00:00:00Z",
            "1704067200",
            "2025-06-01T12:00:00+02:00",
            "2025-06-01T10:00:00",
            "2024-13-01",
            "0",
        ],
        Sort::Truth => &["true", "false", "TRUE", "False", "yes"],
        Sort::Bytes => &["QQ==", "Qg==", "QR==", "QQ", "", "QUI="],
        Sort::Address => &[
            "10.0.0.1",
            "10.1.0.0/16",
            "10.0.0.0/8",
            "203.0.113.9",
            "2001:db8::1",
            "2001:0DB8::/32",
            "::ffff:10.0.0.1",
            "10.0.0.0/33",
            "0.0.0.0/0",
        ],
        Sort::Arn => &[
            "arn:aws:s3:::b",
            "arn:aws:sns:eu-west-1:111111111111:t",
            "arn:aws:iam::111111111111:role/app",
            "arn:aws:iam::111111111111:user/bob",
            "arn:aws:s3",
            "arn:aws:sns:eu-west-1:111111111111:t:sub",
            "arn:aws:s3:eu-west-1:222222222222:accesspoint/ap",
        ],
    };
    random.pick(pool).into()
}

/// A value of a policy: as above, with wildcards and variables.
fn operand(random: &mut Random, sort: Sort) -> Value {
    if matches!(sort, Sort::Text | Sort::Arn | Sort::Truth) && random.percent(15) {
        return variable(random, sort).into();
    }
    if random.percent(25) {
        let wild: &[&str] = match sort {
            Sort::Text => &["*", "a*", "?", "*b", "?o?", "b*b", "${*}", "a${*}", "${?}", "team-?"],
            Sort::Arn => &[
                "*",
                "arn:*",
                "arn:aws:s3:::*",
                "arn:aws:*:*:*:*",
                "arn:aws:iam::*:role/*",
                "arn:*:sns:*:111111111111:t*",
                "arn:aws:iam::1*",
                "arn:aws:s3:*:*:accesspoint/*",
                "arn:aws:s3:eu-west-1:222222222222:accesspoint/*",
                "*:aws:iam::111111111111:user/bob",
                "arn:aws:sns:*:t",
            ],
            Sort::Truth if random.percent(50) => return Value::Bool(random.percent(50)),
            Sort::Number if random.percent(50) => return json!(2),
            _ => &["x"],
        };
        return random.pick(wild).into();
    }
    value(random, sort).into()
}

fn variable(random: &mut Random, sort: Sort) -> String {
    let key = random.pick(&[
        "aws:username",
        "AWS:UserName",
        "aws:PrincipalTag/team",
        "aws:TagKeys",
        "aws:SecureTransport",
        "x:nothing",
        "aws:SourceVpc",
        "aws: username",
        "",
    ]);
    let default = random.pick(&["", "", ", 'a'", ", 'b*'", ", ''", ",'a'"]);
    let text = format!("${{{key}{default}}}");
    match sort {
        Sort::Arn => {
            let before = random.pick(&["arn:aws:iam::111111111111:user/", "arn:aws:s3:::", "", "arn:aws:"]);
            format!("{before}{text}")
        }
        Sort::Text => {
            let (before, after) = (random.pick(&["", "", "team-", "*"]), random.pick(&["", "", "*", "$"]));
            format!("{before}{text}{after}")
        }
        _ => text,
    }
}

pub(crate) fn statement(random: &mut Random, scene: &Scene, policy_type: PolicyType) -> Value {
    let mut statement = Map::new();
    let is_rcp = policy_type == PolicyType::Rcp;
    let denies = is_rcp || random.percent(18);
    statement.insert("Effect".into(), if denies { "Deny" } else { "Allow" }.into());
    if policy_type.has_principal() {
        let negated = denies && !is_rcp && policy_type != PolicyType::Trust && random.percent(30);
        let value = if is_rcp { "*".into() } else { principal(random, scene, policy_type) };
        statement.insert(if negated { "NotPrincipal" } else { "Principal" }.into(), value);
    }
    // Denies miss more often, else nothing is allowed.
    let aim = if denies { 55 } else { 92 };
    let negated = !is_rcp && random.percent(10);
    let entries = list(random, |random| action(random, scene, if negated { 100 - aim } else { aim }).into());
    statement.insert(if negated { "NotAction" } else { "Action" }.into(), entries);
    if policy_type != PolicyType::Trust && !(policy_type == PolicyType::Resource && random.percent(10)) {
        let negated = random.percent(12);
        let entries =
            list(random, |random| resource(random, scene, if negated { 100 - aim } else { aim }).into());
        statement.insert(if negated { "NotResource" } else { "Resource" }.into(), entries);
    }
    if random.percent(if denies { 60 } else { 30 }) {
        statement.insert("Condition".into(), condition(random));
    }
    Value::Object(statement)
}

/// One entry, or a list of none to two.
fn list(random: &mut Random, mut entry: impl FnMut(&mut Random) -> Value) -> Value {
    match random.below(12) {
        0 => json!([]),
        1..=3 => json!([entry(random), entry(random)]),
        4 => json!([entry(random)]),
        _ => entry(random),
    }
}

fn action(random: &mut Random, scene: &Scene, aim: u64) -> String {
    let (prefix, name) = scene.action.split_once(':').unwrap();
    if !random.percent(aim) {
        return random
            .pick(&["s3:PutObject", "sqs:*", "iam:Get*", "kms:Encrypt", "s3:Get?", "ec2:Run*"])
            .into();
    }
    match random.below(8) {
        0 => "*".into(),
        1 => format!("{prefix}:*"),
        2 => format!("{}:{}", prefix.to_uppercase(), name.to_lowercase()),
        3 => format!("{prefix}:{}*", &name[..3]),
        4 => format!("{prefix}:*{}", &name[name.len() - 4..]),
        5 => format!("{prefix}:?{}", &name[1..]),
        6 if random.percent(30) => "*:*".into(),
        _ => scene.action.clone(),
    }
}

fn resource(random: &mut Random, scene: &Scene, aim: u64) -> String {
    if !random.percent(aim) {
        let others =
            ["arn:aws:s3:::other/*", "arn:aws:sqs:*:*:x", "arn:aws:s3:::b/z?", "arn:aws:ec2:*:*:volume/*"];
        return random.pick(&others).into();
    }
    let whole = &scene.resources[random.below(scene.resources.len())];
    if whole == "*" {
        return random
            .pick(&["*", "*", "arn:aws:s3:::*", "arn:aws:*:::*", "arn:*", "arn:aws:s3:::${x:nothing}"])
            .into();
    }
    let parts: Vec<&str> = whole.splitn(6, ':').collect();
    let with = |at: usize, part: &str| {
        let mut parts = parts.clone();
        parts[at] = part;
        parts.join(":")
    };
    let last = parts[5];
    match random.below(20) {
        0..=4 => "*".into(),
        5 => with(5, "*"),
        6 => with(5, &format!("{}*", &last[..1])),
        7 => with(5, &format!("?{}", &last[1..])),
        8 => with(1 + random.below(4), random.pick(&["*", "?*", "a*", "*s*", "??"])),
        9 => format!("arn:{}:{}*", parts[1], parts[2]),
        10 => random
            .pick(&["arn:*", "arn:aws:*", "arn:aws:s3", "arn:aws:s?:*", "arn:*:*k*", "arn:aws:*:b*"])
            .into(),
        11 => with(5, &format!("{}${{aws:username}}*", if last.contains('/') { "b/" } else { "" })),
        12 => with(5, &variable(random, Sort::Text)),
        13 => with(4, "${aws:ResourceAccount}"),
        14 => with(5, &last.replace('*', "${*}").replace('k', "${aws:PrincipalTag/team, 'k'}")),
        15 => format!("arn:*{last}"),
        16 => with(2, "*").replace("*:*", "*:"),
        17 => with(5, &format!("{}*{}", &last[..1], &last[last.len() - 1..])),
        _ => whole.clone(),
    }
}

fn principal(random: &mut Random, scene: &Scene, policy_type: PolicyType) -> Value {
    if random.percent(30) {
        return "*".into();
    }
    let mut map = Map::new();
    let aws = list(random, |random| {
        if !scene.principals.is_empty() && random.percent(50) {
            let own = &scene.principals[random.below(scene.principals.len())];
            if own.starts_with("arn:") && !own.contains("saml-provider") {
                return own.clone().into();
            }
        }
        let account = random.pick(&ACCOUNTS);
        match random.below(10) {
            0 | 1 => "*".into(),
            2 => (*account).into(),
            3 => format!("arn:aws:iam::{account}:root").into(),
            4 => format!("arn:aws-cn:iam::{account}:root").into(),
            5 => random.pick(&["AIDAEXAMPLEBOB", "AROAEXAMPLEAPP"]).into(),
            6 => format!("arn:aws:iam::{account}:role/app").into(),
            7 => format!("arn:aws:iam::{account}:role/team/app").into(),
            8 => format!("arn:aws:sts::{account}:assumed-role/app/s").into(),
            _ => format!("arn:aws:iam::{account}:user/bob").into(),
        }
    });
    if random.percent(85) {
        map.insert("AWS".into(), aws);
    }
    if random.percent(25) {
        map.insert("Service".into(), random.pick(&["sns.amazonaws.com", "ec2.amazonaws.com"]).into());
    }
    if policy_type == PolicyType::Trust && random.percent(40) {
        let providers = ["accounts.google.com", "arn:aws:iam::111111111111:saml-provider/idp"];
        map.insert("Federated".into(), random.pick(&providers).into());
    }
    if matches!(policy_type, PolicyType::Resource) && random.percent(10) {
        map.insert("CanonicalUser".into(), "c".repeat(64).into());
    }
    Value::Object(map)
}

fn condition(random: &mut Random) -> Value {
    let mut condition = Map::new();
    for _ in 0..[1, 1, 1, 2][random.below(4)] {
        let (key, sort) = KEYS[random.below(KEYS.len())];
        let (operator, sort) = operator(random, sort);
        let entry = condition.entry(operator.clone()).or_insert_with(|| json!({}));
        if random.percent(3) {
            continue;
        }
        let values = if operator.contains("Null") {
            list(random, |random| random.pick(&["true", "false", "TRUE", "x"]).into())
        } else {
            list(random, |random| operand(random, sort))
        };
        let keys = entry.as_object_mut().unwrap();
        if !keys.keys().any(|other| other.eq_ignore_ascii_case(key)) {
            keys.insert(spelling(random, key), values);
        }
    }
    Value::Object(condition)
}

/// An operator, mostly one that fits the sort, with what its values look like.
fn operator(random: &mut Random, sort: Sort) -> (String, Sort) {
    let fitting = |name: &OperatorName| {
        let text = name.as_str();
        match sort {
            Sort::Text => text.starts_with("String"),
            Sort::Number => text.starts_with("Numeric"),
            Sort::Date => text.starts_with("Date"),
            Sort::Truth => text == "Bool",
            Sort::Bytes => text == "BinaryEquals",
            Sort::Address => text.ends_with("IpAddress"),
            Sort::Arn => text.starts_with("Arn"),
        }
    };
    let all: Vec<OperatorName> = OperatorName::ALL.to_vec();
    let fits = random.percent(70);
    let pool: Vec<OperatorName> = all.into_iter().filter(|name| !fits || fitting(name)).collect();
    let name = pool[random.below(pool.len())].as_str();
    let sort = match name {
        _ if fits => sort,
        _ if name.starts_with("String") => Sort::Text,
        _ if name.starts_with("Numeric") => Sort::Number,
        _ if name.starts_with("Date") => Sort::Date,
        "Bool" => Sort::Truth,
        "BinaryEquals" => Sort::Bytes,
        _ if name.ends_with("IpAddress") => Sort::Address,
        _ => Sort::Arn,
    };
    let quantifier = random.pick(&["", "", "", "ForAllValues:", "ForAnyValue:"]);
    let if_exists = if random.percent(25) && name != "Null" { "IfExists" } else { "" };
    (format!("{quantifier}{name}{if_exists}"), sort)
}
