//! ARNs, and patterns that match some of them.

use crate::numbers::Numbers;

const REGIONS: [&str; 3] = ["us-east-1", "eu-west-1", "ap-southeast-2"];
const ACCOUNTS: [&str; 3] = ["111122223333", "444455556666", "777788889999"];
const WORDS: [&str; 8] = ["alpha", "beta", "logs", "models", "team", "prod", "test", "data"];

/// ARNs of buckets' objects, queues, functions and tables.
#[must_use]
pub fn arns(count: usize) -> Vec<String> {
    let mut numbers = Numbers::new(1);
    (0..count).map(|_| arn(&mut numbers)).collect()
}

fn arn(numbers: &mut Numbers) -> String {
    let (region, account) = (numbers.pick(&REGIONS), numbers.pick(&ACCOUNTS));
    let (first, second) = (numbers.pick(&WORDS), numbers.pick(&WORDS));
    let number = numbers.below(40);
    match numbers.below(4) {
        0 => format!("arn:aws:s3:::{first}-{number}/{second}/2026/file-{number}.json"),
        1 => format!("arn:aws:sqs:{region}:{account}:{first}-{second}-{number}"),
        2 => format!("arn:aws:lambda:{region}:{account}:function:{first}-{second}"),
        _ => format!("arn:aws:dynamodb:{region}:{account}:table/{first}-{number}/index/{second}"),
    }
}

/// Patterns of every class: without wildcards, with one at the end, in the middle, with several, with `?`.
#[must_use]
pub fn patterns(count: usize) -> Vec<String> {
    let mut numbers = Numbers::new(2);
    (0..count).map(|_| pattern(&mut numbers)).collect()
}

fn pattern(numbers: &mut Numbers) -> String {
    let (region, word, other) = (numbers.pick(&REGIONS), numbers.pick(&WORDS), numbers.pick(&WORDS));
    let number = numbers.below(40);
    match numbers.below(8) {
        0 => arn(numbers),
        1 => format!("arn:aws:s3:::{word}-{number}/*"),
        2 => format!("arn:aws:s3:::{word}-*/{other}/*.json"),
        3 => format!("arn:aws:sqs:{region}:*:{word}-*"),
        4 => format!("arn:aws:lambda:*:*:function:{word}-{other}"),
        5 => format!("arn:aws:dynamodb:*:*:table/{word}-?/index/*"),
        6 => format!("*-{number}/*{other}*"),
        _ => format!("arn:*:{word}-{number}*"),
    }
}
