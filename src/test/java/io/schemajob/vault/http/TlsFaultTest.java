package io.schemajob.vault.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.vault.settings.VaultSettings;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsFaultTest {
    private final VaultSettings settings = VaultSettings.of(
            Map.of(VaultSettings.ADDRESS, "https://vault.example", VaultSettings.ROLE, "migrator"), Duration.ZERO);

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(handshake(new CertificateExpiredException("NotAfter")), "not valid today"),
                Arguments.of(
                        handshake(new CertificateException(new CertPathBuilderException("unable to find path"))),
                        "not signed by an authority that this image knows"),
                Arguments.of(
                        handshake(new CertificateException("No name matching vault.example found")),
                        "for other names than 'vault.example'"),
                Arguments.of(new SSLException("Unsupported or unrecognized SSL message"), "does not speak TLS"),
                Arguments.of(new SSLException("Unrecognized SSL message, plaintext connection?"), "does not speak TLS"),
                Arguments.of(
                        new IOException(new SSLException("Received fatal alert: certificate_required")),
                        "certificate_required"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultsThatStayAreNamed(Throwable trouble, String words) {
        Optional<Failure> fault = TlsFault.in(trouble, settings);

        assertThat(fault).isPresent();
        assertThat(fault.orElseThrow().status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(fault.orElseThrow().message()).contains("https://vault.example", words);
        assertThat(fault.orElseThrow().hint()).isNotBlank();
    }

    @Test
    void connectionsThatBreakAreNoFault() {
        SSLException broken = new SSLHandshakeException("Remote host terminated the handshake");
        broken.initCause(new EOFException("SSL peer shut down incorrectly"));

        assertThat(TlsFault.in(broken, settings)).isEmpty();
        assertThat(TlsFault.in(new ConnectException(), settings)).isEmpty();
        assertThat(TlsFault.in(null, settings)).isEmpty();
    }

    private static SSLHandshakeException handshake(CertificateException cause) {
        SSLHandshakeException exception = new SSLHandshakeException(cause.getMessage());
        exception.initCause(cause);
        return exception;
    }
}
