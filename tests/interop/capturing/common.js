// What the clients in JavaScript are given, and sending a request as it is.

const crypto = require('crypto');
const fs = require('fs');
const http = require('http');

const { env } = process;
const given = process.argv.slice(2);
const pairs = given.filter((_, at) => at % 2 === 0).map((name, at) => [name, given[2 * at + 1]]);

/** The pairs as an object, with an array where a name occurs twice. */
function object(pairs) {
    const all = {};
    for (const [name, value] of pairs) {
        all[name] = name in all ? [all[name], value].flat() : value;
    }
    return all;
}

const isForm = env.BODY === 'form';
const form = isForm ? object(pairs) : undefined;
const query = isForm ? {} : object(pairs);
const FORM_TYPE = 'application/x-www-form-urlencoded';
const type = isForm ? FORM_TYPE : env.JSON ? 'application/json' : undefined;
const headers = type ? { 'Content-Type': type } : {};
const [family, digest] = env.SIGNATURE_METHOD.toLowerCase().split('-');
const privateKey = fs.readFileSync(env.PRIVATE_KEY, 'utf8');

/** Ends the program: the library cannot do this. */
function unsupported() {
    process.exit(3);
}

/** Ends the program if a case needs more than this. */
function only({ placements = ['header'], methods = ['HMAC-SHA1'], realm, legs, json = true, bodies = true }) {
    const can =
        placements.includes(env.PLACEMENT) &&
        methods.includes(env.SIGNATURE_METHOD) &&
        (realm || !env.REALM) &&
        (legs || !(env.CALLBACK || env.VERIFIER)) &&
        (json || !env.JSON) &&
        (bodies || !isForm);
    can || unsupported();
}

/** The signature of a base string. */
function sign(text, key) {
    return family === 'hmac'
        ? crypto.createHmac(digest, key).update(text).digest('base64')
        : crypto.createSign(digest).update(text).sign(privateKey, 'base64');
}

/** As programs write a form or a query. */
function encoded(data) {
    return new URLSearchParams(
        Object.entries(data).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
    ).toString();
}

/** The URL with a query that is added to it. */
function added(url, more) {
    return more ? url + (url.includes('?') ? '&' : '?') + more : url;
}

/** Sends a request without touching it. */
function send(method, url, headers, body) {
    const [, host, path] = /^http:\/\/([^/?#]*)([^#]*)/.exec(url);
    const [hostname, port] = host.split(':');
    const options = { hostname, port, method, path: '/', headers, agent: false };
    const request = http.request(options);
    // Node's own check refuses what is not ASCII.
    request.path = Buffer.from(path || '/').toString('latin1');
    request.end(body);
}

/** Reports an error as the exit status. */
function fail(error) {
    console.error(error?.message ?? error);
    process.exitCode = 1;
}

module.exports = {
    ...{ FORM_TYPE, added, digest, encoded, env, fail, family, form, headers, isForm, object, only, pairs },
    ...{ privateKey, query, send, sign, unsupported },
};
