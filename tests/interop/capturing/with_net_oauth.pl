# Net::OAuth, with HTTP::Tiny.

use strict;
use warnings;
use Encode qw(decode_utf8 encode_utf8);
use HTTP::Tiny;
use Net::OAuth;

my %env = map { $_ => decode_utf8($ENV{$_}) } keys %ENV;
my @pairs = map { decode_utf8($_) } @ARGV;
my @form = $env{BODY} ? @pairs : ();
my @query = $env{BODY} ? () : @pairs;

$Net::OAuth::PROTOCOL_VERSION = Net::OAuth::PROTOCOL_VERSION_1_0A;
exit 3 if $env{SIGNATURE_METHOD} !~ /^(HMAC-SHA1|HMAC-SHA256|RSA-SHA1|PLAINTEXT)$/;
my $kind = $env{CALLBACK} ? 'request token' : $env{VERIFIER} ? 'access token'
    : $env{TOKEN} ? 'protected resource' : 'consumer';
my %given = (
    consumer_key => $env{CONSUMER_KEY}, consumer_secret => $env{CONSUMER_SECRET}, request_url => $env{URL} =~ s/#.*//r,
    request_method => $env{METHOD}, signature_method => $env{SIGNATURE_METHOD}, timestamp => time,
    nonce => int(rand(2**31)) . time, extra_params => {@pairs},
);
$given{callback} = $env{CALLBACK} if $env{CALLBACK};
$given{verifier} = $env{VERIFIER} if $env{VERIFIER};
@given{qw(token token_secret)} = @env{qw(TOKEN TOKEN_SECRET)} if $env{TOKEN};
if ($env{SIGNATURE_METHOD} eq 'RSA-SHA1') {
    require Crypt::OpenSSL::RSA;
    open my $file, '<', $ENV{PRIVATE_KEY} or die;
    $given{signature_key} = Crypt::OpenSSL::RSA->new_private_key(join '', <$file>);
}
my $request = Net::OAuth->request($kind)->new(%given);
$request->sign;
my $http = HTTP::Tiny->new;
my %options;
my $url = $env{URL} =~ s/#.*//r;
if ($env{PLACEMENT} eq 'header') {
    $options{headers}{Authorization} = $request->to_authorization_header($env{REALM} || undef);
    $options{content} = $http->www_form_urlencode([map { encode_utf8($_) } @form]) if @form;
    $url .= ($url =~ /\?/ ? '&' : '?') . $http->www_form_urlencode([map { encode_utf8($_) } @query]) if @query;
} elsif ($env{PLACEMENT} eq 'body') {
    $options{content} = $request->to_post_body;
} else {
    exit 3 if @form;
    $url = $request->to_url;
}
$options{headers}{'Content-Type'} = 'application/x-www-form-urlencoded' if @form;
if ($env{JSON}) {
    $options{headers}{'Content-Type'} = 'application/json';
    $options{content} = $ENV{JSON};
}
$http->request($env{METHOD}, encode_utf8($url), \%options);
