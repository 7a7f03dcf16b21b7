package io.schemajob.database.libpq;

import static io.schemajob.database.libpq.Connections.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.DatabaseHost;
import io.schemajob.database.connect.TargetSession;
import io.schemajob.report.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that somebody says is honoured, known to be harmless, or refused by name. */
class ConnectionReaderTest {
    private static final String URL = "postgresql://app@db/shop";

    @TempDir
    Path home;

    private static ConnectionSettings query(String query) {
        return Connections.url(URL + "?" + query);
    }

    private Path file(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Test
    void variablesCompleteAUrl() {
        ConnectionSettings settings = Connections.url(
                "postgresql://db",
                "PGUSER",
                "app",
                "PGPASSWORD",
                "secret",
                "PGDATABASE",
                "shop",
                "PGPORT",
                "6432",
                "PGSSLMODE",
                "require",
                "PGOPTIONS",
                "-c work_mem=8MB",
                "PGAPPNAME",
                "release",
                "PGCONNECT_TIMEOUT",
                "1");
        assertThat(settings).hasToString("app@db:6432/shop");
        assertThat(settings.hosts().get(0).password()).isEqualTo("secret");
        assertThat(settings.tls().mode()).isEqualTo("require");
        assertThat(settings.options()).isEqualTo("-c work_mem=8MB");
        assertThat(settings.applicationName()).isEqualTo("release");
        assertThat(settings.attemptTimeout()).isEqualTo(Duration.ofSeconds(1));

        ConnectionSettings outspoken = Connections.url(
                "postgresql://me:mine@db:1/own?sslmode=disable&application_name=x",
                "PGUSER",
                "app",
                "PGPASSWORD",
                "secret",
                "PGDATABASE",
                "shop",
                "PGPORT",
                "6432",
                "PGSSLMODE",
                "require",
                "PGAPPNAME",
                "release");
        assertThat(outspoken).hasToString("me@db:1/own");
        assertThat(outspoken.hosts().get(0).password()).isEqualTo("mine");
        assertThat(outspoken.tls().mode()).isEqualTo("disable");
        assertThat(outspoken.applicationName()).isEqualTo("x");
    }

    @Test
    void portsOfSeveralHostsInAUrlAreNotThoseOfTheVariable() {
        assertThat(Connections.url("postgresql://app@a,b/shop", "PGPORT", "6432")
                        .address())
                .isEqualTo("a:5432,b:5432/shop");
    }

    @Test
    void aStringOfKeywordsAndValuesIsReadToo() {
        ConnectionSettings settings = Connections.url(
                "host=a,b port = 1,2 dbname='my \\'own\\' \\\\ db' user=app password=p'w\\ d sslmode=require");
        assertThat(settings.address()).isEqualTo("a:1,b:2/my 'own' \\ db");
        assertThat(settings.hosts().get(0).password()).isEqualTo("p'w d");
        for (String broken : List.of("host=db user='app", "host=db user", "host = db = x y")) {
            assertThat(refused(() -> Connections.url(broken)).message()).contains("DATABASE_URL");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema=app                       | parameter schema in DATABASE_URL leads to the schema \"app\" | --schema app",
                "currentSchema=app                | parameter currentSchema in DATABASE_URL leads to the schema | --schema app",
                "search_path=app                  | parameter search_path in DATABASE_URL leads to the schema | --schema app",
                "options=-csearch_path%3Dapp      | search_path in the options of DATABASE_URL leads to the schema \"app\" | --schema app",
                "options=-c%20search_path%3Dapp,public | leads to the schema \"app\" | --schema app",
                "options=--search-path%3D%22App%22 | leads to the schema \"App\" | --schema App",
                "options=-csearch_path%3DAPP      | leads to the schema \"app\" | --schema app",
                "options=-csearch_path%3D%24user  | leads to the schema \"app\" | --schema app",
                "options=-csearch_path%3Dpg_catalog,a\\ b | leads to the schema \"a b\" | --schema a b",
            })
    void aSchemaThatTheRunDoesNotWorkInIsRefused(String query, String message, String hint) {
        Failure failure = refused(() -> query(query.replace("\\ ", "%5C%20")));
        assertThat(failure.message()).contains(message);
        assertThat(failure.hint()).contains(hint);
    }

    @Test
    void aSchemaThatTheRunWorksInIsNot() {
        RunSchema app = new RunSchema("app", true);
        ConnectionReader reader = new Connections(app, Map.of()).reader;
        for (String query : List.of(
                "schema=app", "currentSchema=app", "options=-csearch_path%3Dapp", "options=-csearch_path%3Dother")) {
            assertThat(reader.fromText("DATABASE_URL", URL + "?" + query).database())
                    .isEqualTo("shop");
        }
        assertThat(refused(() -> reader.fromText("DATABASE_URL", URL + "?schema=public"))
                        .message())
                .contains("\"public\"", "\"app\"");
        for (String query : List.of(
                "schema=public",
                "options=-csearch_path%3Dpublic,ext",
                "options=-csearch_path%3D%22%24user%22,public")) {
            assertThat(query(query).database()).isEqualTo("shop");
        }
        assertThat(refused(() -> Connections.url(URL, "PGOPTIONS", "-csearch_path=app"))
                        .message())
                .contains("the options of PGOPTIONS leads to the schema \"app\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl_mode=require          | did you mean sslmode?",
                "sslMode=require           | did you mean sslmode?",
                "targetsessionattrs=any    | did you mean target_session_attrs?",
                "application-name=x        | did you mean application_name?",
                "conect_timeout=3          | did you mean connect_timeout?",
                "pgbouncer=true            | Prisma's",
                "connection_limit=1        | Prisma's",
                "sslaccept=strict          | sslmode=verify-full",
                "prepareThreshold=0        | pgjdbc's",
                "sslfactory=x              | sslmode=require",
                "targetServerType=primary  | target_session_attrs",
                "pool_max_conns=5          | pgx's",
                "x-migrations-table=m      | golang-migrate's",
                "prepared_statements=false | Rails's",
                "command_timeout=5         | asyncpg's",
                "statement_timeout=5       | SCHEMAJOB_STATEMENT_TIMEOUT",
                "nonsense=1                | not known",
                "default_query_exec_mode=exec | pgx's",
                "binary_parameters=yes     | lib/pq's",
                "sslinline=true            | lib/pq's",
                "TimeZone=Asia/Tokyo       | UTC",
                "single_use_connections=1  | Prisma's",
                "a%0Ab=1                   | \"a\\nb\"",
            })
    void whatLibpqDoesNotKnowIsNamedForWhatItIs(String query, String part) {
        assertThat(refused(() -> query(query)).message())
                .contains("in DATABASE_URL is no parameter of libpq")
                .contains(part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "options=-crole%3Dx                         | role | SCHEMAJOB_OWNER_ROLE",
                "options=-c%20lock_timeout%3D1              | lock_timeout | SCHEMAJOB_LOCK_TIMEOUT",
                "options=--statement-timeout%3D1            | statement_timeout | SCHEMAJOB_STATEMENT_TIMEOUT",
                "options=-cwork_mem%3D1MB%20-cTimeZone%3DEurope/Berlin | timezone | UTC",
                "options=-cDateStyle%3DGerman               | datestyle | ISO",
                "options=-cclient_encoding%3Dlatin1         | client_encoding | UTF-8",
                "options=-cstandard_conforming_strings%3Doff | standard_conforming_strings | script",
            })
    void optionsThatTheJobWouldOverrideAreRefused(String query, String name, String instead) {
        assertThat(refused(() -> query(query)).message()).contains("The setting " + name + " in the options", instead);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ctimezone=UTC",
                "-c datestyle=ISO",
                "-cclient_encoding=UTF8",
                "-cwork_mem=1MB -c geqo=off",
                "-e"
            })
    void optionsThatSayTheSameOrSomethingElseAreHonoured(String options) {
        assertThat(Connections.url(URL, "PGOPTIONS", options).options()).isEqualTo(options);
    }

