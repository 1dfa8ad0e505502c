//! Random requests: lawful ones, made of parts that fit together, and wild ones.

#[path = "../../../../polsim-prove/tests/random/numbers.rs"]
#[expect(dead_code, reason = "the tests of the crate need more of it")]
mod numbers;

use crate::keys::{Arity, arity};
pub(crate) use numbers::Random;
use polsim_arn::ActionName;
use polsim_eval::{
    Accounts, Context, KeyState, KeyTable, NetworkPath, Principal, PrincipalKind, Request, Unstated,
};
use polsim_policy::ConditionKey;

/// Keys with values that real requests have, and values that they do not.
const KEYS: [(&str, &[&str], &[&str]); 44] = [
    ("aws:CurrentTime", &[], &["2026-01-01T00:00:00Z", "2026-01-01T00:00:01.75Z", "2025-06-01", "soon"]),
    ("aws:EpochTime", &[], &["1767225600", "1767225601", "1767225600.5", "1748736000", "soon"]),
    ("aws:TokenIssueTime", &[], &["2026-01-01T00:00:00.5Z", "2025-12-31", "2026-01-01T00:00:01Z", "soon"]),
    ("aws:MultiFactorAuthPresent", &[], &["true", "false", "maybe"]),
    ("aws:MultiFactorAuthAge", &[], &["300", "old"]),
    ("aws:SecureTransport", &["true", "false"], &["maybe"]),
    ("aws:RequestedRegion", &[], &["us-east-1", "eu-west-1"]),
    ("aws:UserAgent", &["aws-cli/2"], &[]),
    ("aws:ViaAWSService", &[], &["true", "false", "TRUE", "maybe"]),
    ("aws:SourceVpce", &["vpce-1a2b3c4d", "vpce-0123456789abcdef0"], &["vpce-1", "a"]),
    ("aws:SourceVpc", &["vpc-1a2b3c4d"], &["vpc-0123456789abcdef0", "vpc-1", "a"]),
    ("aws:VpcSourceIp", &["10.0.0.1"], &["nowhere"]),
    ("aws:SourceIp", &["203.0.113.10", "2001:db8::10"], &["nowhere"]),
    (
        "aws:SourceVpcArn",
        &[],
        &[
            "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1a2b3c4d",
            "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1",
            "arn:aws:ec2:us-east-1:111122223333:vpc/a",
            "vpc-1",
        ],
    ),
    ("aws:VpceAccount", &["111122223333"], &["1"]),
    ("aws:VpceOrgID", &[], &["o-exampleorgid", "o-x", "o/x"]),
    ("aws:VpceOrgPaths", &[], &["o-exampleorgid/r-1/", "o-x/r-2/ou-2/", "o-x"]),
    ("aws:PrincipalOrgID", &[], &["o-exampleorgid", "o-x", "o/x"]),
    ("aws:PrincipalOrgPaths", &[], &["o-exampleorgid/r-1/", "o-x/r-2/ou-2/", "o-x", "o/x/r"]),
    ("aws:ResourceOrgID", &[], &["o-exampleorgid", "o-x"]),
    ("aws:ResourceOrgPaths", &[], &["o-exampleorgid/r-1/", "o-x/r-2/", "o-x"]),
    ("aws:SourceOrgID", &[], &["o-exampleorgid", "o-x"]),
    ("aws:SourceOrgPaths", &[], &["o-exampleorgid/r-1/", "o-x/r-2/", "o-x"]),
    ("aws:PrincipalTag/team", &["red"], &["blue"]),
    ("aws:CalledVia", &[], &["athena.amazonaws.com", "cloudformation.amazonaws.com"]),
    ("aws:CalledViaFirst", &[], &["athena.amazonaws.com", "cloudformation.amazonaws.com"]),
    ("aws:CalledViaLast", &[], &["athena.amazonaws.com", "cloudformation.amazonaws.com"]),
    ("aws:PrincipalServiceNamesList", &["ec2.amazonaws.com"], &["a"]),
    (
        "aws:SourceArn",
        &[],
        &[
            "arn:aws:sns:us-east-1:111122223333:t",
            "arn:aws:sns:us-east-1:444455556666:t",
            "arn:aws:s3:::b",
            "b",
        ],
    ),
    ("aws:SourceAccount", &[], &["111122223333", "444455556666", "1"]),
    ("aws:RequestTag/team", &[], &["red", "blue"]),
    ("aws:RequestTag/Cost Center", &[], &["1", "2"]),
    ("aws:TagKeys", &[], &["team", "TEAM", "cost center", "other"]),
    ("aws:Ec2InstanceSourceVpc", &["vpc-1a2b3c4d"], &["a"]),
    ("aws:Ec2InstanceSourcePrivateIPv4", &["10.0.0.7"], &["nowhere"]),
    ("ec2:SourceInstanceARN", &["arn:aws:ec2:us-east-1:111122223333:instance/i-1"], &["i-1"]),
    ("aws:ResourceAccount", &[], &["111122223333", "444455556666"]),
    ("s3:prefix", &["home/"], &["x"]),
    ("app:tags", &["a", "b"], &["c"]),
    ("aws:ResourceTag/team", &["red"], &["blue"]),
    ("aws:FederatedProvider", &["accounts.google.com"], &["x"]),
    ("aws:SourceIdentity", &["alice"], &["bob"]),
    ("aws:AssumedRoot", &["true", "false"], &["maybe"]),
    ("aws:referer", &["https://example.com"], &["x"]),
];

