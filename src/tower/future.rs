//! The future of a request that is signed.

use alloc::boxed::Box;
use core::{
    error::Error,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use pin_project_lite::pin_project;

pin_project! {
    /// The answer to a signed request, or the error of one that could not be signed. A
    /// [`Sign`](super::Sign) returns it.
    pub struct SignFuture<F> {
        #[pin]
        state: State<F>,
    }
}

pin_project! {
    #[project = Projected]
    enum State<F> {
        Sent {
            #[pin]
            future: F,
        },
        Refused {
            // `None` once it has been returned.
            error: Option<Box<dyn Error + Send + Sync>>,
        },
    }
}

impl<F> SignFuture<F> {
    pub(super) fn sent(future: F) -> Self {
        Self {
            state: State::Sent { future },
        }
    }

    pub(super) fn refused(error: Box<dyn Error + Send + Sync>) -> Self {
        Self {
            state: State::Refused { error: Some(error) },
        }
    }
}

impl<F, T, E> Future for SignFuture<F>
where
    F: Future<Output = Result<T, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Output = Result<T, Box<dyn Error + Send + Sync>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            Projected::Sent { future } => {
                let answer = ready!(future.poll(context));
                Poll::Ready(answer.map_err(Into::into))
            }
            // Polling again after the end never ends, as the contract of futures allows.
            Projected::Refused { error } => match error.take() {
                Some(error) => Poll::Ready(Err(error)),
                None => Poll::Pending,
            },
        }
    }
}

impl<F> fmt::Debug for SignFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignFuture").finish_non_exhaustive()
    }
}
