//! `oauth1 diagnose` with what people paste: mails, logs, and all that `curl -v` prints.

use super::{
    diagnose::{OURS, THEIRS, diagnose, said},
    support::Folder,
};

#[test]
fn a_mail_is_read_and_what_was_taken_for_what_is_said() {
    let mail = format!(
        "Hi all,\n\n> I have a problem. My base string is\n> {OURS}\n>\n> and the server says\n\n\
         > Invalid signature. Expected signature base string: {THEIRS}\n\nWhat is wrong?\n"
    );
    let (report, notes, code) = said(diagnose(["-"]).stdin(mail).output());
    assert!(report.starts_with("error[plus-for-space]"), "{report}");
    assert_eq!(
        notes,
        "oauth1: not recognized and left out: lines 1, 3, 6, 10\n\
         oauth1: standard input, line 4 is taken for the base string that was signed\n"
    );
    assert_eq!(code, Some(1));
}

#[test]
fn a_log_is_read_by_the_words_before_a_base_string() {
    for (ours, theirs) in [
        (
            "DEBUG signing base string: {}",
            "WARN 401 oauth_problem=signature_invalid&debug_sbs={}",
        ),
        ("[DEBUG] we signed '{}'", "[INFO] the server expected '{}'"),
    ] {
        let log = [ours.replace("{}", OURS), theirs.replace("{}", THEIRS)].join("\nINFO sent\n");
        let (report, notes, _) = said(diagnose(["-"]).stdin(log).output());
        assert!(report.starts_with("error[plus-for-space]"), "{report}");
        assert_eq!(
            notes,
            "oauth1: the base string in line 1 is taken for yours\n\
             oauth1: not recognized and left out: line 2\n"
        );
    }
}

#[test]
fn what_is_around_a_base_string_is_not_part_of_it() {
    let (wanted, ..) = said(diagnose(["--ours", OURS, "--theirs", THEIRS]).output());
    for around in [
        "computed from {}",
        "[DEBUG] base_string={}",
        "b'{}'",
        "<pre>base string: {}</pre>",
    ] {
        let (ours, theirs) = (around.replace("{}", OURS), around.replace("{}", THEIRS));
        let (report, notes, _) = said(diagnose(["--ours", &ours, "--theirs", &theirs]).output());
        assert_eq!((report, notes.as_str()), (wanted.clone(), ""), "{around}");
    }
}

#[test]
fn what_curl_says_beside_the_messages_is_left_out() {
    let table = "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n\
                 \x20                                Dload  Upload   Total   Spent    Left  Speed\n\
                 \r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0";
    let trace = format!(
        "Note: Unnecessary use of -X or --request, GET is already inferred.\n{table}\
         *   Trying 127.0.0.1:80...\n> GET /a?q=a+b HTTP/1.1\r\n> Host: api.example.com\r\n\
         > Authorization: OAuth oauth_consumer_key=\"key\", oauth_nonce=\"7\", \
         oauth_signature=\"x\", oauth_signature_method=\"HMAC-SHA1\", \
         oauth_timestamp=\"1318622958\"\r\n> \r\n* Mark bundle as not supporting multiuse\n\
         < HTTP/1.1 401 Unauthorized\r\n< Content-Length: 9\r\n< \r\n{{ [9 bytes data]\n\
         \r100   109  100   109    0     0  29846      0 --:--:-- --:--:-- --:--:-- 36333\n\
         * Connection #0 to host 127.0.0.1 left intact\n"
    );
    let theirs = THEIRS.replace("q%3Da%2520b", "q%3Da");
    let folder = Folder::new();
    folder.write("v.txt", trace).write(
        "body.txt",
        format!("oauth_problem=signature_invalid&debug_sbs={theirs}"),
    );
    let run = diagnose(["v.txt", "body.txt"]).in_folder(&folder);
    let (report, notes, code) = said(run.output());
    assert!(report.contains("  theirs: q=a\n"), "{report}");
    assert_eq!(
        notes,
        "oauth1: v.txt, line 1 is taken for the request that was sent\n"
    );
    assert_eq!(code, Some(1));
}

#[test]
fn two_times_are_enough() {
    let (report, notes, _) =
        said(diagnose(["--our-time", "1318622958", "--their-time", "1318632958"]).output());
    assert!(report.starts_with("likely[time-skew]"), "{report}");
    assert_eq!(notes, "");
}

#[test]
fn a_folder_and_an_answer_in_the_place_of_a_signature_are_refused() {
    let folder = Folder::new();
    folder.write(
        "answer.txt",
        "HTTP/1.1 401 Unauthorized\n\nInvalid signature",
    );
    for (arguments, expected) in [
        (["--theirs", "."], "oauth1: --theirs: this is a folder\n"),
        (
            ["--expected-signature", "answer.txt"],
            "oauth1: --expected-signature: this is more than a signature; give an answer with \
             --answer\n",
        ),
    ] {
        let (_, error, code) = said(diagnose(arguments).in_folder(&folder).output());
        assert_eq!((error.as_str(), code), (expected, Some(2)));
    }
}
