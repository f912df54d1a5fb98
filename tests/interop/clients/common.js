// What the clients in JavaScript share: the cases, sending a request as it is, and the checks.

const fs = require('fs');
const http = require('http');
const path = require('path');

const base = process.argv[2];
const cases = JSON.parse(fs.readFileSync(path.join(__dirname, 'cases.json'), 'utf8'));
const key = path.join(__dirname, '../../vectors/keys/rsa-2048.pkcs8.pem');
const privateKey = fs.readFileSync(key, 'utf8');

/** Every method of those with every consumer and token that it can have. */
function* keys(methods) {
    for (const method of methods) {
        const all = method.startsWith('RSA-') ? cases.rsa : cases.credentials;
        for (const credentials of all) {
            yield [method, credentials];
        }
    }
}

/** Sends a request without touching it, and returns the status and the body of the answer. */
function send(method, url, headers, body) {
    const start = url.indexOf('/', 'http://'.length);
    const [host, port] = url.slice('http://'.length, start).split(':');
    const options = { host, port, method, path: url.slice(start), headers, agent: false };
    return new Promise((resolve, reject) => {
        const request = http.request(options, (answer) => {
            let text = '';
            answer.setEncoding('utf8');
            answer.on('data', (chunk) => (text += chunk));
            answer.on('end', () => resolve([answer.statusCode, text]));
        });
        request.on('error', reject);
        request.end(body);
    });
}

/** Throws if the server did not accept, or has read something else. */
function check([status, text], what, expected) {
    const seen = new URLSearchParams(status === 200 ? text : '');
    for (const [name, value] of Object.entries(expected)) {
        if (status !== 200 || (value && seen.get(name) !== value)) {
            throw new Error(`${what}: ${status} ${text}`);
        }
    }
}

/** Throws if the server accepts what the library gets wrong, or the library no longer does. */
function checkRefused([status, text], what) {
    if (status !== 401 || text !== 'oauth_problem=signature_invalid') {
        throw new Error(`${what}, which should be refused: ${status} ${text}`);
    }
}

/** Runs a client. What goes wrong is its exit status. */
function run(client) {
    client().catch((error) => {
        console.error(error.message);
        process.exitCode = 1;
    });
}

module.exports = { base, cases, check, checkRefused, keys, privateKey, run, send };
