# oauth, with Net::HTTP.

require 'oauth'
require 'oauth/signature/plaintext'
require 'oauth/signature/rsa/sha1'

METHOD, URL, SIGNATURE_METHOD, PLACEMENT = ENV.values_at('METHOD', 'URL', 'SIGNATURE_METHOD', 'PLACEMENT')
KEY, SECRET, TOKEN, TOKEN_SECRET = ENV.values_at('CONSUMER_KEY', 'CONSUMER_SECRET', 'TOKEN', 'TOKEN_SECRET')
CALLBACK, VERIFIER, REALM, JSON_BODY = ENV.values_at('CALLBACK', 'VERIFIER', 'REALM', 'JSON')
PAIRS = ARGV.each_slice(2).to_a
FORM, QUERY = ENV['BODY'].empty? ? [[], PAIRS] : [PAIRS, []]

exit 3 if %w[HMAC-SHA256 HMAC-SHA512 RSA-SHA256 RSA-SHA512].include?(SIGNATURE_METHOD)
scheme = { 'header' => :header, 'body' => :body, 'query' => :query_string }.fetch(PLACEMENT)
url = URL.sub(/#.*/, '')
url += (url.include?('?') ? '&' : '?') + URI.encode_www_form(QUERY) unless QUERY.empty?
uri = URI.parse(url)
options = {
  site: "#{uri.scheme}://#{URL[%r{//([^/?#]*)}, 1]}", scheme: scheme, signature_method: SIGNATURE_METHOD,
  request_token_path: uri.request_uri, access_token_path: uri.request_uri
}
options[:realm] = REALM unless REALM.empty?
options[:private_key] = OpenSSL::PKey::RSA.new(File.read(ENV['PRIVATE_KEY'])) if SIGNATURE_METHOD.start_with?('RSA')
consumer = OAuth::Consumer.new(KEY, SECRET, options)
headers = JSON_BODY.empty? ? {} : { 'Content-Type' => 'application/json' }
if !CALLBACK.empty?
  consumer.get_request_token(oauth_callback: CALLBACK)
elsif !VERIFIER.empty?
  OAuth::RequestToken.new(consumer, TOKEN, TOKEN_SECRET).get_access_token(oauth_verifier: VERIFIER)
else
  token = OAuth::AccessToken.new(consumer, TOKEN.empty? ? nil : TOKEN, TOKEN_SECRET)
  form = FORM.each_with_object({}) { |(name, value), all| all[name] = all.key?(name) ? [*all[name], value] : value }
  arguments = %w[POST PUT].include?(METHOD) ? [FORM.empty? ? JSON_BODY : form] : []
  token.request(METHOD.downcase.to_sym, uri.request_uri, *arguments, headers)
end
