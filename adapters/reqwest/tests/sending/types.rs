//! How the types behave in programs.

use std::error::Error;

use oauth1_signer_reqwest::{Answer, SignError};

fn is_send_sync_static<T: Send + Sync + 'static>() {}

#[test]
fn types_can_be_shared_between_threads() {
    is_send_sync_static::<Answer>();
    is_send_sync_static::<SignError>();
    #[cfg(feature = "middleware")]
    is_send_sync_static::<oauth1_signer_reqwest::SignMiddleware>();
}

#[test]
fn errors_turn_into_boxes() {
    fn is_error<T: Into<Box<dyn Error + Send + Sync>>>() {}
    is_error::<SignError>();
    is_error::<SignError<oauth1_signer::signature_method::SigningError>>();
}
