// node-oauth1 (Netflix's), which Postman uses; it does not send.

const OAuth = require('node-oauth1');

const { added, encoded, env, form, headers, only, pairs, privateKey, query, send } = require('./common');

const methods = ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'RSA-SHA1', 'RSA-SHA256', 'RSA-SHA512', 'PLAINTEXT'];
only({ placements: ['header', 'query', 'body'], methods, realm: true, legs: true });
const parameters = [['oauth_consumer_key', env.CONSUMER_KEY], ['oauth_signature_method', env.SIGNATURE_METHOD]];
parameters.push(['oauth_version', '1.0']);
env.TOKEN && parameters.push(['oauth_token', env.TOKEN]);
env.CALLBACK && parameters.push(['oauth_callback', env.CALLBACK]);
env.VERIFIER && parameters.push(['oauth_verifier', env.VERIFIER]);
const message = { action: env.URL, method: env.METHOD, parameters: [...parameters, ...pairs] };
const { CONSUMER_SECRET: consumerSecret, TOKEN_SECRET: tokenSecret } = env;
OAuth.setTimestampAndNonce(message);
OAuth.SignatureMethod.sign(message, { consumerSecret, tokenSecret, privateKey });
const url = env.URL.split('#')[0];
const protocol = message.parameters.filter(([name]) => name.startsWith('oauth_'));
if (env.PLACEMENT === 'header') {
    headers.Authorization = OAuth.getAuthorizationHeader(env.REALM || undefined, message.parameters);
    send(env.METHOD, added(url, encoded(query)), headers, form ? encoded(form) : env.JSON || undefined);
} else if (env.PLACEMENT === 'query') {
    send(env.METHOD, added(url, OAuth.formEncode(protocol)), headers, form && encoded(form));
} else {
    send(env.METHOD, url, headers, OAuth.formEncode(message.parameters));
}
