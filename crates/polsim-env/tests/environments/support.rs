//! Environments for tests: from texts, and the sample of the corpus.

use polsim_env::schema::EnvironmentFile;
use polsim_env::{Environment, Problem, Unavailable};
use polsim_text::{Limits, Source};

/// Policies that tests name by their paths.
const FILES: [(&str, &str); 7] = [
    (
        "allow.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}]}"#,
    ),
    (
        "deny.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Sid": "None", "Effect": "Deny", "Action": "*", "Resource": "*"}]}"#,
    ),
    (
        "rcp.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}"#,
    ),
    (
        "resource.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}"#,
    ),
    (
        "trust.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}]}"#,
    ),
    (
        "broken.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Alow", "Action": "s3:*", "Resource": "*"}]}"#,
    ),
    ("no.json", "{"),
];

fn load(path: &str) -> Result<Source, Unavailable> {
    let file = FILES.iter().find(|(name, _)| *name == path);
    match (path, file) {
        ("../outside.json", _) => Err(Unavailable::Outside),
        (_, Some((name, text))) => Ok(Source::new(*name, *text)),
        (_, None) => Err(Unavailable::NotFound),
    }
}

/// Reads and resolves a text.
pub(crate) fn read(text: &str) -> Result<Environment, Vec<Problem>> {
    let source = Source::new("test.env.yaml", text);
    let limits = Limits::default();
    match EnvironmentFile::parse(&source, &limits) {
        (Some(file), problems) if problems.is_empty() => Environment::build(&source, &file, &limits, &load),
        (_, problems) => Err(problems),
    }
}

/// The sample of the corpus.
#[expect(clippy::disallowed_methods, reason = "a test reads the corpus")]
pub(crate) fn perimeter() -> Environment {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/environments/perimeter");
    let open = |path: &str| {
        let text = std::fs::read_to_string(format!("{folder}/{path}"));
        text.map(|text| Source::new(path, text)).map_err(|_| Unavailable::NotFound)
    };
    let source = open("perimeter.env.yaml").unwrap();
    let limits = Limits::default();
    let (file, problems) = EnvironmentFile::parse(&source, &limits);
    assert!(problems.is_empty(), "{problems:?}");
    Environment::build(&source, &file.unwrap(), &limits, &open).unwrap()
}