const RESOURCES: [&str; 7] = [
    "*",
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::b",
    "arn:aws:kms:us-east-1:111122223333:key/k",
    "arn:aws:kms:us-east-1:444455556666:key/k",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws-cn:s3:::b/k",
];
const ACCOUNTS: [&str; 2] = ["111122223333", "444455556666"];

/// The situation of a request.
pub(crate) struct Place {
    pub(crate) kind: PrincipalKind,
    pub(crate) path: NetworkPath,
    pub(crate) accounts: Accounts,
}

impl Place {
    pub(crate) fn random(random: &mut Random) -> Self {
        let kind = PrincipalKind::ALL[random.below(8)];
        let path = [NetworkPath::Direct, NetworkPath::Gateway, NetworkPath::Interface][random.below(3)];
        let is_own = kind.is_bound_by_scps() && random.percent(50);
        Self { kind, path, accounts: if is_own { Accounts::Same } else { Accounts::Cross } }
    }
}

/// All keys with numbers.
pub(crate) fn table() -> KeyTable {
    let mut table = KeyTable::default();
    for (name, ..) in KEYS {
        table.intern(&key(name));
    }
    table
}

fn key(name: &str) -> ConditionKey {
    ConditionKey::new(name).unwrap()
}

fn principal(random: &mut Random, kind: PrincipalKind) -> Principal {
    let account = random.pick(&ACCOUNTS);
    let arn = match kind {
        PrincipalKind::User => format!("arn:aws:iam::{account}:user/bob"),
        PrincipalKind::RoleSession => format!("arn:aws:iam::{account}:role/team/app"),
        PrincipalKind::FederatedUser => format!("arn:aws:sts::{account}:federated-user/fred"),
        PrincipalKind::Root => format!("arn:aws:iam::{account}:root"),
        PrincipalKind::Service => "ec2.amazonaws.com".to_owned(),
        PrincipalKind::Anonymous => "anonymous".to_owned(),
        PrincipalKind::Saml => format!("arn:aws:iam::{account}:saml-provider/idp"),
        PrincipalKind::Oidc => return Principal::new(kind, Some("accounts.google.com")),
    };
    Principal::read(&arn).unwrap()
}

/// A request of a situation with any states of keys, that says of each key what it is.
pub(crate) fn wild(random: &mut Random, place: &Place) -> Request {
    let actions = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "kms:Decrypt"];
    let principal = principal(random, place.kind);
    let action = ActionName::parse(random.pick(&actions)).unwrap();
    let mut request = Request::of(principal, action);
    request.path = place.path;
    request.resource = random.pick(&RESOURCES).to_owned();
    request.resource_account = Some(owner(random, place, &request));
    request.context = Context::new(Unstated::Absent);
    for (name, good, bad) in KEYS {
        let values: Vec<&str> = good.iter().chain(bad).copied().collect();
        request.context.replace(key(name), state(random, name, &values));
    }
    let account = KeyState::One(request.resource_account.clone().unwrap());
    request.context.replace(key("aws:ResourceAccount"), account);
    request.complete().unwrap();
    request
}

/// An owner of the resource as the situation has it.
fn owner(random: &mut Random, place: &Place, request: &Request) -> String {
    let own = request.principal.account();
    let is_fit = |account: &&&str| match place.accounts {
        Accounts::Same => own == Some(**account),
        _ => own != Some(**account),
    };
    let fits: Vec<&&str> = ACCOUNTS.iter().filter(is_fit).collect();
    (**fits[random.below(fits.len())]).to_owned()
}

fn state(random: &mut Random, name: &str, values: &[&str]) -> KeyState {
    let value = |random: &mut Random| if random.percent(4) { "" } else { values[random.below(values.len())] };
    let is_list = match arity(&key(name).folded()) {
        Arity::One => false,
        Arity::Many => true,
        Arity::Unknown => random.percent(50),
    };
    match (random.percent(45), is_list) {
        (true, _) => KeyState::Absent,
        (false, false) => KeyState::One(value(random).to_owned()),
        (false, true) => {
            let count = [0, 1, 1, 2, 2, 3][random.below(6)];
            KeyState::List((0..count).map(|_| value(random).to_owned()).collect())
        }
    }
}

/// Whether what is wrong with the calls of a request is their order alone.
pub(crate) fn is_out_of_order(request: &Request) -> bool {
    let calls = request.context.get(&key("aws:CalledVia")).values();
    let is_listed = |name| {
        let values = request.context.get(&key(name)).values();
        values.iter().all(|value| calls.contains(value))
    };
    !calls.is_empty() && is_listed("aws:CalledViaFirst") && is_listed("aws:CalledViaLast")
}

