//! Writes the page that launches an LTI 1.1 tool: `cargo run --example lti_launch`.

use std::error::Error;

use oauth1_signer::{Callback, Consumer, Request, Signer, Stamp};

fn main() -> Result<(), Box<dyn Error>> {
    // A tool gives each platform a key and a secret. There is no token.
    let signer = Signer::new(&Consumer::new("platform-4711", "kd94hf93k423kf44"), None);

    let fields = [
        ("lti_message_type", "basic-lti-launch-request"),
        ("lti_version", "LTI-1p0"),
        ("resource_link_id", "88391-e1919"),
        ("resource_link_title", "Ada's \"Notes\" & more"),
        ("resource_link_description", "First line\nSecond line"),
        ("user_id", "292832126"),
        ("roles", "Learner"),
        ("lis_person_name_full", "Ada Lovelace, née Byron"),
    ];
    // A browser changes line ends before it posts a form, so they are changed before it is signed.
    let request = Request::post("https://tool.example.com/launch?unit=1")?
        .browser_form(fields)?
        .callback(Callback::Url("about:blank"));
    let signed = signer.sign(&request, Stamp::now());

    // Each launch needs a page of its own, so send it with `Cache-Control: no-store`.
    let form = signed.html_form()?.auto_submit().button("Open the tool");
    println!("<!DOCTYPE html>\n<title>Launch</title>\n{form}");
    Ok(())
}
