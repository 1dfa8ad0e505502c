//! Claims about all requests, beside deciding as many single requests as one might try instead, and beside making the
//! policy ready, which comes before either.

use divan::{Bencher, black_box};
use polsim_arn::{ActionName, ActionPattern, ArnPattern, Budget, Pattern};
use polsim_bench::{SAGEMAKER_ENDPOINT, arns, policy};
use polsim_eval::{
    BoundRequest, Case, Chain, Layer, Layers, Model, NetworkPath, Principal, Readings, Request,
};
use polsim_policy::{Policy, PolicyType};
use polsim_prove::{Answer, Expectation, Question, Region, Scope, ask};
use polsim_text::{Limits, Source};

const COUNTS: [usize; 2] = [100, 1_000];

fn read(text: &str, policy_type: PolicyType) -> Policy {
    let source = Source::new("policy.json", text);
    polsim_policy::parse(&source, policy_type, &Limits::default()).single().unwrap().clone()
}

fn region(action: &str, resource: &str) -> Region {
    Region {
        actions: vec![ActionPattern::parse(action).unwrap()],
        resources: vec![ArnPattern::parse(resource).unwrap_or_else(|| Pattern::wildcard(resource))],
        ..Region::default()
    }
}

/// Asks about a layer by itself.
fn answer(model: &Model, layers: &Layers, layer: Layer, region: &Region, expect: Expectation) -> Answer {
    let scope = Scope::Alone(vec![layer]);
    ask(&Question { model, layers, scope: &scope, region, claim: expect.into() }, &mut Budget::default())
}

fn of_identity(statements: usize) -> (Model, Layers) {
    let mut model = Model::new();
    let id = model.add(&read(&policy(statements), PolicyType::Identity));
    (model, Layers { identity: vec![id], ..Layers::default() })
}

/// Objects of the package repositories are denied, their buckets are not.
#[divan::bench]
fn guide(bencher: Bencher) {
    let mut model = Model::new();
    let id = model.add(&read(SAGEMAKER_ENDPOINT, PolicyType::Endpoint));
    let layers = Layers { endpoint: Some(id), ..Layers::default() };
    let objects = region("s3:GetObject", "arn:aws:s3:::amazonlinux.*.amazonaws.com/*");
    let bucket = region("s3:GetObject", "arn:aws:s3:::amazonlinux.*.amazonaws.com");
    bencher.bench(|| {
        let ask = |region| answer(&model, &layers, Layer::Endpoint, region, Expectation::ExplicitDeny);
        (ask(black_box(&objects)), ask(black_box(&bucket)))
    });
}

/// No statement speaks of these actions: proved.
#[divan::bench(args = COUNTS)]
fn proved(bencher: Bencher, statements: usize) {
    let (model, layers) = of_identity(statements);
    let region = region("kms:*", "*");
    bencher.bench(|| answer(&model, &layers, Layer::Identity, black_box(&region), Expectation::Deny));
}

/// Which Allow is not taken back by a Deny: refuted.
#[divan::bench(args = COUNTS)]
fn refuted(bencher: Bencher, statements: usize) {
    let (model, layers) = of_identity(statements);
    let region = region("s3:GetObject", "arn:aws:s3:::bucket-*/*");
    bencher.bench(|| answer(&model, &layers, Layer::Identity, black_box(&region), Expectation::Deny));
}

/// About everything that there is.
#[divan::bench(args = COUNTS)]
fn of_everything(bencher: Bencher, statements: usize) {
    let (model, layers) = of_identity(statements);
    let region = Region::default();
    bencher.bench(|| answer(&model, &layers, Layer::Identity, black_box(&region), Expectation::Allow));
}

#[divan::bench(args = COUNTS)]
fn compile_only(bencher: Bencher, statements: usize) {
    let policy = read(&policy(statements), PolicyType::Identity);
    bencher.bench(|| Model::new().add(black_box(&policy)));
}

/// A thousand requests tried instead, which prove nothing.
#[divan::bench(args = COUNTS)]
fn thousand_requests(bencher: Bencher, statements: usize) {
    let (model, layers) = of_identity(statements);
    let principal = Principal::read("arn:aws:iam::111122223333:user/bob").unwrap();
    let action = ActionName::parse("s3:GetObject").unwrap();
    let request = |resource| Request { resource, ..Request::of(principal.clone(), action.clone()) };
    let requests: Vec<Request> = arns(1_000).into_iter().map(request).collect();
    let chain = Chain::of_layers(&[Layer::Identity], NetworkPath::Direct);
    bencher.bench(|| {
        let decide = |request: &Request| {
            let bound = BoundRequest::new(&model, request, Readings::default());
            let case =
                Case { model: &model, layers: &layers, chain: &chain, request: &bound, is_bounded: false };
            case.outcome()
        };
        black_box(&requests).iter().map(decide).filter(|outcome| outcome.verdict().is_some()).count()
    });
}
