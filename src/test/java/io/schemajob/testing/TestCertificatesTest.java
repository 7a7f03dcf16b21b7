package io.schemajob.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCertificatesTest {
    @TempDir
    Path folder;

    @Test
    void areAcceptedByThoseWhoTrustTheirAuthorityOnly() throws Exception {
        TestCertificates right = TestCertificates.create(folder.resolve("right"));
        TestCertificates other = TestCertificates.create(folder.resolve("other"));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(right.serverContext()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            for (String host : new String[] {"localhost", "127.0.0.1"}) {
                URI uri =
                        URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
                assertThat(status(right, uri)).isEqualTo(204);
                assertThatThrownBy(() -> status(other, uri)).isInstanceOf(SSLHandshakeException.class);
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void keyIsReadableByItsOwnerOnly() throws Exception {
        TestCertificates certificates = TestCertificates.create(folder);

        assertThat(Files.getPosixFilePermissions(certificates.key())).hasSize(2);
        assertThat(certificates.key()).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(certificates.ca()).content().endsWith("-----END CERTIFICATE-----\n");
    }

    private static int status(TestCertificates trusted, URI uri) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.clientContext()).build();
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
