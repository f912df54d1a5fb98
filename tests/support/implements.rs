//! Whether a type implements a trait.

/// Whether a type implements a trait.
///
/// An inherent constant comes before one of a trait, and exists only for types that implement it.
#[macro_export]
macro_rules! implements {
    ($type:ty: $($trait:tt)+) => {{
        #[allow(dead_code)] // It is not asked for types that implement the trait.
        trait Fallback {
            const ANSWER: bool = false;
        }
        impl<T: ?Sized> Fallback for T {}

        #[allow(dead_code)]
        struct Probe<T: ?Sized>(std::marker::PhantomData<T>);
        #[allow(dead_code)]
        impl<T: ?Sized + $($trait)+> Probe<T> {
            const ANSWER: bool = true;
        }
        <Probe<$type>>::ANSWER
    }};
}
