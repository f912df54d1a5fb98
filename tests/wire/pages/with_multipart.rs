use oauth1_signer::Call;
use reqwest::{Client, RequestBuilder, multipart::Form};

pub fn upload(client: &Client, call: &Call, form: Form) -> RequestBuilder {
    let mut builder = client.post(call.url());
    for (name, value) in call.headers() {
        builder = builder.header(name, value);
    }
    builder.multipart(form)
}
