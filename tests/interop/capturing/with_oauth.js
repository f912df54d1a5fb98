// oauth (node-oauth).

const { OAuth } = require('oauth');

const { env, fail, family, form, only, privateKey, query, unsupported } = require('./common');

only({ methods: ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'PLAINTEXT'], legs: true });
if (Object.keys(query).length || env.METHOD === 'HEAD' || env.METHOD === 'get') {
    unsupported();
}
const secret = family === 'rsa' ? privateKey : env.CONSUMER_SECRET;
const oauth = new OAuth(env.URL, env.URL, env.CONSUMER_KEY, secret, '1.0', env.CALLBACK, env.SIGNATURE_METHOD);
const done = (error) => error && fail(error);
const token = [env.TOKEN || undefined, env.TOKEN_SECRET || undefined];
const name = env.METHOD.toLowerCase();
if (env.CALLBACK) {
    oauth.getOAuthRequestToken(done);
} else if (env.VERIFIER) {
    oauth.getOAuthAccessToken(...token, env.VERIFIER, done);
} else if (name === 'post' || name === 'put') {
    oauth[name](env.URL, ...token, form ?? env.JSON, env.JSON && 'application/json', done);
} else {
    oauth[name](env.URL, ...token, done);
}
