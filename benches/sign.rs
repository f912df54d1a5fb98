//! `cargo bench -p benches --bench sign`: the works of `works/mod.rs`, this crate beside the best peer and
//! beside the limit.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

criterion_group!(benches, sign);
criterion_main!(benches);

fn sign(criterion: &mut Criterion) {
    for work in works::works() {
        let mut group = criterion.benchmark_group(work.name);
        group.throughput(Throughput::Elements(1));
        let signer = work.signer();
        group.bench_function("HMAC-SHA1 alone", |bencher| bencher.iter(|| work.limit()));
        group.bench_function("oauth1-signer", |bencher| {
            bencher.iter(|| work.ours(black_box(&signer)));
        });
        group.bench_function("oauth1-request", |bencher| bencher.iter(|| work.peers()));
        group.finish();
    }
}
