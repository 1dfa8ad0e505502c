//! What is measured.

use crate::corpus::{Corpus, read};
use polsim_arn::Budget;
use polsim_eval::{Layer, Model, PolicyId};
use polsim_prove::{Answer, Comparer, Glance};
use std::time::{Duration, Instant};

/// One row of the table.
pub(crate) struct Work {
    name: String,
    times: Vec<Duration>,
    proved: usize,
    refuted: usize,
    unknown: Vec<String>,
    searched: usize,
    base: Duration,
}

pub(crate) fn table(works: &[Work]) {
    println!(
        "{:<42} {:>8} {:>8} {:>8} {:>7} {:>8} {:>10} {:>10} {:>10} {:>10} {:>9}",
        "work",
        "pairs",
        "proved",
        "refuted",
        "unknown",
        "searched",
        "median",
        "p99",
        "worst",
        "total",
        "/compile"
    );
    for work in works {
        let mut times = work.times.clone();
        times.sort();
        let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
        let total: Duration = times.iter().sum();
        println!(
            "{:<42} {:>8} {:>8} {:>8} {:>7} {:>8} {:>10.1?} {:>10.1?} {:>10.1?} {:>10.1?} {:>9.4}",
            work.name,
            times.len(),
            work.proved,
            work.refuted,
            work.unknown.len(),
            work.searched,
            at(50),
            at(99),
            times[times.len() - 1],
            total,
            at(50).as_secs_f64() / work.base.as_secs_f64()
        );
        for reason in work.unknown.iter().take(12) {
            println!("    unknown: {reason}");
        }
    }
}

pub(crate) fn all(corpus: &Corpus, only: Option<&str>) -> Vec<Work> {
    let comparer = Comparer::new(&corpus.model);
    let start = Instant::now();
    for (_, id) in &corpus.policies {
        let _ = comparer.glance(&[*id], &[]);
    }
    println!("all policies made ready in {:?}", start.elapsed());
    let mut compiled = corpus.compiled.clone();
    compiled.sort();
    let base = compiled[compiled.len() / 2] * 2;
    let ids: Vec<PolicyId> = corpus.policies.iter().map(|(_, id)| *id).collect();
    let wanted = |name: &str| only.is_none_or(|only| name.contains(only));
    let mut works = Vec::new();
    let mut pairs = |name: &str, pairs: Vec<(PolicyId, PolicyId)>| {
        if wanted(name) && !pairs.is_empty() {
            let work = measure(name, corpus, &comparer, &pairs, base);
            works.push(work);
        }
    };
    let mut seed = 7_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ids[usize::try_from(seed >> 33).unwrap() % ids.len()]
    };
    pairs("random pairs", (0..20_000).map(|_| (random(), random())).collect());
    for name in ["ReadOnlyAccess", "AdministratorAccess", "PowerUserAccess"] {
        if let Some(old) = corpus.named(name) {
            pairs(&format!("each against {name}"), ids.iter().map(|id| (*id, old)).collect());
        }
    }
    pairs("each against itself", ids.iter().map(|id| (*id, *id)).collect());
    let boundary = corpus.named("SageMakerStudioProjectUserRolePermissionsBoundary");
    pairs("the SageMaker boundary against itself", boundary.map(|id| (id, id)).into_iter().collect());
    if wanted("10,000 statements") {
        works.extend(large(base));
    }
    if wanted("all pairs") {
        works.push(all_pairs(corpus, &comparer, &ids, base));
    }
    works
}

fn measure(
    name: &str,
    corpus: &Corpus,
    comparer: &Comparer<'_>,
    pairs: &[(PolicyId, PolicyId)],
    base: Duration,
) -> Work {
    let mut work = Work::new(name, base);
    for pair in pairs {
        let start = Instant::now();
        work.compare(corpus, comparer, *pair);
        work.times.push(start.elapsed());
    }
    work
}

impl Work {
    fn new(name: &str, base: Duration) -> Self {
        let name = name.to_owned();
        Self { name, times: Vec::new(), proved: 0, refuted: 0, unknown: Vec::new(), searched: 0, base }
    }

    fn compare(&mut self, corpus: &Corpus, comparer: &Comparer<'_>, (new, old): (PolicyId, PolicyId)) {
        match comparer.glance(&[new], &[old]) {
            Glance::Included => self.proved += 1,
            Glance::Escapes(_) => self.refuted += 1,
            Glance::Open => {
                self.searched += 1;
                match comparer.no_more_than(Layer::Identity, &[new], &[old], &mut Budget::default()) {
                    Answer::Proved(_) => self.proved += 1,
                    Answer::Refuted(_) => self.refuted += 1,
                    Answer::Unknown(reason) => {
                        let name = |id: PolicyId| &corpus.policies[id.index()].0;
                        self.unknown.push(format!("{} in {}: {reason}", name(new), name(old)));
                    }
                }
            }
        }
    }
}

/// Every ordered pair, on two threads.
fn all_pairs(corpus: &Corpus, comparer: &Comparer<'_>, ids: &[PolicyId], base: Duration) -> Work {
    let name = format!("all {} pairs on two threads", ids.len() * ids.len());
    let start = Instant::now();
    let halves: Vec<Work> = std::thread::scope(|scope| {
        let of = |news: &[PolicyId]| {
            let mut work = Work::new(&name, base);
            for new in news {
                ids.iter().for_each(|old| work.compare(corpus, comparer, (*new, *old)));
            }
            work
        };
        let chunks = ids.chunks(ids.len().div_ceil(2));
        let threads: Vec<_> = chunks.map(|half| scope.spawn(move || of(half))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let times = vec![start.elapsed()];
    let mut whole = Work { times, ..Work::new(&name, base) };
    for half in halves {
        whole.proved += half.proved;
        whole.refuted += half.refuted;
        whole.searched += half.searched;
        whole.unknown.extend(half.unknown);
    }
    whole
}

/// Two policies of ten thousand statements that are the same, and one of which one statement is wider.
fn large(base: Duration) -> Vec<Work> {
    let policy = |wide: Option<usize>| {
        let statements: Vec<String> = (0..10_000)
            .map(|number| {
                let action = if wide == Some(number) { "s3:*" } else { "s3:GetObject" };
                format!(
                    r#"{{"Effect":"Allow","Action":["{action}","s3:List*"],"Resource":["arn:aws:s3:::bucket-{number}/*"],"Condition":{{"StringEquals":{{"aws:RequestedRegion":"us-east-1"}}}}}}"#
                )
            })
            .collect();
        format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
    };
    let mut model = Model::new();
    let same = model.add(&read(&policy(None)));
    let again = model.add(&read(&policy(None)));
    let wider = model.add(&read(&policy(Some(9_000))));
    let comparer = Comparer::new(&model);
    let _ = comparer.glance(&[same, again, wider], &[]);
    let corpus = Corpus {
        origin: "",
        policies: ["same", "again", "wider"]
            .into_iter()
            .map(str::to_owned)
            .zip([same, again, wider])
            .collect(),
        compiled: Vec::new(),
        model: Model::new(),
    };
    let measure = |name: &str, pair| measure(name, &corpus, &comparer, &[pair], base);
    vec![
        measure("10,000 statements in the same", (same, again)),
        measure("10,000 statements in one wider", (same, wider)),
        measure("10,000 statements, one wider, in the same", (wider, same)),
    ]
}
