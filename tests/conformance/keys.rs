//! Private keys as they come: what is read, and what is said about all else.

use oauth1_signer::BaseString;
use oauth1_signer::signature_method::{
    MethodError, PrivateKeyError, RsaSha1, RsaSha256, RsaSha512, Signature, SignatureMethod,
    SigningKey,
};
use support::files::read;

const TEXT: &str = "GET&https%3A%2F%2Fapi.example.com%2F&oauth_consumer_key%3Dkey";

#[track_caller]
fn check<K: SigningKey>(key: &K, signature: &str) {
    let signed = key.sign(&BaseString::from_text(TEXT)).ok();
    let signed = signed.as_ref().map(Signature::expose_secret);
    assert_eq!(signed, Some(signature));
}

/// Signatures by `openssl dgst -sign`.
#[test]
fn a_key_of_1024_bits_signs_in_every_wrapping() {
    const SHA1: &str = concat!(
        "zkhQQMnZs+thRFHq5mCLyBRioiExM/tQ00L/f4leczOtsZXngz+uPMYHfIgVYaiEOYLiiWwVz4D377gfxHN8f+gL",
        "zLnNKYEoHn7OAoYjm2OGzrfyjAA2LSxWJxdBLokeCVmCdNOokKwEewcxR/t2lSTzVUOpZZzT1gFqbgAdPW8=",
    );
    const SHA256: &str = concat!(
        "6xnMlA7eXi6HnyucsD+pUgPznjSAURsjgcfpyedogYzdX6/9uF1/UGw2UYn+s+U0MMv9RTEGKFkQaySizw+fQ10m",
        "5fgqTs7dqomJdCbnoXGpJaRne1yUqPpUpDmySBsHTskg+x//Gijt5pUDx9PAiA7s5pVqXXrYRKE1NYp36Oo=",
    );
    const SHA512: &str = concat!(
        "Wjg5KXVoXKIvEKbiyN7xZ+RXbjq9TqFUuAgZDLcmou+CeS0xQwKRllviGeKtLdABxfNHdwJiHTYaJOJzRvEULfhQ",
        "Xyvoq9bjL5I3wytmfqwsoFqPA7cdXSsjhgDJm2MySCAIw6vq3b7DZJz8zJ7kAgeGbSNP/k+zfUjeYBItxLA=",
    );
    for name in ["keys/rsa-1024.pkcs1.pem", "keys/rsa-1024.pkcs8.pem"] {
        let pem = read(name);
        check(&RsaSha1::from_pem(&pem).unwrap(), SHA1);
        check(&RsaSha256::from_pem(&pem).unwrap(), SHA256);
        check(&RsaSha512::from_pem(&pem).unwrap(), SHA512);
        check(
            &SignatureMethod::from_private_key("RSA-SHA256", &pem)
                .map(|method| method.key("", ""))
                .unwrap(),
            SHA256,
        );
    }
    for name in ["keys/rsa-1024.pkcs1.der", "keys/rsa-1024.pkcs8.der"] {
        let der = read(name);
        check(&RsaSha1::from_der(&der).unwrap(), SHA1);
        check(&RsaSha256::from_der(&der).unwrap(), SHA256);
        check(&RsaSha512::from_der(&der).unwrap(), SHA512);
        check(
            &SignatureMethod::from_private_key("RSA-SHA1", &der)
                .map(|method| method.key("", ""))
                .unwrap(),
            SHA1,
        );
    }
}

#[test]
fn larger_keys_sign() {
    for (name, bits) in [
        ("vectors/keys/rsa-2048.pkcs1.pem", 2048),
        ("vectors/keys/rsa-2048.pkcs8.pem", 2048),
        ("keys/rsa-3072.pkcs1.pem", 3072),
    ] {
        let key = RsaSha256::from_pem(&read(name)).unwrap();
        let signature = key.sign(&BaseString::from_text(TEXT)).unwrap();
        assert_eq!(
            signature.expose_secret().len(),
            (bits / 8_usize).div_ceil(3) * 4
        );
        assert_eq!(
            format!("{key:?}"),
            format!("RsaSha256({bits} bits, [redacted])")
        );
    }
}

#[test]
fn pem_is_found_among_other_things() {
    let key = read("keys/rsa-1024.pkcs8.pem");
    let certificate = read("keys/certificate.pem");
    let both = [&certificate[..], &key].concat();
    assert!(RsaSha1::from_pem(&both).is_ok());
    let both = [&key[..], &certificate].concat();
    assert!(RsaSha1::from_pem(&both).is_ok());

    let text = String::from_utf8(key).unwrap();
    assert!(RsaSha1::from_pem(&text.replace('\n', "\r\n")).is_ok());
    assert!(RsaSha1::from_pem(text.trim_end()).is_ok());
    let indented = text.replace('\n', "\n    ");
    assert!(RsaSha1::from_pem(&indented).is_ok());
}

