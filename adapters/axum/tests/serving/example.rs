//! The example runs.

#[path = "../../examples/api/main.rs"]
mod api;

#[test]
fn the_example_runs() {
    api::main().unwrap();
}
