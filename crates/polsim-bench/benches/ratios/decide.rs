//! A thousand requests through the endpoint policy of SageMaker's guide, beside a plain loop over its statements that
//! knows no conditions, no principals, no readings and no other layer.

use divan::{Bencher, black_box};
use polsim_arn::{ActionName, ActionPattern, ArnPattern, Pattern};
use polsim_bench::SAGEMAKER_ENDPOINT;
use polsim_eval::{
    BoundRequest, Case, Chain, Layer, Layers, Model, NetworkPath, Principal, Readings, Request,
};
use polsim_policy::{Effect, Policy, PolicyType};
use polsim_text::{Limits, Source};

const RESOURCES: [&str; 4] = [
    "arn:aws:s3:::packages.eu-west-1.amazonaws.com/2018.03/x86_64/repo.rpm",
    "arn:aws:s3:::amazonlinux.eu-west-1.amazonaws.com/2/core/x.rpm",
    "arn:aws:s3:::training-data/part-00001.parquet",
    "arn:aws:s3:::models/model.tar.gz",
];

fn endpoint_policy() -> Policy {
    let source = Source::new("policy.json", SAGEMAKER_ENDPOINT);
    let parsed = polsim_policy::parse(&source, PolicyType::Endpoint, &Limits::default());
    parsed.single().unwrap().clone()
}

fn requests() -> Vec<Request> {
    let principal = Principal::read("arn:aws:iam::111122223333:role/sagemaker").unwrap();
    let request = |number: usize| {
        let action = ["s3:GetObject", "s3:PutObject"].into_iter().cycle().nth(number / 4).unwrap();
        let action = ActionName::parse(action).unwrap();
        let resource = RESOURCES.into_iter().cycle().nth(number).unwrap().to_owned();
        let path = NetworkPath::Gateway;
        let mut request = Request { resource, path, ..Request::of(principal.clone(), action) };
        request.complete().unwrap();
        request
    };
    (0..1_000).map(request).collect()
}

#[divan::bench]
fn case_outcome(bencher: Bencher) {
    let mut model = Model::new();
    let id = model.add(&endpoint_policy());
    let layers = Layers { endpoint: Some(id), ..Layers::default() };
    let chain = Chain::of_layers(&[Layer::Endpoint], NetworkPath::Gateway);
    let requests = requests();
    let bound: Vec<BoundRequest<'_>> =
        requests.iter().map(|request| BoundRequest::new(&model, request, Readings::default())).collect();
    bencher.bench(|| {
        let decide = |request| {
            let case = Case { model: &model, layers: &layers, chain: &chain, request, is_bounded: false };
            case.outcome().verdict()
        };
        black_box(&bound).iter().filter(|request| decide(request).is_some()).count()
    });
}

/// A statement for the plain loop.
struct Plain {
    denies: bool,
    actions: Vec<ActionPattern>,
    resources: Vec<Pattern>,
}

#[divan::bench]
fn plain_loop(bencher: Bencher) {
    let policy = endpoint_policy();
    let plain = |statement: &polsim_policy::Statement| Plain {
        denies: statement.effect.value == Effect::Deny,
        actions: statement.action.listed().iter().map(|action| action.value.clone()).collect(),
        resources: statement.resource.iter().flat_map(|resource| resource.listed()).map(pattern).collect(),
    };
    let statements: Vec<Plain> = policy.statements.iter().map(plain).collect();
    let requests = requests();
    bencher.bench(|| {
        let decide = |request: &Request| {
            let mut allows = false;
            for statement in &statements {
                let applies = statement.actions.iter().any(|action| action.matches(&request.action))
                    && statement.resources.iter().any(|pattern| pattern.matches(&request.resource));
                if applies && statement.denies {
                    return false;
                }
                allows |= applies;
            }
            allows
        };
        black_box(&requests).iter().filter(|request| decide(request)).count()
    });
}

fn pattern(entry: &polsim_text::Spanned<String>) -> Pattern {
    ArnPattern::parse(&entry.value).unwrap_or_else(|| Pattern::wildcard(&entry.value))
}