#[test]
fn what_is_no_private_key_is_named() {
    let cases = [
        ("keys/certificate.pem", PUBLIC),
        ("keys/ec.pkcs8.pem", OTHER),
        ("keys/ec.sec1.pem", OTHER),
        ("keys/encrypted.pkcs1.pem", ENCRYPTED),
        ("keys/encrypted.pkcs8.der", ENCRYPTED),
        ("keys/encrypted.pkcs8.pem", ENCRYPTED),
        (
            "keys/openssh.pem",
            "the key is in the format of OpenSSH: convert it with `ssh-keygen -p -m PKCS8`",
        ),
        ("keys/public.der", PUBLIC),
        ("keys/public.pem", PUBLIC),
        ("keys/public.pkcs1.pem", PUBLIC),
        ("keys/README.md", MALFORMED),
        (
            "keys/rsa-512.pkcs1.pem",
            "the key has 512 bits: those of 1024 to 8192 bits can sign",
        ),
        ("keys/rsa-pss.pem", OTHER),
        (
            "keys/store.p12",
            "this is a PKCS #12 archive: take the key out with `openssl pkcs12 -nodes -nocerts`",
        ),
        ("vectors/keys/rsa-2048.pub.pem", PUBLIC),
    ];
    for (name, text) in cases {
        let error = SignatureMethod::from_private_key("RSA-SHA1", &read(name)).unwrap_err();
        assert_eq!(error.to_string(), text, "{name}");
        // The same without its first and last line.
        if let Some(der) = without_pem(&read(name))
            && ![
                "keys/encrypted.pkcs1.pem",
                "keys/openssh.pem",
                "keys/rsa-512.pkcs1.pem",
            ]
            .contains(&name)
        {
            let error = RsaSha256::from_der(&der).unwrap_err();
            assert_eq!(error.to_string(), text, "{name}");
        }
    }
    let wrapped = |label: &str, body: &str| {
        let pem = format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n");
        RsaSha1::from_pem(&pem).unwrap_err().to_string()
    };
    assert_eq!(wrapped("PRIVATE KEY", ""), MALFORMED);
    assert_eq!(wrapped("PRIVATE KEY", "MAA="), MALFORMED);
    assert_eq!(wrapped("PRIVATE KEY", "MIIEvg"), BASE64);
    assert_eq!(wrapped("PRIVATE KEY", "MIIEvgIB"), CUT_OFF);
    assert_eq!(wrapped("PRIVATE KEY", "M*A="), BASE64);
    assert_eq!(wrapped("PUBLIC KEY", "M*A="), PUBLIC);
    assert_eq!(wrapped("DSA PRIVATE KEY", ""), OTHER);
    assert_eq!(wrapped("SOMETHING ELSE", ""), MALFORMED);
    for garbage in [&b""[..], b"0", b"0\x80", b"key", &[0xFF; 300], b"\0\0"] {
        let expected = if garbage == b"0" { CUT_OFF } else { MALFORMED };
        let error = RsaSha1::from_der(garbage).unwrap_err();
        assert_eq!(error.to_string(), expected, "{garbage:?}");
        let error = RsaSha1::from_pem(garbage).unwrap_err();
        assert_eq!(error.to_string(), MALFORMED, "{garbage:?}");
    }
}

const BASE64: &str = "the base64 of the key is damaged";
const CUT_OFF: &str = "the key is cut off";
const ENCRYPTED: &str = "the key is encrypted: decrypt it first, for example with `openssl pkey`";
const LITERAL_LINE_ENDS: &str = r"the key has literal \n instead of line ends";
const MALFORMED: &str = "this is not a private key in PEM, with its first and last line, or in DER (the content of the file, not its path)";
const OTHER: &str = "the key is not for RSA with PKCS #1 v1.5";
const PUBLIC: &str = "this is a public key or a certificate: signing takes the private key";

#[test]
fn a_key_from_a_wrong_place_is_named() {
    for name in ["keys/rsa-1024.pkcs1.pem", "keys/rsa-1024.pkcs8.pem"] {
        let text = String::from_utf8(read(name)).unwrap();
        for end in [r"\n", r"\r\n"] {
            let error = RsaSha1::from_pem(&text.replace('\n', end)).unwrap_err();
            assert_eq!(error, PrivateKeyError::LiteralLineEnds, "{name}");
            assert_eq!(error.to_string(), LITERAL_LINE_ENDS);
        }
        assert!(RsaSha1::from_pem(&text.replace('\n', " ")).is_ok());
        let base64 = text.lines().filter(|line| !line.starts_with('-'));
        let error = RsaSha1::from_pem(&base64.collect::<String>()).unwrap_err();
        assert_eq!(error.to_string(), MALFORMED);
    }
    // The headers of an encrypted key are still seen.
    let text = String::from_utf8(read("keys/encrypted.pkcs1.pem")).unwrap();
    let error = RsaSha1::from_pem(&text.replace('\n', r"\n")).unwrap_err();
    assert_eq!(error.to_string(), ENCRYPTED);
    for path in ["key.pem", "/etc/key.der"] {
        let error = SignatureMethod::from_private_key("RSA-SHA1", path.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), MALFORMED);
    }
}

