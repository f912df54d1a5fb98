//! The three legs.

use oauth1_signer::flow::{Redirect, VerificationCode};
use oauth1_signer::{Callback, Placement, Stamp, Temporary, Token};

use crate::{Driver, Result, method::Signers};

const CALLBACK: &str = "http://printer.example.com/ready?x=a+b&y=~é";

/// With escapes of its own: oauthlib decodes `oauth_*` in a query or a body twice, and takes these
/// in the header only.
const ESCAPED_CALLBACK: &str = "http://printer.example.com/ready?x=a%20b&y=%C3%A9";

impl Driver {
    /// With a callback and out of band.
    pub(crate) fn three_legs(&mut self, signers: &Signers, placement: Placement) -> Result<Token> {
        let flow = signers.flow(self.endpoints()?.placement(placement));
        let url = match placement {
            Placement::Header => ESCAPED_CALLBACK,
            Placement::Body | Placement::Query => CALLBACK,
        };
        let mut token = Err("no token");
        for callback in [Callback::Url(url), Callback::OutOfBand] {
            let leg = flow
                .temporary(callback)
                .query_parameter("scope", "read + wríte/all")
                .form_parameter("xoauth_displayname", "Café & Co");
            let received = self.http.send(&leg.call(Stamp::now())?)?;
            let temporary = leg.accept(received.answer())?;
            let code = self.authorize(&flow.authorize_url(&temporary, &[]), &temporary)?;
            let leg = flow.token(temporary, code);
            let received = self.http.send(&leg.call(Stamp::now())?)?;
            let got = leg.accept(received.answer())?;
            if got.fields().get("screen_name") != Some("Café & Co") {
                return Err("the fields of the token are wrong".into());
            }
            self.legs += 1;
            token = Ok(got);
        }
        Ok(token?)
    }

    pub(crate) fn authorize(&self, url: &str, temporary: &Temporary) -> Result<VerificationCode> {
        let received = self.http.get(url)?;
        // Out of band: the page is `oauth_verifier=...`, as in a redirect.
        let redirected_to = match received.status {
            302 => received.location,
            _ => format!("?{}", received.body),
        };
        Ok(Redirect::parse(&redirected_to)?.code_for(temporary)?)
    }
}
