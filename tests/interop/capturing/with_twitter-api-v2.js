// The OAuth1Helper of twitter-api-v2, which sends to its own host only.

const { OAuth1Helper } = require('twitter-api-v2/dist/cjs/client-mixins/oauth1.helper.js');

const { FORM_TYPE, added, encoded, env, form, headers, only, query, send } = require('./common');

only({ legs: true });
const helper = new OAuth1Helper({ consumerKeys: { key: env.CONSUMER_KEY, secret: env.CONSUMER_SECRET } });
const token = env.TOKEN ? { key: env.TOKEN, secret: env.TOKEN_SECRET } : {};
const more = env.CALLBACK ? { oauth_callback: env.CALLBACK } : env.VERIFIER ? { oauth_verifier: env.VERIFIER } : {};
const url = added(env.URL.split('#')[0], encoded(query));
// Its own legs send the callback and the verification code as a form.
const data = { ...form, ...more };
const signed = helper.authorize({ method: env.METHOD, url, data: { ...data } }, token);
Object.assign(headers, helper.toHeader(signed));
if (Object.keys(data).length) {
    headers['Content-Type'] = FORM_TYPE;
}
send(env.METHOD, url, headers, encoded(data) || env.JSON || undefined);
