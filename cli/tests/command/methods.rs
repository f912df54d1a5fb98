//! Signature methods, and their keys.

use super::support::{AT, Folder, STAMP, nobody, oauth1, shared};

const SIGN: [&str; 3] = ["sign", "GET", AT];

#[test]
fn every_method_is_named_in_the_request() {
    let key = shared("keys/rsa-1024.pkcs8.pem").into_os_string();
    for name in [
        "HMAC-SHA1",
        "HMAC-SHA256",
        "HMAC-SHA512",
        "PLAINTEXT",
        "RSA-SHA1",
        "RSA-SHA256",
    ] {
        for given in [name.to_owned(), name.to_ascii_lowercase()] {
            let mut run = oauth1(SIGN).arguments(["--signature-method", &given, "--explain"]);
            if name.starts_with("RSA") {
                run = run.arguments(["--private-key".as_ref(), key.as_os_str()]);
            }
            let text = run.stdout();
            let parameter = format!("oauth_signature_method=\"{name}\"");
            assert!(text.contains(&parameter), "{text}");
            assert!(text.contains(&format!("\n# {name}")), "{text}");
        }
    }
}

#[test]
fn a_private_key_is_read_from_a_file_or_standard_input() {
    let sign = || {
        let run = nobody(SIGN)
            .arguments(STAMP)
            .env("OAUTH_CONSUMER_KEY", "key");
        run.arguments([
            "--signature-method",
            "RSA-SHA512",
            "--token",
            "t",
            "--private-key",
        ])
    };
    let mut signatures = Vec::new();
    for name in ["pkcs1.der", "pkcs1.pem", "pkcs8.der", "pkcs8.pem"] {
        let path = shared(&format!("keys/rsa-1024.{name}"));
        signatures.push(sign().arguments([&path]).stdout());
        let content = std::fs::read(path).unwrap();
        signatures.push(sign().arguments(["-"]).stdin(content).stdout());
    }
    signatures.dedup();
    assert_eq!(signatures.len(), 1);
    assert!(signatures[0].contains(r#"oauth_token="t""#));
}

#[test]
fn keys_that_cannot_sign_are_explained() {
    let folder = Folder::new();
    folder.write("empty", "");
    let sign = |key: &str| {
        let run = oauth1(SIGN).arguments(["--signature-method", "RSA-SHA1", "--private-key", key]);
        run.in_folder(&folder)
    };
    for (key, expected) in [
        (
            "encrypted.pkcs8.pem",
            "the key is encrypted: decrypt it first, for example with `openssl pkey`",
        ),
        (
            "public.pem",
            "this is a public key or a certificate: signing takes the private key",
        ),
        ("ec.pkcs8.pem", "the key is not for RSA with PKCS #1 v1.5"),
        (
            "rsa-512.pkcs1.pem",
            "the key has 512 bits: those of 1024 to 8192 bits can sign",
        ),
    ] {
        let path = shared(&format!("keys/{key}"));
        sign(path.to_str().unwrap()).refused(&format!("--private-key: {expected}"));
    }
    sign("empty").refused(
        "--private-key: this is not a private key in PEM, with its first and last line, or in \
         DER (the content of the file, not its path)",
    );
    sign("hidden").refused("--private-key: there is no such file");
    let rsa = ["--signature-method", "RSA-SHA256"];
    oauth1(SIGN)
        .arguments(rsa)
        .refused("--private-key is missing: RSA-SHA256 signs with a private key in PEM or DER");
    oauth1(SIGN).arguments(["--private-key", "hidden"]).refused(
        "--private-key: HMAC-SHA1 signs with shared secrets; choose RSA with --signature-method \
         RSA-SHA1, RSA-SHA256 or RSA-SHA512",
    );
    oauth1(SIGN)
        .arguments(["--signature-method", "MD5"])
        .refused(
            "--signature-method <NAME> is one of HMAC-SHA1, HMAC-SHA256, HMAC-SHA512, RSA-SHA1, \
         RSA-SHA256, RSA-SHA512, PLAINTEXT",
        );
}

#[test]
fn plaintext_needs_https_or_a_word() {
    let plaintext = [
        "--signature-method",
        "PLAINTEXT",
        "--no-version",
        "--no-stamp",
    ];
    let sent = "Authorization: OAuth oauth_consumer_key=\"key\", \
                oauth_signature=\"hidden-one%26\", oauth_signature_method=\"PLAINTEXT\"\n";
    let text = oauth1(SIGN).arguments(plaintext).stdout();
    assert_eq!(text, format!("GET {AT}\n{sent}"));
    let over_http = ["sign", "GET", "http://10.0.0.2:5240/MAAS/"];
    oauth1(over_http).arguments(plaintext).refused(
        "PLAINTEXT would send the secrets unprotected over http; use https, or allow it with \
         --insecure-transport",
    );
    let run = oauth1(over_http)
        .arguments(plaintext)
        .arguments(["--insecure-transport"]);
    assert_eq!(
        run.stdout(),
        format!("GET http://10.0.0.2:5240/MAAS/\n{sent}")
    );
    oauth1(SIGN)
        .arguments(["--no-stamp"])
        .refused("--no-stamp: only PLAINTEXT signs without nonce and timestamp");
}

#[test]
fn explain_does_not_repeat_the_secrets_of_plaintext() {
    for output in [&["--explain"][..], &["--explain", "--json"]] {
        let run = oauth1(SIGN)
            .arguments(["--signature-method", "PLAINTEXT"])
            .arguments(output);
        let text = run.stdout();
        assert_eq!(text.matches("hidden-one").count(), 1, "{text}");
        assert!(text.contains("oauth_signature"), "{text}");
    }
}

#[test]
fn secrets_that_become_arguments_of_curl_have_a_warning() {
    let run = oauth1(SIGN).arguments(["--signature-method", "PLAINTEXT", "--curl", "--explain"]);
    let output = run.output();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "oauth1: warning: with PLAINTEXT both secrets are in the arguments of curl, where other \
         users of this machine can see them\n"
    );
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches("hidden-one").count(), 1, "{text}");
}
