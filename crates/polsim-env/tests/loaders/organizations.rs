//! `aws organizations …`: a folder of its outputs, and one file with the members of many.

use crate::support::{codes, corpus, environment, load_text, merged, underlined};
use polsim_env::load::{Loaded, load};
use polsim_text::Limits;

const FILES: [&str; 15] = [
    "describe-organization.json",
    "describe-policy.p-FullAWSAccess.json",
    "describe-policy.p-onlyeu0001.json",
    "describe-policy.p-tls0000001.json",
    "list-accounts.json",
    "list-organizational-units-for-parent.r-ab12.json",
    "list-parents.111122223333.json",
    "list-parents.444455556666.json",
    "list-policies-for-target.111122223333.json",
    "list-policies-for-target.444455556666.json",
    "list-policies-for-target.ou-ab12-11111111.json",
    "list-policies-for-target.r-ab12.json",
    "list-roots.json",
    "list-targets-for-policy.p-tls0000001.json",
    "../account-authorization-details.json",
];

fn folder(is_there: impl Fn(&str) -> bool) -> Loaded {
    let mut loaded = Loaded::default();
    for name in FILES.into_iter().filter(|name| is_there(name)) {
        loaded.append(load(&corpus(&format!("organization/{name}")), None, &Limits::default()));
    }
    loaded
}

#[test]
fn a_folder_of_outputs_is_an_organization() {
    let environment = environment(folder(|_| true));
    let data = environment.account("444455556666").unwrap();
    assert!(data.in_organization && !data.is_management);
    assert_eq!(data.organization_path.as_deref(), Some("o-exampleorg1/r-ab12/ou-ab12-11111111/"));
    assert_eq!(data.scp_levels, ["Root", "Workloads", "444455556666"]);
    let counts: Vec<usize> = data.scps.iter().flatten().map(Vec::len).collect();
    assert_eq!(counts, [1, 2, 1]);
    assert_eq!(data.rcp_levels, ["Workloads"]);
    assert!(environment.account("111122223333").unwrap().is_management);
}

#[test]
fn the_content_of_a_policy_is_underlined_in_its_string() {
    let loaded = folder(|_| true);
    let name = "service control policy OnlyEu (p-onlyeu0001)";
    assert_eq!(underlined(&loaded, name, "\"aws:RequestedRegion\""), r#"\"aws:RequestedRegion\""#);
}

#[test]
fn what_is_missing_is_told() {
    // Nothing tells what an account is in.
    let no_parent = merged(folder(|name| name != "list-parents.444455556666.json"));
    assert_eq!(codes(&no_parent.problems), ["LOD014"]);
    // A policy is attached, and nothing has its text.
    let no_text = merged(folder(|name| name != "describe-policy.p-onlyeu0001.json"));
    assert_eq!(codes(&no_text.problems), ["LOD009"]);
    // Nobody asked what is attached to an account: AWS does not let that be nothing.
    let not_asked = merged(folder(|name| name != "list-policies-for-target.444455556666.json"));
    assert_eq!((codes(&not_asked.problems), codes(&not_asked.notes)), (vec![], vec!["LOD012"]));
    // The same without the names of the files.
    let unnamed = load_text("out.json", corpus("organization/list-parents.444455556666.json").text());
    assert_eq!(codes(&unnamed.problems), ["LOD015"]);
    let truncated = load_text("a.json", r#"{"Roots": [{"Id": "r-ab12"}], "NextToken": "t"}"#);
    assert_eq!(codes(&truncated.problems), ["LOD004"]);
}

#[test]
fn one_file_may_have_the_members_of_all_outputs() {
    let text = r#"{
        "Organization": { "Id": "o-exampleorg1", "MasterAccountId": "111122223333" },
        "Accounts": [
            { "Id": "111122223333", "ParentId": "r-ab12" },
            { "Id": "444455556666", "ParentId": "ou-ab12-22222222" }
        ],
        "OrganizationalUnits": [
            { "Id": "ou-ab12-22222222", "Name": "Data", "ParentId": "ou-ab12-11111111" },
            { "Id": "ou-ab12-11111111", "Name": "Data", "ParentId": "r-ab12" }
        ],
        "Roots": [{ "Id": "r-ab12", "Name": "Root" }],
        "Policies": [
            { "Id": "p-FullAWSAccess", "Name": "FullAWSAccess", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": true,
              "Content": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}" },
            { "Id": "p-tags000001", "Name": "Tags", "Type": "TAG_POLICY", "AwsManaged": false, "Content": "{}" }
        ],
        "Attachments": [
            { "TargetId": "r-ab12", "PolicyIds": ["p-FullAWSAccess", "p-RCPFullAWSAccess"] },
            { "TargetId": "ou-ab12-11111111", "PolicyIds": ["p-FullAWSAccess"] },
            { "TargetId": "ou-ab12-22222222", "PolicyIds": ["p-FullAWSAccess"] },
            { "TargetId": "444455556666", "PolicyIds": ["p-FullAWSAccess"] }
        ]
    }"#;
    let environment = environment(load_text("organization.json", text));
    let data = environment.account("444455556666").unwrap();
    assert_eq!(
        data.scp_levels,
        ["Root", "Data (ou-ab12-11111111)", "Data (ou-ab12-22222222)", "444455556666"]
    );
}
