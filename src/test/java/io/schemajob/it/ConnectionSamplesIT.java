package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.ClientKeys;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main connection parameters through the packaged application; ConnectionParametersIT tries all of them in process. */
class ConnectionSamplesIT {
    private static final ScriptFolder SCRIPTS = ScriptFolder.create()
            .with(
                    "001_seen.up.sql",
                    "CREATE TABLE seen AS SELECT current_setting('application_name') AS app, current_setting('work_mem') AS mem;");

    @TempDir
    Path home;

    private App migrate(String url) {
        return App.of("migrate", "--bundle", SCRIPTS.path().toString())
                .env("HOME", home.toString())
                .env("DATABASE_URL", url);
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = Files.write(home.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whatLeadsElsewhereIsRefusedBeforeAnythingIsContacted() {
        // Nobody listens at this port: a contact would end with 69.
        String url = "postgresql://app@127.0.0.1:1/shop";
        Map<App, String> refused = Map.of(
                migrate(url + "?schema=app"), "leads to the schema \"app\"",
                migrate(url).env("PGOPTIONS", "-csearch_path=app"), "the options of PGOPTIONS leads to the schema",
                migrate(url + "?sslmod=require"), "did you mean sslmode?",
                migrate(url).env("PGTARGETSESSIONATTRS", "standby"), "target_session_attrs=standby",
                migrate(url).env("PGGSSENCMODE", "require"), "gssencmode in PGGSSENCMODE cannot be honoured");
        refused.forEach((app, words) -> {
            App.Result result = app.run();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(78);
            assertThat(result.text()).contains(words, "Not contacted.");
        });
    }

    @Test
    void variablesServiceAndPasswordFileCompleteTheUrl() throws IOException {
        Postgres.Database db = Postgres.version(Postgres.NEWEST).createDatabase();
        file(".pgpass", ("127.0.0.1:*:*:" + db.user() + ":" + db.password() + "\n").getBytes());
        file(
                ".pg_service.conf",
                "[shop]\nhost=127.0.0.1\nport=%d\ndbname=%s\napplication_name=of-the-service\n"
                        .formatted(db.server().port(), db.name())
                        .getBytes());
        App.Result result = migrate("postgresql://" + db.user() + "@?service=shop")
                .env("PGOPTIONS", "-c work_mem=7MB")
                .env("PGAPPNAME", "of-the-variable")
                .secret(db.password())
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT app, mem FROM seen")).containsExactly("of-the-service|7MB");
        }
    }

    @Test
    void aClientCertificateWithAnEncryptedKeyLogsIn() throws Exception {
        TestCa ca = TestCa.create();
        TestCa.Certificate certificate = ca.issue("certified", "dns:certified");
        try (Postgres server = Postgres.dedicated(Postgres.NEWEST).tls(ca).start()) {
            server.createRole("certified", "only-for-tests-1");
            server.superuserExecute("CREATE DATABASE certified OWNER certified");
            Path hba;
            try (Connection connection = server.superuser();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW hba_file")) {
                row.next();
                hba = Path.of(row.getString(1));
            }
            Files.copy(ca.certificate(), hba.resolveSibling("ca.crt"));
            Files.writeString(hba, "hostssl all certified 127.0.0.1/32 cert\n" + Files.readString(hba));
            server.superuserExecute("ALTER SYSTEM SET ssl_ca_file = 'ca.crt'");
            server.restart();
            Path key = file("key", ClientKeys.forms(certificate, "key-password").get("encrypted.pem"));
            App.Result result = migrate("postgresql://certified@localhost:%d/?sslpassword=key-password&sslkey=%s"
                            .formatted(server.port(), key))
                    .env("PGHOSTADDR", "127.0.0.1")
                    .env("PGSSLMODE", "verify-full")
                    .env("PGSSLROOTCERT", ca.certificate().toString())
                    .env("PGSSLCRL", ca.revocationList(false).toString())
                    .env("PGSSLCERT", certificate.certificate().toString())
                    .secret("key-password")
                    .run();
            assertThat(result.exitCode()).as(result.text()).isZero();
        }
    }
}
