package io.schemajob.database.libpq;

import io.schemajob.database.tls.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The {@code ssl…} parameters. */
final class TlsReader {
    private static final String SYSTEM = "system";
    private static final List<String> ALL = List.of("tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3");

    /** What Java speaks; older versions are turned off in it. */
    private static final Map<String, String> SPOKEN = Map.of("tlsv1.2", "TLSv1.2", "tlsv1.3", "TLSv1.3");

    private final ParameterValues values;
    private final ConnectionFiles files;

    TlsReader(ParameterValues values, ConnectionFiles files) {
        this.values = values;
        this.files = files;
    }

    TlsSettings read() {
        boolean system = SYSTEM.equals(values.text("sslrootcert"));
        String mode = mode(system);
        boolean direct = values.oneOf("sslnegotiation", "postgres", "direct").equals("direct");
        if (direct && List.of("disable", "allow", "prefer").contains(mode)) {
            throw values.wrong("sslnegotiation", "needs sslmode=require, verify-ca or verify-full, not " + mode);
        }
        String certMode = values.oneOf("sslcertmode", "allow", "disable", "require");
        boolean off = mode.equals("disable");
        if (off && certMode.equals("require")) {
            throw values.wrong("sslcertmode", "needs TLS, which sslmode=disable leaves out");
        }
        Path root = off || system ? null : files.namedOrUsual(values, "sslrootcert", ".postgresql/root.crt");
        Path cert = off || certMode.equals("disable")
                ? null
                : files.namedOrUsual(values, "sslcert", ".postgresql/postgresql.crt");
        if (!off && !system && root == null && values.text("sslcrl") != null) {
            throw ConfigFailure.of(
                    "sslcrl in %s has no effect without root certificates to check the server's with."
                            .formatted(values.origin("sslcrl")),
                    "Set sslrootcert (PGSSLROOTCERT) too, or leave out sslcrl.");
        }
        return new TlsSettings(
                mode,
                direct,
                root,
                system,
                root == null && !system ? null : files.namedOrUsual(values, "sslcrl", ".postgresql/root.crl"),
                cert,
                cert == null ? null : key(cert),
                values.text("sslpassword"),
                certMode.equals("require"),
                values.oneOf("sslsni", "1", "0").equals("1"),
                protocols());
    }

    private String mode(boolean system) {
        String mode = requested(system);
        if (system && !mode.equals("verify-full")) {
            throw values.wrong("sslmode", "is too weak for sslrootcert=system, which needs verify-full");
        }
        return mode;
    }

    private String requested(boolean system) {
        if (values.text("sslmode") == null && system) {
            return "verify-full";
        }
        return values.oneOf(
                "sslmode", TlsSettings.DEFAULT_MODE, "disable", "allow", "require", "verify-ca", "verify-full");
    }

    private Path key(Path cert) {
        Path key = files.namedOrUsual(values, "sslkey", ".postgresql/postgresql.key");
        if (key == null) {
            throw ConfigFailure.of(
                    "The client certificate %s (sslcert in %s) has no key: there is no sslkey (PGSSLKEY)."
                            .formatted(cert, values.origin("sslcert")),
                    "Set sslkey to the file of its private key.");
        }
        return key;
    }

    private List<String> protocols() {
        int lowest = protocol("ssl_min_protocol_version", "TLSv1.2");
        int highest = protocol("ssl_max_protocol_version", "TLSv1.3");
        List<String> spoken = ALL.subList(Math.min(lowest, highest + 1), highest + 1).stream()
                .map(SPOKEN::get)
                .filter(name -> name != null)
                .toList();
        if (spoken.isEmpty()) {
            throw ConfigFailure.of(
                    "ssl_min_protocol_version and ssl_max_protocol_version leave no version of TLS; there are TLSv1.2 and TLSv1.3.");
        }
        return spoken;
    }

    private int protocol(String keyword, String otherwise) {
        int place = ALL.indexOf(values.text(keyword, otherwise).toLowerCase(Locale.ROOT));
        if (place < 0) {
            throw values.wrong(keyword, "is none of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3");
        }
        return place;
    }
}
