//! Files that hold policies among other things: dumps of the AWS CLI, one by one and in folders.

use crate::looks::seen;
use crate::run::{Ran, root, run};

const DETAILS: &str = "corpus/loaders/account-authorization-details.json";
const ETL: &str = "arn:aws:iam::111122223333:role/etl";
const LAKE: &str = "arn:aws:s3:::lake/in/a";

/// Whether bad input was told in these words.
fn told(ran: &Ran, words: &str) -> bool {
    ran.err.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
}

/// Makes a folder for one test, empty.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("loaders").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_mistake_is_underlined_in_the_string_that_it_stands_in() {
    let input = r#"{"Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::lake/*\"}]}"}"#;
    insta::assert_snapshot!(seen(&["validate", "-"], "80", false, input));
}

#[test]
fn a_finding_is_underlined_where_it_is_url_encoded() {
    let text = std::fs::read_to_string(root().join(DETAILS)).unwrap();
    let input = text.replace("s3%3AGetObject", "s3%3AGetObjekt");
    insta::assert_snapshot!(seen(&["lint", "--select", "ACT", "-"], "80", false, &input));
}

#[test]
fn a_claim_is_about_each_policy_of_a_dump() {
    let arguments = ["check", DETAILS, "--expect", "deny", "s3:PutObject", "arn:aws:s3:::lake/in/*"];
    insta::assert_snapshot!(seen(&arguments, "80", false, ""));
}

#[test]
fn a_request_is_decided_by_what_a_folder_of_dumps_says() {
    let arguments = [
        "simulate",
        "--env",
        "corpus/loaders/organization.env.yaml",
        "-p",
        ETL,
        "-a",
        "s3:PutObject",
        "-r",
        LAKE,
        "--context",
        "aws:SecureTransport=false",
    ];
    // A resource control policy two levels above the bucket's account, in another file than the bucket.
    insta::assert_snapshot!(seen(&arguments, "80", false, ""));
}

#[test]
fn a_dump_is_an_environment_by_itself() {
    let ran = run(&["simulate", "--env", DETAILS, "-p", ETL, "-a", "s3:PutObject", "-r", LAKE]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.says("allowed: s3:PutObject"), "{ran:?}");
    let ran = run(&["check", "--env", DETAILS, "-p", ETL, "--expect", "deny", "s3:DeleteObject", "*"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn a_loader_can_be_forced_and_a_wrong_one_finds_nothing() {
    let with = |loader: &str| {
        run(&["simulate", "--env", DETAILS, "--from", loader, "-p", ETL, "-a", "s3:PutObject", "-r", LAKE])
    };
    assert_eq!(with("account-authorization-details").code, 0);
    let unknown = with("account-details");
    assert_eq!(unknown.code, 2);
    assert!(told(&unknown, "there is no loader `account-details`"), "{unknown:?}");
    assert!(told(&unknown, "account-authorization-details"), "{unknown:?}");
}

#[test]
fn what_is_wrong_in_one_file_of_a_folder_does_not_hide_the_others() {
    let folder = folder("broken");
    let text = std::fs::read_to_string(root().join(DETAILS)).unwrap();
    std::fs::write(folder.join("a.json"), text.get(..1000).unwrap()).unwrap();
    std::fs::write(folder.join("b.json"), text.replace("\"IsTruncated\": false", "\"IsTruncated\": true"))
        .unwrap();
    std::fs::write(folder.join("c.json"), "{\"Buckets\": 1}").unwrap();
    std::fs::write(folder.join("latin1.json"), b"{\"a\": \"\xe9\"}").unwrap();
    let path = folder.to_str().unwrap();
    let ran = run(&["simulate", "--env", path, "-p", ETL, "-a", "s3:PutObject", "-r", LAKE]);
    assert_eq!(ran.code, 2);
    for code in ["LOD002", "LOD004", "INP005"] {
        assert!(told(&ran, code), "{code}: {ran:?}");
    }
    // Policies of the file that is whole are validated all the same.
    let files: Vec<String> = ["a.json", "b.json"].map(|name| format!("{path}/{name}")).to_vec();
    let ran = run(&["validate", &files[0], &files[1]]);
    assert_eq!(ran.code, 2);
    assert!(told(&ran, "5 valid"), "{ran:?}");
}

#[test]
fn folders_without_anything_known_and_loops_of_links_are_told() {
    let folder = folder("nothing");
    std::fs::write(folder.join("package.json"), "{\"name\": \"x\"}").unwrap();
    let ran =
        run(&["simulate", "--env", folder.to_str().unwrap(), "-p", ETL, "-a", "s3:PutObject", "-r", LAKE]);
    assert_eq!(ran.code, 2);
    assert!(told(&ran, "INP027"), "{ran:?}");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&folder, folder.join("again")).unwrap();
        std::os::unix::fs::symlink(root().join(DETAILS), folder.join("link.json")).unwrap();
        let path = folder.to_str().unwrap();
        let ran = run(&["simulate", "--env", path, "-p", ETL, "-a", "s3:PutObject", "-r", LAKE]);
        assert_eq!(ran.code, 2, "links are not followed: {ran:?}");
    }
}

#[test]
fn line_ends_of_windows_give_the_same_answer() {
    let folder = folder("windows");
    let text = std::fs::read_to_string(root().join(DETAILS)).unwrap();
    std::fs::write(folder.join("d.json"), format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
    let path = folder.to_str().unwrap();
    let ran = run(&["simulate", "--env", path, "-p", ETL, "-a", "s3:PutObject", "-r", LAKE]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.says("LOD003"), "{ran:?}");
}
