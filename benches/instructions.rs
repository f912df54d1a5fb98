//! `cargo bench -p benches --bench instructions`: how many instructions a signature takes, counted by
//! valgrind's callgrind.
//!
//! Such counts repeat exactly, whatever else the machine does. The hash runs in software there, in
//! that of the limit as well, so that this says less about time than about the rest of the work.

use std::{env, hint::black_box, process::Command};

use works::{Work, works};

const CONTESTANTS: [&str; 3] = ["HMAC-SHA1 alone", "oauth1-signer", "oauth1-request"];

fn main() {
    let arguments: Vec<String> = env::args().collect();
    match &*arguments {
        // What runs under callgrind.
        [_, contestant, work, calls] => {
            let works = works();
            let work = works.iter().find(|known| known.name == work);
            let calls = calls.parse().expect("a number of calls");
            run(contestant, work.expect("a work"), calls);
        }
        // What `cargo bench` calls. `cargo test --benches` only wants to see that it runs.
        arguments if arguments.iter().any(|argument| argument == "--bench") => table(),
        _ => {}
    }
}

fn table() {
    println!("| work | {} |", CONTESTANTS.join(" | "));
    println!("| --- | ---: | ---: | ---: |");
    for work in works() {
        let counts = CONTESTANTS.map(|contestant| {
            // The difference leaves out what happens once.
            let [few, more] = [10, 110].map(|calls| instructions(contestant, work.name, calls));
            ((more - few) / 100).to_string()
        });
        println!("| {} | {} |", work.name, counts.join(" | "));
    }
}

fn instructions(contestant: &str, work: &str, calls: u64) -> u64 {
    let this = env::current_exe().expect("this program has a path");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(this)
        .args([contestant, work, &calls.to_string()])
        .output()
        .expect("valgrind is installed");
    let report = String::from_utf8_lossy(&output.stderr);
    let total = report
        .lines()
        .find_map(|line| line.split_once("refs:"))
        .unwrap_or_else(|| panic!("callgrind counts instructions: {report}"));
    let digits: String = total.1.chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect("a number of instructions")
}

fn run(contestant: &str, work: &Work, calls: u64) {
    let signer = work.signer();
    for _ in 0..calls {
        match contestant {
            "HMAC-SHA1 alone" => _ = black_box(work.limit()),
            "oauth1-signer" => drop(black_box(work.ours(black_box(&signer)))),
            _ => drop(black_box(work.peers())),
        }
    }
}
