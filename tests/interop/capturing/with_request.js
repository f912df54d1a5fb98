// request, which signs with oauth-sign.

const request = require('request');

const { encoded, env, fail, family, form, headers, only, privateKey, query } = require('./common');

only({
    placements: ['header', 'query', 'body'],
    methods: ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'PLAINTEXT'],
    realm: true,
    legs: true,
});
const oauth = {
    consumer_key: env.CONSUMER_KEY,
    consumer_secret: family === 'rsa' ? undefined : env.CONSUMER_SECRET,
    private_key: privateKey,
    token: env.TOKEN || undefined,
    token_secret: env.TOKEN_SECRET || undefined,
    signature_method: env.SIGNATURE_METHOD,
    transport_method: env.PLACEMENT,
    realm: env.REALM || undefined,
    callback: env.CALLBACK || undefined,
    verifier: env.VERIFIER || undefined,
    body_hash: env.JSON ? true : undefined,
};
// The library takes `undefined` for a text.
for (const name of Object.keys(oauth)) {
    oauth[name] === undefined && delete oauth[name];
}
const options = { method: env.METHOD, url: env.URL, oauth, headers, form: form && encoded(form) };
request({ ...options, qs: query, useQuerystring: true, body: env.JSON || undefined }, (error) => error && fail(error));
