//! The service reference: opening it, the first lookup in the largest service, and lookups after it.

use divan::{Bencher, black_box};
use polsim_arn::{ActionName, ActionPattern, ArnPattern};
use polsim_reference::{Facts, Reference, encode};

/// The bundled facts as bytes of their own, so that they can be opened again and again.
fn bytes() -> &'static [u8] {
    let bundled = Reference::bundled().unwrap();
    let facts = Facts {
        version: bundled.version().clone(),
        global_keys: bundled.global_keys().map(|key| key.facts()).collect(),
        provider_keys: bundled.provider_keys().map(|key| key.facts()).collect(),
        services: bundled.services().map(|service| service.facts()).collect(),
    };
    encode(&facts).unwrap().leak()
}

fn action() -> ActionName {
    ActionName::parse("ec2:RunInstances").unwrap()
}

#[divan::bench]
fn open(bencher: Bencher) {
    let bytes = bytes();
    bencher.bench(|| Reference::open(black_box(bytes)).unwrap());
}

#[divan::bench]
fn open_and_first_lookup(bencher: Bencher) {
    let (bytes, action) = (bytes(), action());
    bencher.bench(|| Reference::open(black_box(bytes)).unwrap().action(&action).unwrap().level());
}

#[divan::bench]
fn open_and_all_services(bencher: Bencher) {
    let bytes = bytes();
    bencher.bench(|| Reference::open(black_box(bytes)).unwrap().services().count());
}

#[divan::bench]
fn an_action(bencher: Bencher) {
    let (reference, action) = (Reference::bundled().unwrap(), action());
    bencher.bench(|| reference.action(black_box(&action)).unwrap().level());
}

#[divan::bench]
fn a_key_of_an_action(bencher: Bencher) {
    let action = Reference::bundled().unwrap().action(&action()).unwrap();
    bencher.bench(|| action.key(black_box("ec2:ResourceTag/team")).unwrap().arity());
}

#[divan::bench(args = ["aws:SourceVpce", "s3:prefix", "token.actions.githubusercontent.com:sub"])]
fn a_key(bencher: Bencher, name: &str) {
    let reference = Reference::bundled().unwrap();
    bencher.bench(|| reference.key(black_box(name)).unwrap().key_type());
}

#[divan::bench(args = ["s3:GetObject", "s3:Get*", "ec2:*Tags", "*"])]
fn expanding(bencher: Bencher, pattern: &str) {
    let (reference, pattern) = (Reference::bundled().unwrap(), ActionPattern::parse(pattern).unwrap());
    bencher.bench(|| reference.matching(black_box(&pattern)).count());
}

#[divan::bench(args = ["arn:aws:s3:::b/*", "arn:aws:ec2:*:*:instance/*", "arn:*:iam::*:role/app"])]
fn resource_types_of(bencher: Bencher, pattern: &str) {
    let (reference, pattern) = (Reference::bundled().unwrap(), ArnPattern::parse(pattern).unwrap());
    bencher.bench(|| reference.resource_types_of(black_box(&pattern)).count());
}

/// With the order of the forms of ARNs, which is found out once for each form that is asked about.
#[divan::bench(args = ["arn:aws:s3:::b/*", "arn:aws:ec2:*:*:instance/*"])]
fn open_and_resource_types_of(bencher: Bencher, pattern: &str) {
    let (bytes, pattern) = (bytes(), ArnPattern::parse(pattern).unwrap());
    bencher.bench(|| Reference::open(bytes).unwrap().resource_types_of(black_box(&pattern)).count());
}
