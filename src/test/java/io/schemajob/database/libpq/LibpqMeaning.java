package io.schemajob.database.libpq;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.DatabaseHost;
import io.schemajob.database.connect.TargetSession;
import io.schemajob.database.tls.TlsSettings;
import io.schemajob.testing.Libpq;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;

/** What the options that libpq has read mean to it, by its documentation and source, beside what they mean to the job. */
final class LibpqMeaning {
    private static final List<String> PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private final Map<String, String> options;
    private final Libpq.Reading libpq;
    private final Path home;
    private final boolean variablesOnly;

    private LibpqMeaning(Libpq.Reading libpq, ConnectionGenerator.Generated said) {
        this.options = libpq.options();
        this.libpq = libpq;
        this.home = Path.of(said.environment().get("HOME"));
        this.variablesOnly = said.text() == null;
    }

    static void assertSame(
            ConnectionSettings settings,
            Libpq.Reading libpq,
            ConnectionGenerator.Generated said,
            List<String> warnings,
            String description) {
        if (!warnings.isEmpty() && warnings.get(0).contains("not written as %40")) {
            // The job takes the last @ for the end of the password, and says so.
            return;
        }
        LibpqMeaning meaning = new LibpqMeaning(libpq, said);
        SoftAssertions.assertSoftly(soft -> {
            meaning.compareServer(settings, soft);
            meaning.compareTls(settings.tls(), soft);
            meaning.compareRest(settings, soft);
            soft.assertThat(meaning.dropped(said.environment())).as("dropped").isEmpty();
            soft.assertThat(soft.wasSuccess()).as(description).isTrue();
        });
    }

    private String get(String keyword) {
        String value = options.get(keyword);
        return value == null || value.isEmpty() ? null : value;
    }

    private String get(String keyword, String otherwise) {
        return get(keyword) == null ? otherwise : get(keyword);
    }

    private void compareServer(ConnectionSettings settings, SoftAssertions soft) {
        soft.assertThat(settings.hosts()).as("hosts").isEqualTo(hosts());
        soft.assertThat(settings.user()).as("user").isEqualTo(get("user"));
        soft.assertThat(settings.database()).as("dbname").isEqualTo(get("dbname", get("user")));
        // The one default that differs, as docs/configuration.md says.
        boolean several = settings.hosts().size() > 1;
        String target = get("target_session_attrs", "any");
        soft.assertThat(settings.target())
                .as("target_session_attrs")
                .isIn(
                        TargetSession.of(target).orElse(null),
                        several && target.equals("any") ? TargetSession.READ_WRITE : null);
        soft.assertThat(settings.shuffled()).isEqualTo(get("load_balance_hosts").equals("random"));
    }

    private List<DatabaseHost> hosts() {
        String[] names = list("host");
        String[] addresses = list("hostaddr");
        String[] ports = list("port");
        int count = Math.max(names.length, addresses.length);
        List<DatabaseHost> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // The job drops blanks around a host, which libpq would look for.
            String name = names.length > i ? names[i].strip() : "";
            String address = addresses.length > i && !addresses[i].isEmpty() ? addresses[i] : null;
            String port = ports.length == 0 ? "" : ports[ports.length == 1 ? 0 : i];
            String password = get("password") != null
                    ? get("password")
                    : libpq.passwords().get(i);
            hosts.add(new DatabaseHost(
                    name,
                    address,
                    port.isEmpty() ? 5432 : Integer.parseInt(port.strip()),
                    password == null || password.isEmpty() ? null : password));
        }
        return hosts;
    }

    private String[] list(String keyword) {
        return get(keyword) == null ? new String[0] : get(keyword).split(",", -1);
    }

    private void compareTls(TlsSettings tls, SoftAssertions soft) {
        String mode = get("sslmode");
        boolean off = mode.equals("disable");
        soft.assertThat(tls.mode()).as("sslmode").isEqualTo(mode);
        soft.assertThat(tls.direct())
                .as("sslnegotiation")
                .isEqualTo(get("sslnegotiation").equals("direct"));
        soft.assertThat(tls.certRequired())
                .as("sslcertmode")
                .isEqualTo(get("sslcertmode").equals("require"));
        soft.assertThat(tls.sendName())
                .as("sslsni")
                .isEqualTo(get("sslsni", "1").equals("1"));
        if (off) {
            return;
        }
        boolean system = get("sslrootcert", "").equals("system");
        soft.assertThat(tls.systemRoots()).as("sslrootcert").isEqualTo(system);
        soft.assertThat(tls.rootCert())
                .as("sslrootcert")
                .isEqualTo(system ? null : file("sslrootcert", ".postgresql/root.crt"));
        soft.assertThat(tls.crl())
                .as("sslcrl")
                .isEqualTo(tls.rootCert() == null && !system ? null : file("sslcrl", "none"));
        Path certificate = get("sslcertmode").equals("disable") ? null : file("sslcert", "none");
        soft.assertThat(tls.cert()).as("sslcert").isEqualTo(certificate);
        soft.assertThat(tls.key()).as("sslkey").isEqualTo(certificate == null ? null : file("sslkey", "none"));
        if (certificate != null) {
            soft.assertThat(tls.keyPassword()).as("sslpassword").isEqualTo(get("sslpassword"));
        }
        int lowest = protocol(get("ssl_min_protocol_version", "TLSv1"));
        int highest = protocol(get("ssl_max_protocol_version", "TLSv1.3"));
        soft.assertThat(tls.protocols())
                .as("ssl_…_protocol_version")
                .isEqualTo(PROTOCOLS.subList(Math.max(lowest, 2), highest + 1));
    }

    private static int protocol(String name) {
        return PROTOCOLS.stream().map(String::toLowerCase).toList().indexOf(name.toLowerCase(Locale.ROOT));
    }

    private Path file(String keyword, String usual) {
        if (get(keyword) != null) {
            return Path.of(get(keyword));
        }
        Path file = home.resolve(usual);
        return Files.exists(file) ? file : null;
    }

    private void compareRest(ConnectionSettings settings, SoftAssertions soft) {
        soft.assertThat(settings.login().required()).as("require_auth").isEqualTo(get("require_auth"));
        soft.assertThat(settings.login().channelBinding()).as("channel_binding").isEqualTo(get("channel_binding"));
        soft.assertThat(settings.options()).as("options").isEqualTo(get("options"));
        soft.assertThat(settings.applicationName())
                .as("application_name")
                .isEqualTo(get("application_name", get("fallback_application_name")));
        String seconds = get("connect_timeout");
        Duration timeout = seconds == null ? null : Duration.ofSeconds(Math.max(0, Long.parseLong(seconds.strip())));
        soft.assertThat(settings.attemptTimeout()).as("connect_timeout").isEqualTo(timeout);
        for (String keyword : List.of("keepalives_idle", "keepalives_interval", "keepalives_count")) {
            // libpq has no variable for them: credentials warns of it.
            if (variablesOnly) {
                break;
            }
            soft.assertThat(settings.parameters().get(keyword)).as(keyword).isEqualTo(get(keyword));
        }
    }

    /** What libpq would do and the job cannot, and did not refuse either. */
    private List<String> dropped(Map<String, String> environment) {
        List<String> dropped = new ArrayList<>();
        for (LibpqParameter parameter : LibpqParameters.ALL) {
            String value =
                    parameter.keyword() == null ? environment.get(parameter.variable()) : get(parameter.keyword());
            if (value != null && parameter.refusal(value).isPresent()) {
                dropped.add(parameter.keyword() + " " + parameter.variable() + "=" + value);
            }
        }
        return dropped;
    }
}