fn without_pem(file: &[u8]) -> Option<Vec<u8>> {
    use base64::{Engine, engine::general_purpose::STANDARD};

    let text = std::str::from_utf8(file).ok()?;
    let (_, body) = text.split_once("-----BEGIN ")?;
    let body: String = body
        .lines()
        .skip(1)
        .take_while(|line| !line.starts_with('-'))
        .collect();
    STANDARD.decode(body).ok()
}

#[test]
fn a_key_that_is_cut_off_anywhere_is_refused() {
    for name in ["keys/rsa-1024.pkcs1.pem", "keys/rsa-1024.pkcs8.pem"] {
        let pem = read(name);
        let begin = pem.windows(5).position(|part| part == b"-----").unwrap();
        // The last octets are dashes and the end of the line: without them, too, it is a key.
        for length in begin + 11..pem.len() - 1 {
            let error = RsaSha1::from_pem(&pem[..length]).map(drop).unwrap_err();
            assert_eq!(error, PrivateKeyError::CutOff, "{name} {length}");
        }
        assert!(RsaSha1::from_pem(&pem[..pem.len() - 1]).is_ok());
    }
    for name in ["keys/rsa-1024.pkcs1.der", "keys/rsa-1024.pkcs8.der"] {
        let der = read(name);
        for length in 1..der.len() {
            let error = RsaSha1::from_der(&der[..length]).map(drop).unwrap_err();
            assert_eq!(error, PrivateKeyError::CutOff, "{name} {length}");
        }
        let longer = [&der[..], b"\0"].concat();
        assert!(RsaSha1::from_der(&longer).is_err(), "{name} and more");
    }
}

#[test]
fn a_line_that_is_missing_is_noticed() {
    let text = String::from_utf8(read("keys/rsa-1024.pkcs8.pem")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for missing in 2..lines.len() - 1 {
        let mut lines = lines.clone();
        lines.remove(missing);
        assert!(
            RsaSha1::from_pem(&lines.join("\n")).is_err(),
            "line {missing}"
        );
    }
}

#[test]
fn mutated_keys_do_not_panic() {
    let files: Vec<Vec<u8>> = [
        "keys/rsa-1024.pkcs1.der",
        "keys/rsa-1024.pkcs8.der",
        "keys/rsa-1024.pkcs1.pem",
        "keys/rsa-1024.pkcs8.pem",
        "keys/encrypted.pkcs1.pem",
        "keys/ec.pkcs8.pem",
        "keys/public.der",
        "keys/store.p12",
    ]
    .map(read)
    .into();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut readable = 0;
    for turn in 0..10_000 {
        let mut file = files[turn % files.len()].clone();
        for _ in 0..=random.below(3) {
            let at = random.below(file.len());
            match random.below(5) {
                0 => file[at] ^= 1 << random.below(8),
                1 => file[at] = random.octet(),
                2 => {
                    file.remove(at);
                }
                3 => file.insert(at, random.octet()),
                _ => {
                    let end = (at + random.below(40)).min(file.len());
                    file.drain(at..end);
                }
            }
        }
        if let Ok(key) =
            SignatureMethod::from_private_key("RSA-SHA1", &file).map(|method| method.key("", ""))
        {
            // What counts has not been changed: it is still the same key.
            readable += 1;
            if readable % 20 == 0 {
                assert!(key.sign(&BaseString::from_text(TEXT)).is_ok());
            }
        }
    }
    assert!(readable > 100, "some mutations do no harm: {readable}");
}

/// Marsaglia's xorshift: the same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % end
    }

    fn octet(&mut self) -> u8 {
        self.below(256).to_le_bytes()[0]
    }
}

#[test]
fn rsa_methods_are_found_by_their_names() {
    let pem = read("keys/rsa-1024.pkcs8.pem");
    for name in ["RSA-SHA1", "RSA-SHA256", "RSA-SHA512"] {
        assert_eq!(
            SignatureMethod::from_private_key(name, &pem)
                .unwrap()
                .name(),
            name
        );
    }
    for (name, text) in [
        (
            "HMAC-SHA1",
            "HMAC-SHA1 signs with shared secrets, not with a private key",
        ),
        (
            "PLAINTEXT",
            "PLAINTEXT signs with shared secrets, not with a private key",
        ),
        (
            "RSA-sha1",
            "unknown signature method \"RSA-sha1\"; did you mean RSA-SHA1?",
        ),
        (
            "RSA-SHA384",
            "unknown signature method \"RSA-SHA384\"; known are HMAC-SHA1, HMAC-SHA256, HMAC-SHA512, RSA-SHA1, RSA-SHA256, RSA-SHA512, PLAINTEXT",
        ),
        (
            "",
            "unknown signature method \"\"; known are HMAC-SHA1, HMAC-SHA256, HMAC-SHA512, RSA-SHA1, RSA-SHA256, RSA-SHA512, PLAINTEXT",
        ),
    ] {
        let error = SignatureMethod::from_private_key(name, &pem).unwrap_err();
        assert_eq!(error.to_string(), text);
    }
    let error = SignatureMethod::from_private_key("RSA-SHA1", b"").unwrap_err();
    assert_eq!(error, MethodError::Key(PrivateKeyError::Malformed));
}
