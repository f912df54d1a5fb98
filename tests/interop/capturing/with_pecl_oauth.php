<?php
// OAuth of PECL, with curl.

foreach (getenv() as $name => $value) {
    defined($name) || define($name, $value);
}

$pairs = [];
for ($at = 1; $at < $argc; $at += 2) {
    $pairs[$argv[$at]] = $argv[$at + 1];
}
[$form, $query] = BODY ? [$pairs, []] : [[], $pairs];

$methods = ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'PLAINTEXT'];
$places = ['header' => OAUTH_AUTH_TYPE_AUTHORIZATION, 'query' => OAUTH_AUTH_TYPE_URI, 'body' => OAUTH_AUTH_TYPE_FORM];
if (!in_array(SIGNATURE_METHOD, $methods) || REALM) {
    exit(3);
}
$oauth = new OAuth(CONSUMER_KEY, CONSUMER_SECRET, SIGNATURE_METHOD, $places[PLACEMENT]);
if (SIGNATURE_METHOD === 'RSA-SHA1') {
    $oauth->setRSACertificate(file_get_contents(PRIVATE_KEY));
}
if (TOKEN) {
    $oauth->setToken(TOKEN, TOKEN_SECRET);
}
if (CALLBACK) {
    $oauth->getRequestToken(URL, CALLBACK, METHOD);
} elseif (VERIFIER) {
    $oauth->getAccessToken(URL, '', VERIFIER, METHOD);
} else {
    $oauth->fetch(URL, $form ?: (JSON ?: $query), METHOD, JSON ? ['Content-Type' => 'application/json'] : []);
}
