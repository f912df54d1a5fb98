//! Two apps on one Redis.

use oauth1_signer_redis::RedisNonces;

use crate::{app, get, redis_server::Server, wire::send};

#[tokio::test(flavor = "multi_thread")]
async fn what_one_machine_has_accepted_another_one_refuses() {
    let Some(mut server) = Server::start(&[]) else {
        return;
    };
    let connect = || async { RedisNonces::connect(&server.url()).await.unwrap() };
    let one = app::start_with_nonces(connect().await).await;
    let two = app::start_with_nonces(connect().await).await;
    let (first, second) = (get("/hello"), get("/hello"));
    assert_eq!(send(one, &first).await.status, 200);
    assert_eq!(
        send(two, &first).await.parts(),
        (401, "oauth_problem=nonce_used")
    );
    assert_eq!(send(two, &second).await.status, 200);
    assert_eq!(send(one, &second).await.status, 401);

    server.kill();
    assert_eq!(send(one, &get("/hello")).await.parts(), (503, ""));
    server.restart();
    // One request may be needed to notice that the connection is lost.
    send(two, &get("/hello")).await;
    assert_eq!(send(two, &get("/hello")).await.status, 200);
}
