//! Environments: an account or two, with principals, a bucket and an endpoint.

use super::policy::documents;
use polsim_policy::PolicyType;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The texts of environment files with their policies in place, ready for
/// [`Subject::environment_text`](crate::law::Subject::environment_text).
pub fn environments() -> BoxedStrategy<String> {
    let role = (
        vec(documents(PolicyType::Identity), 0..3),
        option::weighted(0.3, documents(PolicyType::Boundary)),
        option::weighted(0.7, documents(PolicyType::Trust)),
    );
    let user =
        (vec(documents(PolicyType::Identity), 0..2), option::weighted(0.2, documents(PolicyType::Boundary)));
    let organization =
        option::weighted(0.5, (vec(documents(PolicyType::Scp), 1..3), vec(documents(PolicyType::Rcp), 0..2)));
    let places = (
        option::weighted(0.7, documents(PolicyType::Resource)),
        option::weighted(0.5, documents(PolicyType::Endpoint)),
    );
    (role, user, organization, places)
        .prop_map(|((roles, role_boundary, trust), (users, user_boundary), organization, (bucket, endpoint))| {
            let mut file = Map::new();
            if let Some((scps, rcps)) = organization {
                let root = json!({ "name": "root", "scps": scps, "rcps": rcps });
                file.insert("organization".to_owned(), json!({ "id": "o-exampleorg01", "levels": [root] }));
                let ours = json!({ "level": "root" });
                file.insert("accounts".to_owned(), json!({ "111122223333": ours, "444455556666": ours }));
            }
            let app = principal("arn:aws:iam::111122223333:role/app", roles, role_boundary, trust);
            let alice = principal("arn:aws:iam::444455556666:user/alice", users, user_boundary, None);
            file.insert("principals".to_owned(), json!({ "app": app, "alice": alice }));
            let mut models = json!({ "arn": "arn:aws:s3:::models", "account": "111122223333" });
            add(&mut models, "policy", bucket);
            file.insert("resources".to_owned(), json!({ "models": models }));
            let mut s3 =
                json!({ "id": "vpce-1a2b3c4d", "kind": "gateway", "service": "s3", "vpc": "vpc-11223344" });
            add(&mut s3, "policy", endpoint);
            file.insert("endpoints".to_owned(), json!({ "s3": s3 }));
            format!("{:#}", Value::Object(file))
        })
        .boxed()
}

fn principal(arn: &str, identity: Vec<Value>, boundary: Option<Value>, trust: Option<Value>) -> Value {
    let mut principal = json!({ "arn": arn, "identity": identity });
    add(&mut principal, "boundary", boundary);
    add(&mut principal, "trust", trust);
    principal
}

/// Adds a member that is there.
fn add(object: &mut Value, name: &str, value: Option<Value>) {
    if let (Value::Object(members), Some(value)) = (object, value) {
        members.insert(name.to_owned(), value);
    }
}
