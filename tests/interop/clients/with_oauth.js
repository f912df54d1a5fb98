// Signs and sends with oauth (node-oauth).

const { OAuth } = require('oauth');

const { base, cases, check, checkRefused, keys, privateKey, run, send } = require('./common');

const METHODS = ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'PLAINTEXT'];

/** The library signs `q[0]` and `q[1]`. */
const MISTAKEN = 'photos?q=1&q=2';

function signer(method, credentials, headers) {
    const secret = method === 'RSA-SHA1' ? privateKey : credentials.secret;
    const all = { 'X-Client': 'oauth (npm)', Connection: 'close', ...headers };
    const at = `${base}/temporary`;
    const { key } = credentials;
    return new OAuth(at, `${base}/token`, key, secret, '1.0', cases.callback, method, null, all);
}

run(async () => {
    for (const [method, credentials] of keys(METHODS)) {
        const expected = { consumer_key: credentials.key, token: credentials.token };
        const { token, tokenSecret } = credentials;

        /** Calls a function of the library whose last argument is a callback. */
        const call = (name, ...given) =>
            new Promise((resolve) => {
                const oauth = signer(method, credentials);
                oauth[name](...given, (error, data) =>
                    resolve(error ? [error.statusCode, error.data] : [200, data]));
            });

        for (const target of [...cases.targets, 'photos?b5=%3D%253D&c%40=&a2=r+b&a3=2%20q&c2']) {
            const url = `${base}/${target}`;
            const what = `${method} ${credentials.key} ${target}`;
            check(await call('get', url, token, tokenSecret), `GET ${what}`, expected);
            check(await call('delete', url, token, tokenSecret), `DELETE ${what}`, expected);
            for (const name of ['post', 'put']) {
                const form = { ...cases.form };
                check(await call(name, url, token, tokenSecret, form), `${name} ${what}`, expected);
                const json = [cases.json, 'application/json'];
                check(await call(name, url, token, tokenSecret, ...json), `${name} ${what}`, expected);
            }
            // Names are written as they are here, so those with escapes would be sent differently.
            if (!/%20$|%40/.test(target)) {
                const oauth = signer(method, credentials);
                const signed = oauth.signUrl(url, token, tokenSecret, 'GET');
                const headers = { 'X-Client': 'oauth (npm)' };
                check(await send('GET', signed, headers), `query ${what}`, expected);
            }
        }
        const legs = { ...expected, token: undefined };
        const temporary = await new Promise((resolve) => {
            const url = `${base}/temporary`;
            const oauth = signer(method, { ...credentials, token: undefined });
            const form = { oauth_callback: cases.callback };
            oauth.post(url, token, tokenSecret, form, (error, data) =>
                resolve(error ? [error.statusCode, error.data] : [200, data]));
        });
        check(temporary, `callback ${method}`, { ...legs, callback: cases.callback });

        if (method !== 'PLAINTEXT' && credentials === cases.credentials[0]) {
            const oauth = signer(method, credentials);
            const header = oauth.authHeader(`${base}/${MISTAKEN}`, token, tokenSecret, 'GET');
            const headers = { 'X-Client': 'oauth (npm)', 'X-Refused': 1, Authorization: header };
            checkRefused(await send('GET', `${base}/${MISTAKEN}`, headers), MISTAKEN);
        }
    }
});