    @Test
    void theFileOfPasswordsHasALineForEachHost() throws IOException {
        file(".pgpass", "a:1:shop:app:one\n10.0.0.2:2:*:*:two\n*:*:*:other:no\n");
        Map<String, String> variables = Map.of("HOME", home.toString());
        Connections read = new Connections(Connections.PUBLIC, variables);
        ConnectionSettings settings =
                read.reader.fromText("DATABASE_URL", "postgresql://app@a:1,c:3/shop?hostaddr=10.0.0.1,10.0.0.3");
        assertThat(settings.hosts()).extracting(DatabaseHost::password).containsExactly("one", null);
        assertThat(settings.secrets()).containsExactly("one");
        assertThat(read.reader
                        .fromText("DATABASE_URL", "postgresql:///shop?user=app&hostaddr=10.0.0.2&port=2")
                        .hosts())
                .containsExactly(new DatabaseHost("", "10.0.0.2", 2, "two"));
        assertThat(read.reader
                        .fromText("DATABASE_URL", "postgresql://app:own@a:1/shop")
                        .hosts()
                        .get(0)
                        .password())
                .isEqualTo("own");

        Path other = file("other", "*:*:*:*:mine");
        assertThat(read.reader
                        .fromText("DATABASE_URL", URL + "?passfile=" + other)
                        .hosts()
                        .get(0)
                        .password())
                .isEqualTo("mine");
        assertThat(Connections.url(URL, "PGPASSFILE", other.toString())
                        .hosts()
                        .get(0)
                        .password())
                .isEqualTo("mine");
        assertThat(refused(() -> Connections.url(URL, "PGPASSFILE", "/no/such")).message())
                .contains("/no/such, which PGPASSFILE names, does not exist");

        Files.setPosixFilePermissions(home.resolve(".pgpass"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(read.reader
                        .fromText("DATABASE_URL", "postgresql://app@a:1/shop")
                        .hosts()
                        .get(0)
                        .password())
                .isNull();
        assertThat(read.warnings).singleElement().asString().contains(".pgpass is ignored", "0600");
    }

    @Test
    void aServiceCountsBeforeVariablesAndAfterTheUrl() throws IOException {
        Path services = file(
                "services",
                "# ours\n[other]\nhost=wrong\n\n[shop]\nhost=db\nport=6432\ndbname=shop\nuser=app\nsslmode=require\n");
        ConnectionSettings settings = Connections.variables(Map.of(
                "PGSERVICE",
                "shop",
                "PGSERVICEFILE",
                services.toString(),
                "PGUSER",
                "me",
                "PGPORT",
                "1",
                "PGPASSWORD",
                "x"));
        assertThat(settings).hasToString("app@db:6432/shop");
        assertThat(settings.tls().mode()).isEqualTo("require");
        assertThat(Connections.url("postgresql://you@/own?service=shop", "PGSERVICEFILE", services.toString()))
                .hasToString("you@db:6432/own");

        file(".pg_service.conf", "[mine]\nhost=home\nuser=app\n");
        file(
                "etc/pg_service.conf",
                "[theirs]\nhost=etc\nuser=app\n[broken]\nsslmod=x\n[deep]\nservice=x\n[none]\nhost\n");
        String[] folders = {
            "HOME", home.toString(), "PGSYSCONFDIR", home.resolve("etc").toString()
        };
        assertThat(Connections.url("postgresql://?service=mine", folders).hostNames())
                .isEqualTo("home");
        assertThat(Connections.url("postgresql://?service=theirs", folders).hostNames())
                .isEqualTo("etc");
        assertThat(refused(() -> Connections.url("postgresql://?service=nobody", folders))
                        .message())
                .contains("\"nobody\"", ".pg_service.conf");
        assertThat(refused(() -> Connections.url("postgresql://?service=broken", folders))
                        .message())
                .contains("\"sslmod\" in the service broken", "did you mean sslmode?");
        for (String bad : List.of("deep", "none")) {
            assertThat(refused(() -> Connections.url("postgresql://?service=" + bad, folders))
                            .message())
                    .contains("pg_service.conf:");
        }
    }

    @Test
    void tlsIsReadAsLibpqReadsIt() throws IOException {
        String[] at = {"HOME", home.toString()};
        assertThat(Connections.url(URL, at).tls().verifies()).isFalse();
        file(".postgresql/root.crt", "");
        assertThat(Connections.url(URL + "?sslmode=require", at).tls().verifies())
                .isTrue();
        assertThat(query("sslrootcert=system").tls().mode()).isEqualTo("verify-full");
        assertThat(query("requiressl=1").tls().mode()).isEqualTo("require");
        assertThat(query("requiressl=0").tls().mode()).isEqualTo("prefer");
        assertThat(query("sslsni=0").tls().sendName()).isFalse();
        assertThat(query("ssl_min_protocol_version=TLSv1.3").tls().protocols()).containsExactly("TLSv1.3");
        assertThat(query("ssl_max_protocol_version=tlsv1.2").tls().protocols()).containsExactly("TLSv1.2");
        assertThat(query("sslcert=/c&sslkey=/k&sslpassword=p").secrets()).containsExactly("p");
        for (String bad : List.of(
                "sslrootcert=system&sslmode=require",
                "sslnegotiation=direct",
                "sslcert=/c",
                "sslcertmode=maybe",
                "ssl_max_protocol_version=TLSv1.1",
                "ssl_min_protocol_version=TLSv1.3&ssl_max_protocol_version=TLSv1.2",
                "ssl_min_protocol_version=SSLv3")) {
            assertThat(refused(() -> query(bad)).message()).contains("ssl");
        }
    }

    @Test
    void requiresslIsAnOldWordForSslmode() throws IOException {
        assertThat(query("sslmode=disable&requiressl=1").tls().mode()).isEqualTo("require");
        assertThat(query("requiressl=1&sslmode=disable").tls().mode()).isEqualTo("disable");
        assertThat(Connections.url(URL + "?requiressl=1", "PGSSLMODE", "disable")
                        .tls()
                        .mode())
                .isEqualTo("require");
        assertThat(Connections.url(URL, "PGREQUIRESSL", "1").tls().mode()).isEqualTo("require");
        assertThat(Connections.url(URL, "PGREQUIRESSL", "1", "PGSSLMODE", "disable")
                        .tls()
                        .mode())
                .isEqualTo("disable");
        file(".pg_service.conf", "[old]\nrequiressl=1\n");
        assertThat(Connections.url(URL + "?service=old", "HOME", home.toString(), "PGSSLMODE", "disable")
                        .tls()
                        .mode())
                .isEqualTo("require");
    }

    @Test
    void variablesThatAreNearlyOnesOfLibpqAreTold() {
        Connections read = new Connections(
                Connections.PUBLIC,
                Map.of(
                        "PGSSL_MODE",
                        "verify-full",
                        "PGDATA",
                        "/data",
                        "PG_VERSION",
                        "18",
                        "PG_HOST",
                        "x",
                        "PGUSER",
                        "app"));
        read.reader.fromText("DATABASE_URL", "postgresql://db/shop");
        assertThat(read.warnings).singleElement().asString().contains("PGSSL_MODE", "PGSSLMODE is one");
    }

    @Test
    void anAtSignThatNobodyEncodedIsTold() {
        Connections read = new Connections(Connections.PUBLIC, Map.of());
        assertThat(read.reader
                        .fromText("DATABASE_URL", "postgresql://app:top@secret@db/shop")
                        .hosts()
                        .get(0)
                        .password())
                .isEqualTo("top@secret");
        assertThat(read.warnings).singleElement().asString().contains("%40").doesNotContain("secret");
    }

    @Test
    void whatIsWantedOfServerAndLoginIsChecked() {
        assertThat(Connections.url("postgresql://app@a,b/shop").target()).isEqualTo(TargetSession.READ_WRITE);
        assertThat(Connections.url("postgresql://app@a,b/shop?target_session_attrs=any")
                        .target())
                .isEqualTo(TargetSession.ANY);
        assertThat(query("target_session_attrs=prefer-standby").target()).isEqualTo(TargetSession.PREFER_STANDBY);
        assertThat(query("load_balance_hosts=random").shuffled()).isTrue();
        assertThat(query("channel_binding=require&require_auth=scram-sha-256,none")
                        .login()
                        .channelBinding())
                .isEqualTo("require");
        for (String bad : List.of(
                "target_session_attrs=master",
                "load_balance_hosts=yes",
                "channel_binding=on",
                "require_auth=trust",
                "require_auth=!md5,password",
                "connect_timeout=soon",
                "keepalives_idle=x",
                "hostaddr=localhost",
                "port=99999",
                "host=a,b&port=1,2,3",
                "host=a,b&hostaddr=10.0.0.1",
                "host=a:5433",
                "host=a,b:5433",
                "require_auth=md5,md5",
                "sslmode=require&sslcrl=/crl",
                "host=%2Frun%2Fpostgresql",
                "host=d%C2%A0b")) {
            refused(() -> query(bad));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host=db%C2%A0                 | \"db\\u00a0\"",
                "host=db%0A                    | \"db\\n\"",
                "port=5432%C2%A0               | \"5432\\u00a0\"",
                "sslmode=require%E2%80%8B      | \"require\\u200b\"",
                "user=app%0A                   | \"app\\n\": it has a line break (\\n) at its end",
                "dbname=%C2%A0shop             | \"\\u00a0shop\": it has a no-break space (\\u00a0) at its beginning",
            })
    void whatCannotBeSeenIsWrittenOut(String query, String part) {
        assertThat(refused(() -> query(query)).message()).contains(part);
    }

    @Test
    void namesThatTheServerWouldCutAreRefused() {
        String longest = "\u00f6".repeat(31) + "x";
        assertThat(Connections.url("postgresql://" + longest + "@db/" + longest).user())
                .isEqualTo(longest);
        assertThat(refused(() -> Connections.url("postgresql://" + longest + "x@db/shop"))
                        .message())
                .contains("user in DATABASE_URL", "64 bytes");
        assertThat(refused(() -> Connections.url(URL.replace("shop", "s".repeat(64))))
                        .message())
                .contains("dbname in DATABASE_URL", "64 bytes");
        assertThat(refused(() -> Connections.variables(Map.of("PGHOST", "db", "PGUSER", "u".repeat(64))))
                        .message())
                .contains("user in PGUSER");
    }

    @Test
    void aSecretMaySayMoreThanItHasTo() {
        Map<String, String> own = Map.of("host", "db", "user", "app", "password", "x", "dbname", "shop");
        ConnectionReader reader = new Connections(Connections.PUBLIC, Map.of("PGSSLMODE", "require")).reader;
        ConnectionSettings settings = reader.fromSecret(
                own,
                Map.of(
                        "host",
                        "db",
                        "port",
                        "6432",
                        "target_session_attrs",
                        "read-write",
                        "owner",
                        "team",
                        "service",
                        "shop",
                        "username",
                        "app",
                        "sslmode",
                        "",
                        "schema",
                        "public"));
        assertThat(settings).hasToString("app@db:6432/shop");
        assertThat(settings.target()).isEqualTo(TargetSession.READ_WRITE);
        assertThat(settings.tls().mode()).isEqualTo("require");
        assertThat(refused(() -> reader.fromSecret(own, Map.of("schema", "app")))
                        .message())
                .contains("schema in Vault");
        assertThat(refused(() -> reader.fromSecret(own, Map.of("sslcrldir", "/x")))
                        .message())
                .contains("sslcrldir in Vault");
    }
}
