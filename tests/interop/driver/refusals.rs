//! What the provider must refuse, and how we must understand it.

use std::time::{SystemTime, UNIX_EPOCH};

use oauth1_signer::flow::{Leg, VerificationCode};
use oauth1_signer::response::{Clock, Problem, ProblemReport, ResponseError, Retry};
use oauth1_signer::{Callback, Placement, Request, Stamp, Temporary, Token};

use crate::{
    CONSUMERS, Driver, Result,
    http::Received,
    method::{Consumer, Method, Signers},
};

impl Driver {
    pub(crate) fn all_refusals(&mut self, method: &Method) -> Result {
        let before = self.refusals.len();
        let consumer = CONSUMERS[0];
        let temporary = self.refused_first_legs(method, consumer)?;
        let token = self.refused_last_legs(method, consumer, temporary)?;
        self.refused_calls(method, consumer, &token)?;
        let refusals = self.refusals[before..].join(", ");
        println!("ok  {}, refused: {refusals}", method.name());
        Ok(())
    }

    fn refused_first_legs(&mut self, method: &Method, consumer: Consumer) -> Result<Temporary> {
        let wrong = method.wrong_signers(consumer);
        let unknown = method.signers(Consumer {
            key: "unknownunknownunknown",
            ..consumer
        });
        for (what, signers, problem) in [
            ("wrong consumer", wrong, Problem::SignatureInvalid),
            ("unknown consumer", unknown, Problem::ConsumerKeyUnknown),
        ] {
            let flow = signers.flow(self.endpoints()?);
            let leg = flow.temporary(Callback::OutOfBand);
            let received = self.http.send(&leg.call(Stamp::now())?)?;
            let error = leg.accept(received.answer()).err();
            self.refused(what, error, &problem)?;
        }

        // oauthlib's own sentence, and the clock that it makes right.
        let flow = method.signers(consumer).flow(self.endpoints()?);
        let leg = flow.temporary(Callback::OutOfBand);
        let slow = now() - 3600;
        let received = self.http.send(&leg.call(Stamp::at(slow))?)?;
        let error = leg.accept(received.answer()).err();
        if error.as_ref().map(ResponseError::retry) != Some(Retry::WithCorrectedClock) {
            return Err(format!("a stale timestamp of a leg: wrong advice after {error:?}").into());
        }
        self.refused(
            "stale timestamp of a leg",
            error,
            &Problem::TimestampRefused,
        )?;
        let mut clock = Clock::new();
        clock.learn_from_response_at(&received.answer(), slow)?;
        let received = self.http.send(&leg.call(clock.stamp_at(slow))?)?;
        Ok(leg.accept(received.answer())?)
    }

    fn refused_last_legs(
        &mut self,
        method: &Method,
        consumer: Consumer,
        temporary: Temporary,
    ) -> Result<Token> {
        let flow = method.signers(consumer).flow(self.endpoints()?);
        let code = self.authorize(&flow.authorize_url(&temporary, &[]), &temporary)?;
        let code = || VerificationCode::new(code.expose_secret());

        let wrong = VerificationCode::new("0".repeat(code().expose_secret().len()));
        let error = self.last_leg(&flow.token(temporary.clone(), wrong))?.err();
        self.refused("wrong verification code", error, &Problem::VerifierInvalid)?;

        let wrong = method.wrong_signers(consumer).flow(self.endpoints()?);
        let leg = wrong.token(temporary.clone(), code());
        let error = self.last_leg(&leg)?.err();
        self.refused(
            "wrong consumer in the last leg",
            error,
            &Problem::SignatureInvalid,
        )?;

        // With a private key, the secrets play no part.
        if method.is_shared() {
            let wrong = Temporary::new(temporary.token(), "wrong");
            let error = self.last_leg(&flow.token(wrong, code()))?.err();
            self.refused("wrong temporary secret", error, &Problem::SignatureInvalid)?;
        }

        let leg = flow.token(temporary, code());
        let token = self.last_leg(&leg)??;
        let error = self.last_leg(&leg)?.err();
        self.refused(
            "spent temporary credentials",
            error,
            &Problem::TokenRejected,
        )?;
        Ok(token)
    }

    fn refused_calls(&mut self, method: &Method, consumer: Consumer, token: &Token) -> Result {
        let signers = method.signers(consumer);
        let slow = now() - 3600;
        let received = self.photos(&signers, token, Stamp::at(slow))?;
        let report = received.answer().report();
        self.expect(
            "stale timestamp of a call",
            report.as_ref(),
            &Problem::TimestampRefused,
        )?;

        let mut clock = Clock::new();
        clock.learn_from_report(&report.ok_or("no report")?, slow)?;
        let stamp = clock.stamp_at(slow);
        let replayed = Stamp::new(stamp.nonce().to_owned(), stamp.unix_seconds());
        let received = self.photos(&signers, token, stamp)?;
        if received.status != 200 {
            return Err(format!("after the correction: {}", received.body).into());
        }
        let received = self.photos(&signers, token, replayed)?;
        let report = received.answer().report();
        self.expect("replayed nonce", report.as_ref(), &Problem::NonceUsed)?;

        let wrong = method.wrong_signers(consumer);
        let received = self.photos(&wrong, token, Stamp::now())?;
        let report = received.answer().report();
        self.expect(
            "wrong consumer of a call",
            report.as_ref(),
            &Problem::SignatureInvalid,
        )?;

        let wrong = Token::new(token.token(), "wrong");
        let received = self.photos(&signers, &wrong, Stamp::now())?;
        if method.is_shared() {
            let report = received.answer().report();
            let what = "wrong token secret";
            self.expect(what, report.as_ref(), &Problem::SignatureInvalid)?;
        } else if received.status != 200 {
            return Err("a secret played a part beside a private key".into());
        }
        Ok(())
    }

    fn last_leg(&self, leg: &Leg<Token>) -> Result<std::result::Result<Token, ResponseError>> {
        let received = self.http.send(&leg.call(Stamp::now())?)?;
        Ok(leg.accept(received.answer()))
    }

    fn photos(&self, signers: &Signers, token: &Token, stamp: Stamp) -> Result<Received> {
        let url = self.url("photos?size=original");
        let signer = signers.signer(token);
        self.http
            .call(&signer, &Request::get(&url)?, Placement::Header, stamp)
    }

    fn refused(&mut self, what: &str, error: Option<ResponseError>, problem: &Problem) -> Result {
        let error = error.ok_or_else(|| format!("{what}: taken"))?;
        self.expect(what, error.report(), problem)
    }

    fn expect(&mut self, what: &str, report: Option<&ProblemReport>, problem: &Problem) -> Result {
        if report.map(ProblemReport::problem) != Some(problem) {
            return Err(format!("{what}: {report:?} instead of {problem}").into());
        }
        self.refusals.push(what.into());
        Ok(())
    }
}

fn now() -> u64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
    since_1970.map_or(0, |elapsed| elapsed.as_secs())
}
