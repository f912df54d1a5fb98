// QOAuth1 of Qt 5 or 6, with QNetworkAccessManager.
#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QOAuth1>
#include <QTimer>
#include <QUrlQuery>

int main(int argc, char **argv) {
    QCoreApplication application(argc, argv);
    auto given = [](const char *name) { return QString::fromUtf8(qgetenv(name)); };
    if (given("PLACEMENT") != "header" || !given("REALM").isEmpty()) {
        return 3;
    }
    QNetworkAccessManager manager;
    QOAuth1 oauth(given("CONSUMER_KEY"), given("CONSUMER_SECRET"), &manager);
    if (given("SIGNATURE_METHOD") == "PLAINTEXT") {
        oauth.setSignatureMethod(QOAuth1::SignatureMethod::PlainText);
    } else if (given("SIGNATURE_METHOD") != "HMAC-SHA1") {
        return 3;
    }
    oauth.setTokenCredentials(given("TOKEN"), given("TOKEN_SECRET"));
    QUrl url(given("URL"));
    if (!given("CALLBACK").isEmpty() || !given("VERIFIER").isEmpty()) {
        return 3; // Its own flow needs a browser.
    }
    QVariantMap pairs;
    for (int at = 1; at + 1 < argc; at += 2) {
        pairs.insert(QString::fromUtf8(argv[at]), QString::fromUtf8(argv[at + 1]));
    }
    const QByteArray method = qgetenv("METHOD");
    QNetworkReply *reply = nullptr;
    if (method == "GET") {
        reply = oauth.get(url, pairs);
    } else if (method == "HEAD") {
        reply = oauth.head(url, pairs);
    } else if (method == "DELETE") {
        reply = oauth.deleteResource(url, pairs);
    } else if (method == "PUT" && given("JSON").isEmpty()) {
        reply = oauth.put(url, pairs);
    } else if (method == "POST" && given("JSON").isEmpty()) {
        reply = oauth.post(url, pairs);
    } else if (method == "POST") {
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
        oauth.prepareRequest(&request, method, qgetenv("JSON"));
        reply = manager.post(request, qgetenv("JSON"));
    } else {
        return 3;
    }
    QObject::connect(reply, &QNetworkReply::finished, &application, &QCoreApplication::quit);
    QTimer::singleShot(3000, &application, &QCoreApplication::quit);
    return application.exec();
}
