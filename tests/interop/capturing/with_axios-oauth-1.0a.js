// axios-oauth-1.0a, with axios.

const axios = require('axios');
const { default: addOAuthInterceptor } = require('axios-oauth-1.0a');

const { encoded, env, fail, form, headers, only, query } = require('./common');

only({ methods: ['HMAC-SHA1', 'HMAC-SHA256', 'PLAINTEXT'], realm: true, legs: true });
const client = axios.create({ proxy: false });
addOAuthInterceptor(client, {
    algorithm: env.SIGNATURE_METHOD,
    key: env.CONSUMER_KEY,
    secret: env.CONSUMER_SECRET,
    token: env.TOKEN || null,
    tokenSecret: env.TOKEN_SECRET || null,
    realm: env.REALM || undefined,
    callback: env.CALLBACK || null,
    verifier: env.VERIFIER || null,
});
// The library looks for the content type in lower case.
const types = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const data = form ? encoded(form) : env.JSON || undefined;
const params = Object.keys(query).length ? query : undefined;
client.request({ method: env.METHOD, url: env.URL, headers: types, data, params }).catch(fail);
