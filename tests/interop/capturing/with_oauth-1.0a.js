// oauth-1.0a; it does not send.

const crypto = require('crypto');

const OAuth = require('oauth-1.0a');

const { added, digest, encoded, env, family, form, headers, only, query, send, sign } = require('./common');

only({
    placements: ['header', 'query', 'body'],
    methods: ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'RSA-SHA1', 'RSA-SHA256', 'PLAINTEXT'],
    realm: true,
    legs: true,
});
const oauth = OAuth({
    consumer: { key: env.CONSUMER_KEY, secret: env.CONSUMER_SECRET },
    signature_method: env.SIGNATURE_METHOD,
    hash_function: family === 'plaintext' ? undefined : sign,
    body_hash_function: (body) => crypto.createHash(digest ?? 'sha1').update(body).digest('base64'),
    realm: env.REALM || undefined,
});
const more = env.CALLBACK ? { oauth_callback: env.CALLBACK } : env.VERIFIER ? { oauth_verifier: env.VERIFIER } : {};
const token = env.TOKEN ? { key: env.TOKEN, secret: env.TOKEN_SECRET } : undefined;
const request = { method: env.METHOD, url: env.URL, data: env.JSON || { ...form, ...query, ...more } };
request.includeBodyHash = Boolean(env.JSON);
const signed = oauth.authorize(request, token);
const protocol = Object.fromEntries(Object.entries(signed).filter(([name]) => name.startsWith('oauth_')));
let url = added(env.URL.split('#')[0], encoded(query));
let body = env.JSON || (form && encoded(form));
if (env.PLACEMENT === 'header') {
    Object.assign(headers, oauth.toHeader(signed));
} else if (env.PLACEMENT === 'query') {
    url = added(url, encoded(protocol));
} else {
    body += '&' + encoded(protocol);
}
send(env.METHOD, url, headers, body);
