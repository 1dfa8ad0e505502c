//! CloudFormation and SAM templates: what their functions make of policies.

use crate::support::{codes, corpus, load_corpus, load_text, loaded_with, text_of, underlined};
use polsim_env::load::Loaded;

/// A template with one policy whose statement is `statement`, and these resources beside it.
fn template(statement: &str, others: &str) -> String {
    format!(
        r#"{{"Parameters": {{"Name": {{"Type": "String"}}, "Names": {{"Type": "CommaDelimitedList", "Default": "a, b"}}}},
        "Conditions": {{"Yes": {{"Fn::Not": [{{"Fn::Equals": ["a", "b"]}}]}}, "Open": {{"Fn::Equals": [{{"Ref": "Name"}}, "x"]}}}},
        "Resources": {{"B": {{"Type": "AWS::S3::Bucket"}}{others},
        "P": {{"Type": "AWS::IAM::ManagedPolicy", "Properties": {{"PolicyDocument":
        {{"Version": "2012-10-17", "Statement": [{statement}]}}}}}}}}}}"#
    )
}

/// The resource of the one policy when it is written as `value`.
fn resource(value: &str) -> (String, Loaded) {
    let statement = format!(r#"{{"Effect": "Allow", "Action": "s3:*", "Resource": {value}}}"#);
    let loaded = load_text("t.json", &template(&statement, ""));
    let text = text_of(&loaded, "P");
    let at = text.find("\"Resource\": ").unwrap();
    (text[at + 12..].to_owned(), loaded)
}

#[test]
fn functions_give_what_they_say() {
    let cases = [
        (r#"{"Fn::Sub": "arn:aws:s3:::x-${Names2}/${!aws:username}"}"#, None),
        (r#"{"Fn::Sub": ["arn:aws:s3:::${A}/*", {"A": "own"}]}"#, Some(r#""arn:aws:s3:::own/*""#)),
        (r#"{"Fn::Sub": "arn:aws:s3:::x/${!aws:username}"}"#, Some(r#""arn:aws:s3:::x/${aws:username}""#)),
        (r#"{"Fn::Join": [":", ["arn:aws:s3", "", "", "x"]]}"#, Some(r#""arn:aws:s3:::x""#)),
        (r#"{"Fn::Select": [1, {"Fn::Split": ["|", "a|arn:aws:s3:::y"]}]}"#, Some(r#""arn:aws:s3:::y""#)),
        (
            r#"{"Fn::Join": ["", ["arn:aws:s3:::", {"Fn::Select": ["1", {"Ref": "Names"}]}]]}"#,
            Some(r#""arn:aws:s3:::b""#),
        ),
        (r#"{"Fn::If": ["Yes", "arn:aws:s3:::yes", "arn:aws:s3:::no"]}"#, Some(r#""arn:aws:s3:::yes""#)),
        (r#"{"Fn::GetAtt": ["B", "Arn"]}"#, Some(r#"["arn:aws:s3:::${polsim:unknown/B}"]"#)),
        (r#"{"Fn::GetAtt": "B.Arn"}"#, Some(r#"["arn:aws:s3:::${polsim:unknown/B}"]"#)),
        (
            r#"{"Fn::Sub": "arn:${AWS::Partition}:s3:::${B}/*"}"#,
            Some(r#"["arn:aws:s3:::${polsim:unknown/B}/*"]"#),
        ),
        // What a parameter is may have wildcards: the statement is sure only about what is known.
        (
            r#"{"Fn::Sub": "arn:aws:s3:::${Name}/*"}"#,
            Some(
                r#"["arn:aws:s3:::*/*"], "Condition": {"Bool": {"polsim:perhaps/Name#t.json%20P#0": "true"}}"#,
            ),
        ),
        (
            r#"{"Fn::If": ["Open", "arn:aws:s3:::yes", "arn:aws:s3:::no"]}"#,
            Some(r#""*", "Condition": {"Bool": {"polsim:perhaps/If Open"#),
        ),
    ];
    for (value, wanted) in cases {
        let (text, loaded) = resource(value);
        match wanted {
            Some(wanted) if wanted.contains("If Open") => {
                assert!(text.contains("polsim:perhaps/If%20Open#t.json%20P#0"), "{value}: {text}");
            }
            Some(wanted) => {
                assert!(text.starts_with(wanted), "{value}: {text}");
                assert_eq!(codes(&loaded.problems), [] as [&str; 0], "{value}");
            }
            None => assert_eq!(codes(&loaded.problems), ["LOD033"], "{value}"),
        }
    }
}

#[test]
fn what_does_not_exist_is_told_with_what_may_be_meant() {
    let help = |value: &str| {
        let (_, loaded) = resource(value);
        let [problem] = loaded.problems.as_slice() else { panic!("{value}: {:?}", loaded.problems) };
        (
            problem.code(),
            problem.file.slice(problem.span).to_owned(),
            problem.help().map(|help| help.into_owned()),
        )
    };
    let near = |name: &str| Some(format!("did you mean `{name}`?"));
    assert_eq!(help(r#"{"Fn::Subb": "x"}"#), ("LOD031", "\"Fn::Subb\"".to_owned(), near("Fn::Sub")));
    assert_eq!(help(r#"{"Ref": "Nmae"}"#), ("LOD033", "\"Nmae\"".to_owned(), near("Name")));
    assert_eq!(help(r#"{"Ref": "AWS::Acount"}"#).0, "LOD033");
    assert_eq!(help(r#"{"Fn::Join": ["x"]}"#).0, "LOD032");
    let variable = help(r#"{"Fn::Sub": "arn:aws:s3:::x/${aws:username}"}"#);
    assert!(variable.2.unwrap().contains("${!aws:username}"));
}

#[test]
fn a_name_that_is_made_of_itself_is_not_known() {
    let others =
        r#", "C": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "${C}-${C}-${C}"}}}"#;
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": {"Fn::GetAtt": ["C", "Arn"]}}"#;
    let loaded = load_text("t.json", &template(statement, others));
    assert!(text_of(&loaded, "P").contains("${polsim:unknown/C}"));
}

#[test]
fn every_policy_of_a_template_is_found() {
    let loaded = load_corpus("../iac/cloudformation/service.yaml");
    assert_eq!(codes(&loaded.problems), [] as [&str; 0]);
    let names: Vec<&str> = loaded.policies.iter().map(|policy| policy.name.as_str()).collect();
    assert_eq!(names, ["Worker.Policies[files]", "Worker.AssumeRolePolicyDocument", "Send", "UploadsPolicy"]);
    let files = text_of(&loaded, "Worker.Policies[files]");
    assert!(files.contains("arn:aws:s3:::${polsim:unknown/Uploads}/*"), "{files}");
    assert!(files.contains("arn:aws:s3:::otter-dev/${aws:username}/*"), "{files}");
    assert!(!files.contains("Never"), "{files}");
    assert_eq!(underlined(&loaded, "Worker.Policies[files]", "\"s3:GetObject\""), "s3:GetObject");
    // The account and the region are not told, and a wildcard in a queue's ARN is no more than may be.
    let send = text_of(&loaded, "Send");
    assert!(send.contains("arn:aws:sqs:*:*:jobs-dev") && send.contains("polsim:perhaps/"), "{send}");
    let shared = text_of(&loaded, "UploadsPolicy");
    assert!(shared.contains(r#""Principal": "*""#) && shared.contains("polsim:perhaps/Partner"), "{shared}");
    let unknowns: Vec<&str> = loaded.unknowns.iter().map(|unknown| unknown.name.as_str()).collect();
    assert_eq!(unknowns, ["Uploads", "AWS::Region", "AWS::AccountId", "Partner"]);
    assert!(loaded.facts.principals.is_empty());
}

#[test]
fn parameters_tell_the_account_and_then_who_there_is() {
    let given = [
        ("AWS::AccountId", "111122223333"),
        ("AWS::Region", "eu-west-1"),
        ("Partner", "444455556666"),
        ("Stage", "prod"),
    ];
    let loaded = loaded_with(&corpus("../iac/cloudformation/service.yaml"), &given);
    let send = text_of(&loaded, "Send");
    assert!(
        send.contains("arn:aws:sqs:eu-west-1:111122223333:jobs-prod") && !send.contains("polsim:"),
        "{send}"
    );
    assert!(text_of(&loaded, "Worker.Policies[files]").contains("Never"));
    let [worker] = loaded.facts.principals.as_slice() else { panic!() };
    assert_eq!(worker.arn.value, "arn:aws:iam::111122223333:role/worker");
    assert_eq!(worker.inline.as_ref().map(Vec::len), Some(2));
    assert!(worker.trust.is_some());
    let resources: Vec<&str> = loaded.facts.resources.iter().map(|fact| fact.arn.value.as_str()).collect();
    assert_eq!(resources, ["arn:aws:s3:::Uploads"]);
}

#[test]
fn sam_templates_that_are_not_known_allow_anything_perhaps() {
    let loaded = load_corpus("../iac/cloudformation/sam.json");
    assert_eq!(codes(&loaded.problems), [] as [&str; 0]);
    let read = text_of(&loaded, "Read.Policies[0]");
    assert!(read.contains("dynamodb:GetItem") && read.contains(":table/otters/index/*"), "{read}");
    let basic = text_of(&loaded, "Read.Policies[1]");
    assert!(basic.contains("sam.json%20Read.Policies[1]#0"), "{basic}");
    assert!(!text_of(&loaded, "Read.Policies[2]").contains("polsim"));
    let call = text_of(&loaded, "MayCall");
    assert!(call.contains(r#""Principal": {"Service": "s3.amazonaws.com"}"#), "{call}");
    assert!(call.contains(r#""AWS:SourceAccount": ["${polsim:unknown/AWS::AccountId}"]"#), "{call}");
}

#[test]
fn windows_line_ends_change_nothing() {
    let text = corpus("../iac/cloudformation/service.yaml").text().replace('\n', "\r\n");
    let loaded = load_text("t.yaml", &text);
    assert_eq!(codes(&loaded.problems), [] as [&str; 0]);
    assert_eq!(underlined(&loaded, "Worker.Policies[files]", "\"s3:GetObject\""), "s3:GetObject");
}

#[test]
fn a_truncated_template_says_so() {
    let text = corpus("../iac/cloudformation/sam.json");
    let cut = load_text("t.json", text.text().get(..700).unwrap());
    assert!(codes(&cut.problems).contains(&"LOD002"));
    let broken =
        load_text("t.yaml", "Resources:\n  A:\n    Type: AWS::IAM::Policy\n    Properties: {a: [}\n");
    assert_eq!(codes(&broken.problems), ["LOD030"]);
}

#[test]
fn a_template_without_policies_is_a_note() {
    let loaded = load_text("t.json", r#"{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}"#);
    assert_eq!((codes(&loaded.problems), codes(&loaded.notes)), (vec![], vec!["LOD034"]));
}
