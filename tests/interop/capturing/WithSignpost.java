// Signpost, with Apache HttpClient.

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import oauth.signpost.OAuthConsumer;
import oauth.signpost.commonshttp.CommonsHttpOAuthConsumer;
import oauth.signpost.commonshttp.CommonsHttpOAuthProvider;
import oauth.signpost.http.HttpParameters;
import oauth.signpost.signature.HmacSha1MessageSigner;
import oauth.signpost.signature.PlainTextMessageSigner;
import org.apache.http.NameValuePair;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicNameValuePair;

public class WithSignpost {
    public static void main(String[] given) throws Exception {
        String method = System.getenv("SIGNATURE_METHOD");
        boolean isForm = !System.getenv("BODY").isEmpty();
        if (!List.of("HMAC-SHA1", "PLAINTEXT").contains(method) || !System.getenv("PLACEMENT").equals("header")) {
            System.exit(3);
        }
        String key = System.getenv("CONSUMER_KEY");
        OAuthConsumer consumer = new CommonsHttpOAuthConsumer(key, System.getenv("CONSUMER_SECRET"));
        boolean isPlain = method.equals("PLAINTEXT");
        consumer.setMessageSigner(isPlain ? new PlainTextMessageSigner() : new HmacSha1MessageSigner());
        String token = System.getenv("TOKEN");
        if (!token.isEmpty()) {
            consumer.setTokenWithSecret(token, System.getenv("TOKEN_SECRET"));
        }
        if (!System.getenv("REALM").isEmpty()) {
            HttpParameters more = new HttpParameters();
            more.put("realm", System.getenv("REALM"));
            consumer.setAdditionalParameters(more);
        }
        String url = System.getenv("URL");
        CommonsHttpOAuthProvider provider = new CommonsHttpOAuthProvider(url, url, url, HttpClients.createDefault());
        provider.setOAuth10a(true);
        if (!System.getenv("CALLBACK").isEmpty()) {
            provider.retrieveRequestToken(consumer, System.getenv("CALLBACK"));
            return;
        }
        if (!System.getenv("VERIFIER").isEmpty()) {
            provider.retrieveAccessToken(consumer, System.getenv("VERIFIER"));
            return;
        }
        List<NameValuePair> pairs = new ArrayList<>();
        for (int at = 0; at < given.length; at += 2) {
            pairs.add(new BasicNameValuePair(given[at], given[at + 1]));
        }
        RequestBuilder builder = RequestBuilder.create(System.getenv("METHOD")).setUri(url);
        if (isForm) {
            // Its own content type has a charset.
            builder.setEntity(new UrlEncodedFormEntity(pairs, StandardCharsets.UTF_8));
        } else if (!System.getenv("JSON").isEmpty()) {
            builder.setEntity(new StringEntity(System.getenv("JSON"), ContentType.APPLICATION_JSON));
        } else {
            for (NameValuePair pair : pairs) {
                builder.addParameter(pair);
            }
        }
        HttpUriRequest request = builder.build();
        consumer.sign(request);
        HttpClients.createDefault().execute(request).close();
    }
}
