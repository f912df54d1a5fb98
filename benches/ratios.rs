//! `cargo bench -p benches --bench ratios`: what signing costs, as multiples of the bare HMAC-SHA1 and
//! HMAC-SHA256.
//!
//! The tables are printed; that of HMAC-SHA1 is written with a chart into `benches/results/`. With
//! `-- 10` each table takes ten seconds, and nothing is written.

#![allow(unsafe_code)] // A counting allocator is one.

// Times and counts are far below what the types can hold.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    fmt::Write,
    fs,
    hint::black_box,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use hmac::{Hmac, KeyInit};
use oauth1_signer::{Signer, Stamp};
use sha1::Sha1;

use works::{Work, turns::best, works};

/// For one table.
const TIME: Duration = Duration::from_secs(50);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --benches` only wants to see that it runs.
    let time = if !arguments.iter().any(|argument| argument == "--bench") {
        Duration::from_millis(100)
    } else if let Some(seconds) = arguments.iter().find_map(|argument| argument.parse().ok()) {
        Duration::from_secs(seconds)
    } else {
        TIME
    };
    let works = works();
    let rows: Vec<Row> = works
        .iter()
        .map(|work| Row::measure(work, time / works.len() as u32))
        .collect();
    let report = report(&rows, &small(time / 20));
    print!("{report}");
    print!("\n{}", sha256::report(time));
    if time == TIME {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("results");
        fs::create_dir_all(&folder).expect("a folder for the results");
        fs::write(folder.join("ratios.md"), report).expect("the table is written");
        fs::write(folder.join("ratios.svg"), chart(&rows)).expect("the chart is written");
    }
}

struct Row<'a> {
    work: &'a Work,
    limit: f64,
    ours: f64,
    from_text: f64,
    peers: f64,
    allocations: u64,
    from_text_allocations: u64,
    peers_allocations: u64,
}

impl<'a> Row<'a> {
    fn measure(work: &'a Work, time: Duration) -> Self {
        let signer = work.signer();
        let [limit, ours, from_text, peers] = best(
            time,
            &mut [
                &mut || _ = black_box(work.limit()),
                &mut || drop(black_box(work.ours(black_box(&signer)))),
                &mut || drop(black_box(work.ours_from_text(black_box(&signer)))),
                &mut || drop(black_box(work.peers())),
            ],
        );
        Self {
            work,
            limit,
            ours,
            from_text,
            peers,
            allocations: allocations(|| work.ours(&signer)),
            from_text_allocations: allocations(|| work.ours_from_text(&signer)),
            peers_allocations: allocations(|| work.peers()),
        }
    }
}

/// The two calls that have limits of their own.
fn small(time: Duration) -> String {
    let (consumer, token) = works::w1().credentials();
    // Two blocks of the hash, inner and outer.
    let key = [b'k'; 64];
    let [stamp, blocks, signer] = best(
        time,
        &mut [
            &mut || drop(black_box(Stamp::now())),
            &mut || drop(black_box(Hmac::<Sha1>::new_from_slice(black_box(&key)))),
            &mut || drop(black_box(Signer::new(black_box(&consumer), &token))),
        ],
    );
    format!(
        "`Stamp::now` {stamp:.0} ns (at most 150); `Signer::new` {:.2} times its two blocks of \
         HMAC key (at most 2.5)\n",
        signer / blocks
    )
}

fn report(rows: &[Row<'_>], small: &str) -> String {
    let mut table = String::from(
        "| work | base string | HMAC-SHA1 alone | this crate | at most | oauth1-request | \
         allocations | theirs |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for row in rows {
        writeln!(
            table,
            "| {}: {} | {} bytes | {:.2} µs | **{:.2}** | {:.1} | {:.2} | {} | {} |",
            row.work.name,
            row.work.about,
            row.work.base_string_length(),
            row.limit / 1000.0,
            row.ours / row.limit,
            row.work.at_most,
            row.peers / row.limit,
            row.allocations,
            row.peers_allocations,
        )
        .expect("a string takes it");
    }
    table.push_str(
        "\n| the URL given as text | this crate | at most | allocations |\n\
         | --- | ---: | ---: | ---: |\n",
    );
    for row in rows {
        writeln!(
            table,
            "| {} | **{:.2}** | {:.1} | {} |",
            row.work.name,
            row.from_text / row.limit,
            row.work.at_most_from_text,
            row.from_text_allocations,
        )
        .expect("a string takes it");
    }
    format!("{table}\n{small}")
}

/// The table as bars.
fn chart(rows: &[Row<'_>]) -> String {
    const LEFT: f64 = 70.0;
    const LABEL: f64 = 130.0;
    const WIDTH: f64 = 640.0;
    const HEIGHT: f64 = 18.0;
    let largest = rows.iter().map(|row| row.ours.max(row.peers) / row.limit);
    let scale = (WIDTH - LEFT - LABEL) / largest.fold(1.0, f64::max);
    let mut bars = String::new();
    let mut y = 24.0;
    for row in rows {
        writeln!(
            bars,
            r#"<text x="4" y="{}">{}</text>"#,
            y + 20.0,
            row.work.name
        )
        .expect("a string takes it");
        for (name, ratio, colour) in [
            ("this crate", row.ours / row.limit, "#2b6cb0"),
            ("oauth1-request", row.peers / row.limit, "#a0aec0"),
        ] {
            writeln!(
                bars,
                r#"<rect x="{LEFT}" y="{y}" width="{:.0}" height="14" fill="{colour}"/><text x="{:.0}" y="{}">{ratio:.2} {name}</text>"#,
                ratio * scale,
                LEFT + ratio * scale + 4.0,
                y + 11.0,
            )
            .expect("a string takes it");
            y += HEIGHT;
        }
        y += 8.0;
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" font-family="sans-serif" font-size="11"><rect width="{WIDTH}" height="{y}" fill="white"/><text x="4" y="14">Time to sign, as multiples of the bare HMAC-SHA1 (line at 1)</text>
{bars}<line x1="{0:.0}" y1="20" x2="{0:.0}" y2="{y}" stroke="black"/></svg>
"#,
        LEFT + scale,
    )
}

/// The same with HMAC-SHA256, which no peer has.
mod sha256 {
    use std::{fmt::Write, hint::black_box, time::Duration};

    use hmac::{Hmac, KeyInit};
    use oauth1_signer::Signer;
    use sha2::Sha256;

    use works::{limit, turns::best, works};

    pub(super) fn report(time: Duration) -> String {
        let mut table = String::from(
            "| work | HMAC-SHA256 alone | this crate | at most |\n\
             | --- | ---: | ---: | ---: |\n",
        );
        let works = works();
        for work in &works {
            let (consumer, token) = work.credentials();
            let signer = Signer::hmac_sha256(&consumer, &token);
            let mac = Hmac::<Sha256>::new_from_slice(b"any key").expect("any length");
            let (base_string, mut text) = (work.base_string(&signer), [0; 44]);
            let [bare, ours] = best(
                time / works.len() as u32,
                &mut [
                    &mut || limit(black_box(&mac), &base_string, black_box(&mut text)),
                    &mut || drop(black_box(work.ours(black_box(&signer)))),
                ],
            );
            writeln!(
                table,
                "| {} | {:.2} µs | **{:.2}** | {:.1} |",
                work.name,
                bare / 1000.0,
                ours / bare,
                work.at_most,
            )
            .expect("a string takes it");
        }
        table
    }
}

fn allocations<T>(call: impl Fn() -> T) -> u64 {
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    drop(black_box(call()));
    ALLOCATIONS.load(Ordering::Relaxed) - before
}

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

struct Counting;

// SAFETY: all calls go to the system's allocator as they are.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise is the one asked for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise is the one asked for.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is the one asked for.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;
