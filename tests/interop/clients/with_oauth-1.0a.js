// Signs with oauth-1.0a, and sends what it returns in the header, the query or the form.

const crypto = require('crypto');

const OAuth = require('oauth-1.0a');

const { base, cases, check, checkRefused, keys, privateKey, run, send } = require('./common');

const METHODS = ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'RSA-SHA1', 'RSA-SHA256', 'PLAINTEXT'];
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Queries that the library signs as they are not: it does not decode names and pluses, and finds a
 * parameter in an empty query. */
const MISTAKEN = ['photos?', 'photos?c%40=1', 'photos?a=r+b', 'photos?a=b=c', 'photos?q=&q=1'];

function signer(method, credentials, more) {
    const hash = method.split('-')[1]?.toLowerCase();
    const sign = {
        HMAC: (text, key) => crypto.createHmac(hash, key).update(text).digest('base64'),
        RSA: (text) => crypto.createSign(hash).update(text).sign(privateKey, 'base64'),
    }[method.split('-')[0]];
    return OAuth({
        consumer: { key: credentials.key, secret: credentials.secret ?? '' },
        signature_method: method,
        hash_function: sign,
        body_hash_function: (body) => crypto.createHash(hash ?? 'sha1').update(body).digest('base64'),
        ...more,
    });
}

run(async () => {
    for (const [method, credentials] of keys(METHODS)) {
        const oauth = signer(method, credentials);
        const token = credentials.token && { key: credentials.token, secret: credentials.tokenSecret };
        const expected = { consumer_key: credentials.key, token: credentials.token };
        const encode = (value) => oauth.percentEncode(value);
        const pairs = (data) =>
            Object.entries(data)
                .flatMap(([name, values]) => [values].flat().map((value) => [name, value]))
                .map(([name, value]) => `${encode(name)}=${encode(value)}`)
                .join('&');

        // The library adds to the data that it gets, and returns it with what it has signed.
        const call = async (httpMethod, target, placement, form, more = {}) => {
            let url = `${base}/${target}`;
            const data = { ...form };
            const signed = oauth.authorize({ method: httpMethod, url, data: { ...form } }, token);
            const headers = { 'X-Client': 'oauth-1.0a', ...more };
            const isProtocol = ([name]) => name.startsWith('oauth_');
            const protocol = Object.fromEntries(Object.entries(signed).filter(isProtocol));
            if (placement === 'header') {
                Object.assign(headers, oauth.toHeader(signed));
            } else if (placement === 'query') {
                url += (url.includes('?') ? '&' : '?') + pairs(protocol);
            } else {
                Object.assign(data, protocol);
            }
            if (form) {
                headers['Content-Type'] = `${FORM_TYPE}; charset=UTF-8`;
            }
            return send(httpMethod, url, headers, form && pairs(data));
        };

        for (const target of [...cases.targets.slice(0, 3), 'photos?q=%E2%98%83&q=%C3%A9&q=P&c2']) {
            const what = `${method} ${credentials.key} ${target}`;
            for (const placement of ['header', 'query']) {
                check(await call('GET', target, placement), `GET ${placement} ${what}`, expected);
                check(await call('DELETE', target, placement), `DELETE ${placement} ${what}`, expected);
            }
            for (const placement of ['header', 'query', 'body']) {
                const posted = await call('POST', target, placement, cases.form);
                check(posted, `POST ${placement} ${what}`, expected);
                const put = await call('PUT', target, placement, cases.form);
                check(put, `PUT ${placement} ${what}`, expected);
            }
        }
        if (method !== 'PLAINTEXT' && credentials === cases.credentials[0]) {
            for (const target of MISTAKEN) {
                checkRefused(await call('GET', target, 'header', undefined, { 'X-Refused': 1 }), target);
            }
        }

        // The hash of a body that is not a form.
        const url = `${base}/posts`;
        const request = { method: 'POST', url, data: cases.json, includeBodyHash: true };
        const headers = {
            'X-Client': 'oauth-1.0a',
            'Content-Type': 'application/json',
            ...signer(method, credentials, { realm: 'Photos' }).toHeader(oauth.authorize(request, token)),
        };
        check(await send('POST', url, headers, cases.json), `JSON ${method}`, expected);
    }
});
