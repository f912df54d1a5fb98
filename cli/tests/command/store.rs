//! The file that a token is stored in.

use std::fs;

use serde_json::Value;

use super::support::{AT, Folder, nobody, oauth1};

fn login(folder: &Folder) -> super::support::Run {
    nobody(["login", "--store", "token.json"]).in_folder(folder)
}

#[test]
fn sign_reads_what_login_stores() {
    let folder = Folder::new();
    let text = login(&folder).stdout();
    let stored = fs::read(folder.path.join("token.json")).unwrap();
    let stored: Value = serde_json::from_slice(&stored).unwrap();
    let token = stored["token"].as_str().unwrap();
    assert!(
        text.contains(&format!("\nthe token is {token}\n")),
        "{text}"
    );
    assert!(!text.contains(stored["secret"].as_str().unwrap()), "{text}");
    assert_eq!(
        stored["fields"][0],
        serde_json::json!(["user_nsid", "21207597@N07"])
    );

    let run = oauth1(["sign", "GET", AT, "--token-file", "token.json"]).in_folder(&folder);
    let text = run.stdout();
    assert!(text.contains(&format!("oauth_token=\"{token}\"")), "{text}");
    // Nothing else is left behind.
    assert_eq!(folder.names(), ["token.json"]);
}

#[test]
fn nothing_is_stored_without_a_token() {
    let folder = Folder::new();
    let output = login(&folder).arguments(["--user", "refuse"]).output();
    assert_eq!(output.status.code(), Some(2));
    assert!(folder.names().is_empty());
}

#[test]
fn a_file_that_exists_is_replaced_only_if_told_so() {
    let folder = Folder::new();
    folder.write("token.json", "mine");
    let exists = "--store: the file exists already; --overwrite replaces it";
    login(&folder).refused(exists);
    assert_eq!(fs::read(folder.path.join("token.json")).unwrap(), b"mine");
    login(&folder).arguments(["--overwrite"]).stdout();
    let stored = fs::read_to_string(folder.path.join("token.json")).unwrap();
    assert!(stored.starts_with("{\"token\":\""), "{stored}");
    assert_eq!(folder.names(), ["token.json"]);
}

#[cfg(unix)]
mod unix {
    use std::{
        os::unix::fs::{MetadataExt, PermissionsExt, symlink},
        process::Command,
    };

    use super::*;

    fn mode(folder: &Folder, name: &str) -> u32 {
        fs::metadata(folder.path.join(name)).unwrap().mode() & 0o777
    }

    #[test]
    fn nobody_else_can_read_it_at_any_time() {
        let folder = Folder::new();
        // Replacing a file that everyone may read, with a mask that hides nothing.
        folder.write("token.json", "mine");
        fs::set_permissions(
            folder.path.join("token.json"),
            PermissionsExt::from_mode(0o666),
        )
        .unwrap();
        let script = format!(
            "umask 0; exec '{}' login --store token.json --overwrite",
            env!("CARGO_BIN_EXE_oauth1")
        );
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(&folder.path);
        let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
        let mut seen = 0;
        while child.try_wait().unwrap().is_none() {
            for entry in fs::read_dir(&folder.path).unwrap().flatten() {
                // It may have got its name meanwhile.
                let (name, Ok(metadata)) = (entry.file_name(), entry.metadata()) else {
                    continue;
                };
                let is_old = name == "token.json" && metadata.len() == 4;
                let for_others = metadata.mode() & 0o077;
                assert!(is_old || for_others == 0, "{name:?}");
                seen += 1;
            }
        }
        assert!(seen > 0);
        assert_eq!(mode(&folder, "token.json"), 0o600);
        assert_eq!(folder.names(), ["token.json"]);
    }

    #[test]
    fn a_new_file_has_mode_600() {
        let folder = Folder::new();
        login(&folder).stdout();
        assert_eq!(mode(&folder, "token.json"), 0o600);
    }

    #[test]
    fn a_link_is_not_followed() {
        let folder = Folder::new();
        folder.write("other", "mine");
        for target in ["other", "nowhere"] {
            let link = folder.path.join("token.json");
            symlink(target, &link).unwrap();
            login(&folder).refused("--store: the file exists already; --overwrite replaces it");
            login(&folder).arguments(["--overwrite"]).stdout();
            assert!(!fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::read(folder.path.join("other")).unwrap(), b"mine");
            fs::remove_file(&link).unwrap();
        }
        assert_eq!(folder.names(), ["other"]);
    }
}
