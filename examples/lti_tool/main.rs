//! A tool provider of LTI 1.1, with a platform and a browser to try it: `cargo run --example lti_tool`.
//!
//! `cargo run --example lti_tool -- 127.0.0.1:8080 https://tool.example.com` waits for the launches of
//! real platforms, behind a proxy that speaks https. Give it the key and the secret of a platform in
//! the environment variables `LTI_KEY` and `LTI_SECRET`.

mod browser;
mod http;
mod platform;
#[cfg(test)]
mod tests;
mod text;
mod tool;

use std::{
    env,
    error::Error,
    net::TcpListener,
    sync::Arc,
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use oauth1_signer::Stamp;

use self::{browser::Form, platform::Platform, tool::Tool};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    if let [address, origin] = arguments.as_slice() {
        let tool = Tool::new(origin, &[(&env::var("LTI_KEY")?, &env::var("LTI_SECRET")?)])?;
        http::serve(TcpListener::bind(address)?, move |received| {
            tool.answer(received, now())
        });
        println!("Launch the tool at {origin}/launch");
        loop {
            thread::park();
        }
    }

    // Both on this machine.
    let (key, secret) = ("platform-4711", "kd94hf93k423kf44");
    let (at, origin) = loopback()?;
    let platform = Arc::new(Platform::new(&origin, key, secret)?);
    let for_scores = Arc::clone(&platform);
    http::serve(at, move |received| for_scores.answer(received, now()));

    let (at, origin) = loopback()?;
    let tool = Arc::new(Tool::new(&origin, &[(key, secret)])?);
    let for_launches = Arc::clone(&tool);
    http::serve(at, move |received| for_launches.answer(received, now()));

    // The browser gets a page from the platform, and posts its form to the tool.
    let page = platform.launch_page(&format!("{origin}/launch?unit=1"), Stamp::now())?;
    let form = Form::of(&page);
    let (status, page) = form.post()?;
    println!("the launch: {status}\n{page}");

    // A form that was posted before, for example with the button for reloading.
    let (status, problem) = form.post()?;
    println!("the same again: {status}\n{problem}\n");

    // The user has solved the tasks, and the tool tells the platform.
    let (call, xml) = tool.score(key, "292832126", 0.92)?;
    let (status, _) = http::send(&call, "application/xml", &xml)?;
    let score = platform.score("course-7:292832126");
    println!("the score: {status}\nthe platform has {score:?}\n");

    // Somebody on the way changes it.
    let (call, xml) = tool.score(key, "292832126", 0.92)?;
    let (status, problem) = http::send(&call, "application/xml", &xml.replace("0.92", "1"))?;
    println!("another score: {status}\n{problem}");
    Ok(())
}

fn loopback() -> Result<(TcpListener, String), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let origin = format!("http://{}", listener.local_addr()?);
    Ok((listener, origin))
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |duration| duration.as_secs())
}
