//! Writes pages whose forms a browser posts. See `browser`.

mod forms;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use oauth1_signer::{Callback, Consumer, Request, Signed, Signer, Stamp};

use self::forms::{FORMS, Fields, Form};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// The encodings that the server sends the pages in. A form is the same in each.
const ENCODINGS: [&str; 3] = ["utf-8", "windows-1252", "utf-16"];

const CONTENT_SECURITY_POLICY: &str = concat!(
    "<meta http-equiv=\"Content-Security-Policy\" ",
    "content=\"script-src 'nonce-rAnd0m/+='\">\n",
);

/// Clicks the button that there is without a script of the form's own.
const CLICK: &str = "<script>document.querySelector('button').click()</script>\n";

fn main() -> Result {
    let mut arguments = env::args().skip(1);
    let (Some(origin), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: pages <origin> <folder>".into());
    };
    let mut pages = Pages {
        signer: Signer::new(
            &Consumer::new("reservedreservedreserved", "s +&=%/ü☃~"),
            None,
        ),
        origin,
        folder: folder.into(),
        written: 0,
    };
    for form in FORMS {
        pages.write(form, |signed| {
            Ok(signed.html_form()?.auto_submit().to_string())
        })?;
    }
    let form = &Form {
        place: "/launch",
        fields: Fields::Pairs(&[("title", "a \"b\" c")]),
        name: "a content security policy with a nonce",
    };
    pages.write(form, |signed| {
        let form = signed.html_form()?.auto_submit().csp_nonce("rAnd0m/+=");
        Ok(format!("{CONTENT_SECURITY_POLICY}{form}"))
    })?;
    let form = &Form {
        name: "a button",
        ..*form
    };
    pages.write(form, |signed| {
        Ok(format!("{}{CLICK}", signed.html_form()?.button("Öffnen")))
    })?;
    let form = &Form {
        name: "refused: a value that was changed",
        ..*form
    };
    pages.write(form, |signed| {
        let form = signed.html_form()?.auto_submit().to_string();
        Ok(form.replace("&quot;b&quot;", "&quot;c&quot;"))
    })?;
    // What follows is shown in the frame.
    let form = &Form {
        name: "a frame",
        ..*form
    };
    pages.write(form, |signed| {
        let form = signed.html_form()?.auto_submit().frame("a & b");
        Ok(format!("<iframe name=\"a &amp; b\"></iframe>\n{form}"))
    })
}

struct Pages {
    signer: Signer,
    origin: String,
    folder: PathBuf,
    written: usize,
}

impl Pages {
    /// Writes a page in each encoding, with a stamp of its own: `<number>.<encoding>`. Its first line is
    /// the name of the form.
    fn write(&mut self, form: &Form, html: impl Fn(&Signed<'_>) -> Result<String>) -> Result {
        for encoding in ENCODINGS {
            let request = Request::post(format!("{}{}", self.origin, form.place))?
                .callback(Callback::Url("about:blank"));
            let request = match form.fields {
                Fields::None => request,
                Fields::Pairs(pairs) => request.browser_form(pairs)?,
                Fields::AsTheyAre(pairs) => request.form(pairs)?,
                Fields::Bytes(bytes) => request.form_bytes(bytes)?,
            };
            let html = html(&self.signer.sign(&request, Stamp::now()))
                .map_err(|error| format!("{}: {error}", form.name))?;
            let file = Path::new(&self.folder).join(format!("{}.{encoding}", self.written));
            let page = format!(
                "{}\n<!DOCTYPE html>\n<title>Launch</title>\n{html}",
                form.name
            );
            fs::write(file, page)?;
            self.written += 1;
        }
        Ok(())
    }
}
