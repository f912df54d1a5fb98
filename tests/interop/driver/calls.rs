//! Signed calls, with all that can go wrong in a query and a form.

use oauth1_signer::{Placement, Request, Signer, Stamp, signature_method::AnyKey};

use crate::{Driver, Result};

const QUERIES: [&str; 6] = [
    "photos",
    "photos?",
    "photos?size=original&file=vacation.jpg",
    "photos?b5=%3D%253D&a3=a&c%40=&a2=r+b&a3=2%20q&c2",
    "photos/caf%C3%A9;v=1/%2F?q=%E2%98%83&q=%C3%A9&q=P",
    "photos?q=a%2Bb&x=!*'()~&y=@:/?$,",
];

const FORM: [(&str, &str); 6] = [
    ("title", "Café ☃ & térasse, 100%"),
    ("data[10]", "a+b c"),
    ("data[2]", "~-._!*'()"),
    ("empty", ""),
    ("twice", "2"),
    ("twice", "1"),
];

impl Driver {
    /// How many there were.
    pub(crate) fn signed_calls(
        &mut self,
        signer: &Signer<AnyKey>,
        placement: Placement,
    ) -> Result<usize> {
        let mut calls = 0;
        for query in QUERIES {
            let url = self.url(query);
            for (method, form) in [
                ("GET", &[][..]),
                ("POST", &FORM[..]),
                ("PUT", &FORM[..]),
                ("DELETE", &[]),
            ] {
                if placement == Placement::Body && form.is_empty() {
                    continue;
                }
                let mut request = Request::new(method, &url)?;
                if !form.is_empty() {
                    request = request.form(form)?;
                }
                let received = self.http.call(signer, &request, placement, Stamp::now())?;
                if received.status != 200 {
                    return Err(format!("{method} /{query}: {}", received.body).into());
                }
                calls += 1;
            }
        }
        self.calls += calls;
        Ok(calls)
    }
}
