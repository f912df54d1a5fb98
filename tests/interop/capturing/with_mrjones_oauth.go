// mrjones/oauth, with net/http.
package main

import (
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/mrjones/oauth"
)

func main() {
	data, _ := os.ReadFile(os.Getenv("PRIVATE_KEY"))
	block, _ := pem.Decode(data)
	parsed, _ := x509.ParsePKCS8PrivateKey(block.Bytes)
	key := parsed.(*rsa.PrivateKey)
	to, id, secret := os.Getenv("URL"), os.Getenv("CONSUMER_KEY"), os.Getenv("CONSUMER_SECRET")
	provider := oauth.ServiceProvider{
		RequestTokenUrl: to, AccessTokenUrl: to, HttpMethod: os.Getenv("METHOD"), BodyHash: os.Getenv("JSON") != "",
	}
	var consumer *oauth.Consumer
	switch os.Getenv("SIGNATURE_METHOD") {
	case "HMAC-SHA1":
		consumer = oauth.NewConsumer(id, secret, provider)
	case "HMAC-SHA256":
		consumer = oauth.NewCustomConsumer(id, secret, crypto.SHA256, provider, &http.Client{})
	case "RSA-SHA1":
		consumer = oauth.NewRSAConsumer(id, key, provider)
	case "RSA-SHA256":
		consumer = oauth.NewCustomRSAConsumer(id, key, crypto.SHA256, provider, &http.Client{})
	default:
		os.Exit(3)
	}
	if os.Getenv("REALM") != "" || os.Getenv("PLACEMENT") != "header" {
		os.Exit(3)
	}
	pairs := url.Values{}
	for at := 1; at < len(os.Args); at += 2 {
		pairs.Add(os.Args[at], os.Args[at+1])
	}
	token, tokenSecret := os.Getenv("TOKEN"), os.Getenv("TOKEN_SECRET")
	var err error
	if os.Getenv("CALLBACK") != "" {
		_, _, err = consumer.GetRequestTokenAndUrl(os.Getenv("CALLBACK"))
	} else if os.Getenv("VERIFIER") != "" {
		temporary := &oauth.RequestToken{Token: token, Secret: tokenSecret}
		_, err = consumer.AuthorizeToken(temporary, os.Getenv("VERIFIER"))
	} else {
		client, _ := consumer.MakeHttpClient(&oauth.AccessToken{Token: token, Secret: tokenSecret})
		var body io.Reader
		kind := ""
		if os.Getenv("BODY") != "" {
			body, kind = strings.NewReader(pairs.Encode()), "application/x-www-form-urlencoded"
		} else if os.Getenv("JSON") != "" {
			body, kind = strings.NewReader(os.Getenv("JSON")), "application/json"
		} else if len(pairs) > 0 && strings.Contains(to, "?") {
			to += "&" + pairs.Encode()
		} else if len(pairs) > 0 {
			to += "?" + pairs.Encode()
		}
		var request *http.Request
		if request, err = http.NewRequest(os.Getenv("METHOD"), to, body); err == nil {
			if kind != "" {
				request.Header.Set("Content-Type", kind)
			}
			_, err = client.Do(request)
		}
	}
	if err != nil {
		os.Stderr.WriteString("error: " + err.Error())
		os.Exit(1)
	}
}