/// A request of a situation that is as real ones are.
pub(crate) fn lawful(random: &mut Random, place: &Place) -> Request {
    let mut request = wild(random, place);
    request.resource = loop {
        // The last one is in another partition.
        let resource = RESOURCES[random.below(RESOURCES.len() - 1)];
        let account = polsim_arn::Arn::parse(resource).map_or("", |arn| arn.account);
        if account.len() != 12 || Some(account) == request.resource_account.as_deref() {
            break resource.to_owned();
        }
    };
    let mut context = Context::new(Unstated::Absent);
    for (name, good, _) in KEYS {
        let state = if good.is_empty() || random.percent(40) {
            KeyState::Absent
        } else {
            state_of(name, &[good[random.below(good.len())]])
        };
        context.replace(key(name), state);
    }
    request.context = context;
    let mut set = |name: &str, values: &[&str]| request.context.replace(key(name), state_of(name, values));
    let (now, seconds) =
        [("2026-01-01T00:00:01.75Z", "1767225601"), ("2026-01-01T00:00:00Z", "1767225600")][random.below(2)];
    set("aws:CurrentTime", &[now]);
    set("aws:EpochTime", &[seconds]);
    set("aws:SecureTransport", &["true"]);
    set("aws:UserAgent", &["aws-cli/2"]);
    set("aws:RequestedRegion", &["us-east-1"]);
    let is_through = place.path != NetworkPath::Direct;
    let is_service = place.kind == PrincipalKind::Service;
    let is_via = !is_through && !is_service && random.percent(50);
    set("aws:ViaAWSService", &[if is_via { "true" } else { "false" }]);
    if is_via && random.percent(70) {
        let calls = ["athena.amazonaws.com", "cloudformation.amazonaws.com"];
        let calls = &calls[..1 + random.below(2)];
        set("aws:CalledVia", calls);
        set("aws:CalledViaFirst", &calls[..1]);
        set("aws:CalledViaLast", &calls[calls.len() - 1..]);
    }
    for name in ["aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp", "aws:VpceAccount", "aws:SourceIp"] {
        set(name, &[]);
    }
    if is_through {
        set("aws:SourceVpce", &["vpce-1a2b3c4d"]);
        set("aws:SourceVpc", &["vpc-1a2b3c4d"]);
        set("aws:VpcSourceIp", &["10.0.0.1"]);
        set("aws:SourceVpcArn", &["arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1a2b3c4d"]);
        set("aws:VpceOrgID", &["o-x"]);
        set("aws:VpceOrgPaths", &["o-x/r-2/ou-2/"]);
    } else {
        set("aws:SourceIp", &["203.0.113.10"]);
    }
    let is_temporary = match place.kind {
        PrincipalKind::RoleSession | PrincipalKind::FederatedUser => true,
        PrincipalKind::User | PrincipalKind::Root => random.percent(50),
        _ => false,
    };
    if is_temporary {
        set("aws:TokenIssueTime", &["2025-12-31"]);
        let is_used = random.percent(50);
        set("aws:MultiFactorAuthPresent", &[if is_used { "true" } else { "false" }]);
        set("aws:MultiFactorAuthAge", if is_used { &["300"] } else { &[] });
    }
    if place.kind.is_bound_by_scps() {
        set("aws:PrincipalOrgID", &["o-x"]);
        set("aws:PrincipalOrgPaths", &["o-x/r-2/", "o-x/r-3/"]);
    } else {
        set("aws:PrincipalTag/team", &[]);
    }
    set("aws:PrincipalServiceNamesList", if is_service { &["ec2.amazonaws.com"] } else { &[] });
    if is_service && random.percent(70) {
        set("aws:SourceArn", &["arn:aws:sns:us-east-1:111122223333:t"]);
        set("aws:SourceAccount", &["111122223333"]);
    }
    if random.percent(50) {
        set("aws:RequestTag/team", &["red"]);
        set("aws:TagKeys", &["Team", "other"]);
    }
    let instance = ["aws:Ec2InstanceSourceVpc", "aws:Ec2InstanceSourcePrivateIPv4", "ec2:SourceInstanceARN"];
    let values = ["vpc-1a2b3c4d", "10.0.0.7", "arn:aws:ec2:us-east-1:111122223333:instance/i-1"];
    let is_on_instance = place.kind == PrincipalKind::RoleSession && random.percent(50);
    for (name, value) in instance.into_iter().zip(values) {
        set(name, if is_on_instance { std::slice::from_ref(&value) } else { &[] });
    }
    let account = request.resource_account.clone().unwrap();
    set("aws:ResourceAccount", &[&account]);
    request.complete().unwrap();
    request
}

fn state_of(name: &str, values: &[&str]) -> KeyState {
    match (values, arity(&key(name).folded())) {
        ([], _) => KeyState::Absent,
        ([value], Arity::One | Arity::Unknown) => KeyState::One((*value).to_owned()),
        (values, _) => KeyState::List(values.iter().map(|value| (*value).to_owned()).collect()),
    }
}
