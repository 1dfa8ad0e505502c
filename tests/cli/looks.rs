//! What people see, whole: a change of any word or line shows here.

use crate::run::polsim;
use std::io::Write as _;
use std::process::Stdio;

/// What a run prints, at a width, as on a terminal that draws when asked for, but without its colours.
pub(crate) fn seen(arguments: &[&str], columns: &str, draws: bool, input: &str) -> String {
    let mut command = polsim(arguments);
    command.env("COLUMNS", columns).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if draws {
        command.args(["--color", "always"]).env("LC_ALL", "C.UTF-8");
    }
    let mut child = command.spawn().unwrap();
    // A program that needs no input may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    assert!(output.stderr.is_empty(), "{output:?}");
    without_colours(&String::from_utf8(output.stdout).unwrap())
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
}

#[test]
fn problems_of_a_document() {
    let arguments = ["validate", "--type", "identity", "-"];
    let input = "{\"Version\":\"2012-10-17\",\"Statement\":[\n  {\"Effect\":\"allow\",\"Action\":[\"s3:GetObject\",\"s3PutObject\"],\"Resource\":\"arn:aws:s3:::b/*\"}\n]}\n";
    insta::assert_snapshot!(seen(&arguments, "80", false, input), @r#"
error[SYN006]: `Effect` is `Allow` or `Deny`, in exactly this spelling
   ,-[<stdin>:2:13]
 1 | {"Version":"2012-10-17","Statement":[
 2 |   {"Effect":"allow","Action":["s3:GetObject","s3PutOb...
   :             ^^^^^^^
 3 | ]}
   `----
  help: did you mean `Allow`? (S1.6.1)

error[ACT003]: an action is `service:Name`, with exactly one colon
   ,-[<stdin>:2:46]
 1 | {"Version":"2012-10-17","Statement":[
 2 | ...llow","Action":["s3:GetObject","s3PutObject"],"Resource":"arn:aws:s3:::b/*"...
   :                                   ^^^^^^^^^^^^^
 3 | ]}
   `----
  help: write "*" or a service and an action, such as "s3:GetObject" or
        "s3:Get*" (S1.8.2)

invalid: 1 file (1 invalid), 2 reasons for AWS to refuse
"#);
}

#[test]
fn an_explicit_deny_with_its_trace() {
    let arguments = [
        "simulate",
        "--identity",
        "corpus/sagemaker/role-read-artifacts.json",
        "--endpoint",
        "corpus/sagemaker/s3-endpoint-default-deny-al2.json",
        "--resource-policy",
        "corpus/sagemaker/s3-bucket-only-vpce.json",
        "-p",
        "arn:aws:iam::111122223333:role/model",
        "-a",
        "s3:GetObject",
        "-r",
        "arn:aws:s3:::example-artifacts/model.tar.gz",
        "--via",
        "gateway:vpce-other",
        "--trace",
    ];
    let input = "";
    insta::assert_snapshot!(seen(&arguments, "80", false, input), @r#"
denied: s3:GetObject on arn:aws:s3:::example-artifacts/model.tar.gz, with an
        explicit deny in a resource-based policy

x Deny `OnlyOurEndpoint` denies it (resource-based policy)
    ,-[corpus/sagemaker/s3-bucket-only-vpce.json:5:14]
  4 |     {
  5 |       "Sid": "OnlyOurEndpoint",
    :              ^^^^^^^^|^^^^^^^^
    :                      `-- denies it
  6 |       "Effect": "Deny",
  7 |       "Principal": "*",
  8 |       "Action": "s3:*",
  9 |       "Resource": [
 10 |         "arn:aws:s3:::example-artifacts",
 11 |         "arn:aws:s3:::example-artifacts/*"
    :         ^^^^^^^^^^^^^^^^^|^^^^^^^^^^^^^^^^
    :                          `-- matches the resource
 12 |       ],
 13 |       "Condition": {
 14 |         "StringNotEquals": {
 15 |           "aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"
    :           ^^^^^^^^|^^^^^^^
    :                   `-- holds, being vpce-other
 16 |         }
    `----

* it would be allowed if `aws:SourceVpce` were `vpce-0a1b2c3d4e5f60718`

* the request, with the keys that policies look at
    principal       arn:aws:iam::111122223333:role/model  (a session of it)
    action          s3:GetObject
    resource        arn:aws:s3:::example-artifacts/model.tar.gz
    via             a gateway endpoint
    aws:SourceVpce  vpce-other

* the VPC endpoint policy allows
  (corpus/sagemaker/s3-endpoint-default-deny-al2.json)
    Allow in statement 1
      applies  (line 5)
    Deny `AmazonLinux2AMIRepositoryAccess`
      Resource arn:aws:s3:::amazonlinux.*.amazonaws.com/* does not match
      arn:aws:s3:::example-artifacts/model.tar.gz  (line 18)

* the resource-based policy denies (corpus/sagemaker/s3-bucket-only-vpce.json)
    Deny `OnlyOurEndpoint`  applies  (line 6)

* the identity-based policy allows (corpus/sagemaker/role-read-artifacts.json)
    Allow `ReadArtifacts`  applies  (line 6)
    Allow `ListArtifacts`  Action s3:ListBucket does not match s3:GetObject
                           (line 13)
"#);
}

#[test]
fn an_open_key_on_a_narrow_terminal() {
    let arguments = [
        "simulate",
        "--identity",
        "corpus/sagemaker/role-read-artifacts.json",
        "--endpoint",
        "corpus/sagemaker/s3-endpoint-default-deny-al2.json",
        "--resource-policy",
        "corpus/sagemaker/s3-bucket-only-vpce.json",
        "-p",
        "arn:aws:iam::111122223333:role/model",
        "-a",
        "s3:GetObject",
        "-r",
        "arn:aws:s3:::example-artifacts/model.tar.gz",
    ];
    let input = "";
    insta::assert_snapshot!(seen(&arguments, "40", true, input), @r#"
undecided: s3:GetObject on
        arn:aws:s3:::example-artifacts/model.tar.gz
        may be allowed or explicitly
        denied: that depends on
        `aws:SourceVpce`

warning: `aws:SourceVpce` is not stated
    ╭─[corpus/sagemaker/s3-bucket-only-vpce.json:15:11]
 14 │         "StringNotEquals": {
 15 │ …         "aws:SourceVpce": "vpce-0…
    ·           ────────┬───────
    ·                   ╰─┤ Deny
    ·                     │ `OnlyOurEndpoint`
    ·                     │ looks at it
 16 │         }
    ╰────
  help: `--context KEY=VALUE` states a
        key, `--absent KEY` that it is
        not there, `--closed` that no
        other key is

• the request, with the keys that
  policies look at
    principal  arn:aws:iam::111122223333:role/model
               (a session of it)
    action     s3:GetObject
    resource   arn:aws:s3:::example-artifacts/model.tar.gz
    via        a gateway endpoint

note: no `--via`: the request is taken
      to go through a gateway endpoint
"#);
}

#[test]
fn an_implicit_deny() {
    let arguments = [
        "simulate",
        "corpus/sagemaker/role-read-artifacts.json",
        "-p",
        "arn:aws:iam::111122223333:role/model",
        "-a",
        "s3:GetObject",
        "-r",
        "arn:aws:s3:::example-artifacts",
        "--closed",
    ];
    let input = "";
    insta::assert_snapshot!(seen(&arguments, "80", false, input), @r#"
denied: s3:GetObject on arn:aws:s3:::example-artifacts, because no
        identity-based policy allows it

x no Allow of the identity-based policy applies

* Allow `ReadArtifacts` does not apply: it names objects
  (`example-artifacts/*`), not the bucket itself
   ,-[corpus/sagemaker/role-read-artifacts.json:8:19]
 7 |       "Action": "s3:GetObject",
 8 |       "Resource": "arn:aws:s3:::example-artifacts/*"
   :                   ^^^^^^^^^^^^^^^^^|^^^^^^^^^^^^^^^^
   :                                    `-- the objects, not the bucket
 9 |     },
   `----

* the request, with the keys that policies look at
    principal  arn:aws:iam::111122223333:role/model  (a session of it)
    action     s3:GetObject
    resource   arn:aws:s3:::example-artifacts

note: corpus/sagemaker/role-read-artifacts.json was read as an identity policy,
      because no statement names a principal; `--type` says otherwise
"#);
}

#[test]
fn a_proof() {
    let arguments = [
        "check",
        "corpus/sagemaker/s3-bucket-only-vpce.json",
        "--expect",
        "explicit-deny",
        "s3:*",
        "arn:aws:s3:::example-artifacts/*",
        "--absent",
        "aws:SourceVpce",
    ];
    let input = "";
    insta::assert_snapshot!(seen(&arguments, "80", false, input), @r#"
proved: every request for s3:* on arn:aws:s3:::example-artifacts/*, with
        aws:SourceVpce absent, is explicitly denied

note: for all requests: every caller, way and condition key that the claim
      leaves open, and either way where AWS's documents leave a choice; the
      resource-based policy with 1 statement was asked
note: corpus/sagemaker/s3-bucket-only-vpce.json was read as a resource policy,
      because everyone is the principal and the resources are one resource;
      `--type` says otherwise
"#);
}

#[test]
fn a_claim_about_each_of_two_documents() {
    let arguments = [
        "check",
        "corpus/sagemaker/s3-endpoint-deny-both-documents.json",
        "--documents",
        "each",
        "--expect",
        "explicit-deny",
        "s3:GetObject",
        "arn:aws:s3:::amazonlinux.*.amazonaws.com/*",
    ];
    let input = "";
    insta::assert_snapshot!(seen(&arguments, "80", false, input), @r#"
refuted: not every request for s3:GetObject on
        arn:aws:s3:::amazonlinux.*.amazonaws.com/* is explicitly denied by each
        of 2 policies

x policy 1 of 2 (corpus/sagemaker/s3-endpoint-deny-both-documents.json:1):
  refuted

x this request is implicitly denied
    principal  arn:aws:iam::111122223333:role/example-role  (a session of it)
    action     s3:GetObject
    resource   arn:aws:s3:::amazonlinux.example.amazonaws.com/example
    via        a gateway endpoint

* it is denied only because nothing allows it: no Allow of the VPC endpoint
  policy applies
  help: this document has no Allow statement, so it blocks everything that goes
        through its endpoint; AWS's default endpoint policy has an Allow of `*`
        on `*` for `*`, and a Deny goes beside it (S4.11.2)

* Deny `AmazonLinuxAMIRepositoryAccess` does not apply: none of its 2 Resource
  entries matches arn:aws:s3:::amazonlinux.example.amazonaws.com/example
    ,-[corpus/sagemaker/s3-endpoint-deny-both-documents.json:11:9]
 10 |       "Resource": [
 11 |         "arn:aws:s3:::packages.*.amazonaws.com/*",
    :         ^^^^^^^^^^^^^^^^^^^^|^^^^^^^^^^^^^^^^^^^^
    :                             `-- neither this nor the others match
 12 |         "arn:aws:s3:::repo.*.amazonaws.com/*"
    `----

+ policy 2 of 2 (corpus/sagemaker/s3-endpoint-deny-both-documents.json:17):
  proved

note: for all requests: every caller, way and condition key that the claim
      leaves open, and either way where AWS's documents leave a choice; the VPC
      endpoint policy with 1 statement was asked
note: corpus/sagemaker/s3-endpoint-deny-both-documents.json was read as an
      endpoint policy, because everyone is the principal and the name of the
      bucket has a wildcard; `--type` says otherwise
"#);
}
