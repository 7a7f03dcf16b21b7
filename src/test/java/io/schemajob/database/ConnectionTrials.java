package io.schemajob.database;

import io.schemajob.testing.ClientKeys;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.TestCa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** For each connection parameter that is honoured, how that can be seen. */
final class ConnectionTrials {
    /**
     * How to see that a parameter is honoured.
     *
     * @param beside parameters and variables that it needs to be seen
     * @param value of the parameter
     * @param effect part of what a connection tells with the parameter and not without it
     */
    record Trial(Map<String, String> beside, String value, String effect) {}

    private final Path folder;
    private final Map<String, Trial> trials = new HashMap<>();

    /** @param folder for the files that parameters name */
    ConnectionTrials(Path folder) {
        this.folder = folder;
    }

    private String file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"))
                .toString();
    }

    private void trial(String name, String value, String effect, String... beside) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < beside.length; i += 2) {
            map.put(beside[i], beside[i + 1]);
        }
        trials.put(name, new Trial(map, value, effect));
    }

    /**
     * All of them, by the names of the parameters.
     *
     * @param certificate that the user {@code certified} logs in with
     * @param withoutTls a server that offers none
     */
    Map<String, Trial> make(TestCa ca, TestCa.Certificate certificate, Postgres withoutTls) throws Exception {
        makeServerTrials();
        makeLoginTrials();
        makeTlsTrials(ca, certificate);
        trial("requiressl", "1", "does not support SSL", "port", "" + withoutTls.port());
        String section = "[mine]\napplication_name=from-service\n";
        String services = file("services", section);
        file("etc/pg_service.conf", section);
        trial("service", "mine", "app=from-service", "PGSERVICEFILE", services);
        trial("servicefile", services, "app=from-service", "service", "mine");
        trial("PGSYSCONFDIR", folder.resolve("etc").toString(), "app=from-service", "PGSERVICE", "mine");
        trial("options", "-c work_mem=7MB", "work_mem=7MB");
        trial("application_name", "release", "app=release");
        trial("fallback_application_name", "fallback", "app=fallback");
        return trials;
    }

    private void makeServerTrials() {
        trial("host", "no-such-host.invalid", "no-such-host.invalid");
        trial("hostaddr", "127.0.0.1", "user=trusted", "host", "no-such-host.invalid");
        trial("port", "1", "127.0.0.1:1");
        trial("dbname", "template1", "db=template1");
        trial("user", "certified", "a password of user certified");
        trial("target_session_attrs", "standby", "is not what target_session_attrs=standby asks for");
        trial("keepalives_idle", "71", "idle=71");
        trial("keepalives_interval", "72", "interval=72");
        trial("keepalives_count", "73", "count=73");
    }

    private void makeLoginTrials() throws IOException {
        trial("password", "only-for-tests-3", "user=plain", "user", "plain");
        trial("passfile", file("pass", "*:*:*:plain:only-for-tests-3\n"), "user=plain", "user", "plain");
        trial("require_auth", "scram-sha-256", "require_auth=scram-sha-256 does not allow");
        trial("channel_binding", "require", "hannel binding", "sslmode", "require");
    }

    private void makeTlsTrials(TestCa ca, TestCa.Certificate certificate) throws Exception {
        Map<String, byte[]> keys = ClientKeys.forms(certificate, "key-password");
        String key = file("key", new String(keys.get("pkcs8.pem"), StandardCharsets.US_ASCII));
        String locked = file("locked", new String(keys.get("encrypted.pem"), StandardCharsets.US_ASCII));
        String cert = certificate.certificate().toString();
        String root = ca.certificate().toString();
        String[] certified = {"user", "certified", "sslmode", "require", "sslkey", key};
        trial("sslcert", cert, "dn=/CN=certified", certified);
        trial("sslkey", key, "dn=/CN=certified", "user", "certified", "sslmode", "require", "sslcert", cert);
        trial(
                "sslpassword",
                "key-password",
                "dn=/CN=certified",
                "user",
                "certified",
                "sslkey",
                locked,
                "sslcert",
                cert);
        trial("sslcertmode", "require", "no certificate to send");
        trial("sslmode", "disable", "tls=f");
        trial("sslrootcert", TestCa.create().certificate().toString(), "is not trusted", "sslmode", "require");
        trial("sslcrl", ca.revocationList(true).toString(), "revoked", "sslmode", "verify-ca", "sslrootcert", root);
        trial("ssl_min_protocol_version", "TLSv1.3", "leave no version", "ssl_max_protocol_version", "TLSv1.2");
        trial("ssl_max_protocol_version", "TLSv1.2", "version=TLSv1.2");
    }
}
