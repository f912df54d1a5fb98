//! Diagnoses, of evidence with a secret wherever one fits.

use oauth1_signer::{
    Request, Signer, Token,
    diagnosis::{Cause, Diagnosis, Evidence, Message},
    encode,
    response::Response,
};
use support::{samples::stamp, shown, shown::Shown};

use super::{
    answers,
    secret::{CONSUMER_SECRET, FORM_VALUE, PASSWORD, TOKEN_SECRET, URL, consumer},
};

pub(super) fn all() -> Vec<Shown> {
    let token = Token::new("t", TOKEN_SECRET);
    let signer = Signer::new(&consumer(), &token);
    let form = [("pin", FORM_VALUE), ("x_auth_password", PASSWORD)];
    let request = Request::post(URL).unwrap().form(&form).unwrap();
    let signed = signer.sign(&request, stamp());
    let theirs = signed
        .base_string()
        .to_string()
        .replace("%26", "%26a%3Db%26");
    let message = Message::new("POST", URL)
        .authorization(format!("OAuth oauth_signature=\"{CONSUMER_SECRET}\""))
        .content_type("application/x-www-form-urlencoded")
        .body(format!("pin={FORM_VALUE}&x_auth_password={PASSWORD}"));
    let body = answers::answer();
    let evidence = Evidence::new()
        .signed(&signed)
        .sent(message.clone())
        .response(&Response::new(401, &body))
        .their_base_string(theirs)
        .expected_signature(encode(CONSUMER_SECRET))
        .received_signature(TOKEN_SECRET)
        .credentials(&consumer(), &token);
    let diagnosis = evidence.diagnose();
    let finding = Diagnosis::compare("GET&a&b%3Dc", format!("GET&a&b%3D{PASSWORD}"));
    let finding = finding.findings().first().cloned().unwrap();
    vec![
        shown!(message),
        shown!(evidence),
        shown!(diagnosis),
        shown!(finding),
        shown!(finding.certainty()),
        shown!(Cause::PlusForSpace),
    ]
}
