//! Several processes that present the same requests to one Redis.

use std::{
    collections::BTreeMap,
    env, fs, process, thread,
    time::{Duration, Instant},
};

use crate::{
    now,
    presenter::{self, Notes, REQUESTS, TASKS},
    server::Server,
};

const KINDS: [&str; 4] = ["blocking", "awaited", "blocking", "awaited"];

#[test]
fn of_four_processes_one_accepts_each_request() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let all = present("all", &server.url(), || {});
    assert_eq!(all.errors, BTreeMap::new());
    assert!(all.accepted.into_iter().eq(0..REQUESTS));
    assert_eq!(all.replays, 3 * REQUESTS);
}

#[test]
fn nothing_is_accepted_twice_if_redis_is_killed() {
    let Some(mut server) = Server::start(&["--appendonly", "yes", "--appendfsync", "always"])
    else {
        return;
    };
    let url = server.url();
    let all = present("killed", &url, || {
        for enough in [REQUESTS / 5, REQUESTS / 2] {
            wait_for(&url, enough);
            server.kill();
            thread::sleep(Duration::from_millis(300));
            server.restart();
        }
    });

    let mut distinct = all.accepted.clone();
    distinct.dedup();
    assert_eq!(all.accepted.len(), distinct.len(), "accepted twice");
    // Redis may have remembered a nonce whose answer did not arrive. Nobody can accept it then.
    let lost = REQUESTS - distinct.len();
    let at_most = 2 * KINDS.len() / 2 * (1 + TASKS);
    assert!(lost <= at_most, "{lost} requests were lost");

    let reasons = [
        "the nonce could not be checked: Redis could not be reached, or the connection was lost",
        "the nonce could not be checked: Redis did not answer in time",
        "the nonce could not be checked: Redis refused the command: LOADING",
    ];
    assert!(!all.errors.is_empty(), "Redis was not missed");
    for error in all.errors.keys() {
        assert!(reasons.contains(&&**error), "{error}");
    }
}

/// Lets four processes present all requests, and runs something meanwhile. What they have accepted comes
/// sorted.
fn present(name: &str, url: &str, meanwhile: impl FnOnce()) -> Notes {
    let folder = env::temp_dir().join(format!("oauth1-presenters-{}-{name}", process::id()));
    fs::create_dir(&folder).unwrap();
    let signed_at = now();
    let processes: Vec<_> = KINDS
        .iter()
        .enumerate()
        .map(|(number, kind)| {
            let notes = folder.join(number.to_string());
            (presenter::start(kind, url, signed_at, &notes), notes)
        })
        .collect();
    meanwhile();
    let mut all = Notes::default();
    for (mut process, notes) in processes {
        assert!(process.wait().unwrap().success());
        all.merge(Notes::read(&notes));
    }
    fs::remove_dir_all(folder).unwrap();
    all.accepted.sort_unstable();
    all
}

/// Waits until Redis remembers a number of nonces.
fn wait_for(url: &str, nonces: usize) {
    let client = redis::Client::open(url).unwrap();
    let start = Instant::now();
    loop {
        let connection = client.get_connection_with_timeout(Duration::from_secs(1));
        let size = connection.and_then(|mut connection| {
            loop {
                let size = redis::cmd("DBSIZE").query::<usize>(&mut connection)?;
                if size >= nonces {
                    return Ok(size);
                }
                thread::sleep(Duration::from_millis(2));
            }
        });
        if size.is_ok() {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(60));
        thread::sleep(Duration::from_millis(20));
    }
}
