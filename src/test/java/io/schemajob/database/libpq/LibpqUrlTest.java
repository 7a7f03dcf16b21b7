package io.schemajob.database.libpq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.DatabaseHost;
import io.schemajob.database.connect.TargetSession;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.PostgresName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What libpq's documentation says of its URLs, and what other clients put into the same variable. */
class LibpqUrlTest {
    private static final String NASTY = "@:/?#%&+ '\"\\=,;[]{}<>|^`~$!*()-._\t\u00e4\u00df\u20ac\u6f22\ud83d\udd11";

    private static ConnectionSettings parse(String url) {
        return Connections.url(url);
    }

    @Test
    void readsEveryPart() {
        ConnectionSettings settings = parse(
                "postgresql://app:secret@db.example:6432/shop?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.crt&connect_timeout=3");
        assertThat(settings.source()).isEqualTo("DATABASE_URL");
        assertThat(settings.hosts()).containsExactly(new DatabaseHost("db.example", null, 6432, "secret"));
        assertThat(settings.database()).isEqualTo("shop");
        assertThat(settings.user()).isEqualTo("app");
        assertThat(settings.tls().mode()).isEqualTo("verify-full");
        assertThat(settings.tls().rootCert()).isEqualTo(Path.of("/etc/ca.crt"));
        assertThat(settings.attemptTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void whatIsNotSaidIsAsLibpqSays() {
        ConnectionSettings settings = parse("postgres://app@db");
        assertThat(settings.hosts()).containsExactly(new DatabaseHost("db", 5432));
        assertThat(settings.database()).isEqualTo("app");
        assertThat(settings.target()).isEqualTo(TargetSession.ANY);
        assertThat(settings.tls().mode()).isEqualTo("prefer");
        assertThat(settings.tls().rootCert()).isNull();
        assertThat(settings.attemptTimeout()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres",
                "postgresql",
                "postgresql+asyncpg",
                "postgresql+psycopg",
                "postgresql+psycopg2",
                "postgres+pg8000"
            })
    void acceptsTheSchemesOfLibpqAndSqlAlchemy(String scheme) {
        assertThat(parse(scheme + "://app:pw@db:5433/shop").address()).isEqualTo("db:5433/shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b,c                       | a:5432,b:5432,c:5432",
                "a:1,b,c:3                   | a:1,b:5432,c:3",
                "[::1]                       | [::1]:5432",
                "[2001:db8::1]:6000,db       | [2001:db8::1]:6000,db:5432",
                "10.1.2.3:5433               | 10.1.2.3:5433",
                "db%2Dx.example              | db-x.example:5432",
            })
    void readsSeveralHostsAndAddresses(String hosts, String address) {
        assertThat(parse("postgresql://app:pw@" + hosts + "/shop").address()).isEqualTo(address + "/shop");
    }

    @Test
    void takesEverythingFromTheQueryToo() {
        ConnectionSettings settings = parse("postgresql:///shop?host=a,b&port=1,2&user=app&password=p%40ss+word");
        assertThat(settings.address()).isEqualTo("a:1,b:2/shop");
        assertThat(settings.hosts().get(0).password()).isEqualTo("p@ss+word");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://app@a/shop?port=5433, a:5433/shop",
        "postgresql://app@a:1/shop?port=2, a:2/shop",
        "postgresql://app@a:1/shop?host=b, b:1/shop",
        "postgresql://app@a/shop?dbname=other, a:5432/other",
    })
    void theQueryOverridesTheRest(String url, String address) {
        assertThat(parse(url).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"ssl=require, require", "ssl=true, require", "sslmode=disable, disable"})
    void readsAsyncpgsWordForTls(String query, String mode) {
        assertThat(parse("postgresql+asyncpg://app@db/shop?" + query).tls().mode())
                .isEqualTo(mode);
    }

    @Property
    void everyEncodedUserPasswordAndDatabaseComesBack(
            @ForAll("nasty") String user, @ForAll("nasty") String password, @ForAll("nasty") String database) {
        Assume.that(PostgresName.problem(user).isEmpty());
        Assume.that(PostgresName.problem(database).isEmpty());
        ConnectionSettings settings =
                parse("postgresql://%s:%s@db:5433/%s".formatted(encode(user), encode(password), encode(database)));
        assertThat(settings.user()).isEqualTo(user);
        assertThat(settings.hosts().get(0).password()).isEqualTo(password);
        assertThat(settings.database()).isEqualTo(database);
        assertThat(settings.hosts()).containsExactly(new DatabaseHost("db", null, 5433, password));
    }

    @Property
    void aPasswordMayAlsoStandInTheQuery(@ForAll("nasty") String password) {
        assertThat(parse("postgresql://app@db/shop?sslmode=require&password=" + encode(password))
                        .hosts()
                        .get(0)
                        .password())
                .isEqualTo(password);
    }

    /** Many people encode nothing; what can be told apart nevertheless is taken as it was meant. */
    @Property
    void passwordsThatNobodyEncodedWorkWhereTheyAreUnambiguous(
            @ForAll @StringLength(min = 1, max = 20) String password) {
        Assume.that(password.chars().noneMatch(c -> c == '/' || c == '%'));
        Assume.that(password.strip().equals(password) && !password.contains("\0"));
        assertThat(parse("postgresql://app:" + password + "@db/shop")
                        .hosts()
                        .get(0)
                        .password())
                .isEqualTo(password);
    }

    @Property
    void neverFailsInAnotherWayAndNeverShowsTheUrl(@ForAll("nasty") String rest) {
        try {
            parse("postgresql://app:topsecret" + rest);
        } catch (SchemajobException e) {
            assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
            assertThat(e.failure().toString()).doesNotContain("topsecret");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://app:topsecret@db/shop          | does not begin with postgresql://",
                "jdbc:postgresql://db/shop              | it is a JDBC URL",
                "postgresql:app:topsecret@db            | does not begin with postgresql://",
                "postgresql://app:topsecret%4@db/shop   | % in it is not followed by two hexadecimal digits",
                "postgresql://app:topsecret%@db/shop    | % in it is not followed by two hexadecimal digits",
                "postgresql://app:topsecret%FF@db/shop  | not UTF-8",
                "postgresql://app:topsecret@db:x/shop   | host or port",
                "postgresql://app:topsecret@[::1/shop   | host or port",
                "postgresql://app:topsecret@db:0/shop   | port \"0\"",
                "postgresql://app:topsecret@db:65536/s  | port \"65536\"",
                "postgresql://app:topsecret@/shop       | does not say the host",
                "postgresql://db/shop                   | does not say the user",
                "postgresql://app:topsecret@a,,b/shop   | host name in DATABASE_URL is empty",
                "postgresql://app:topsecret@%2Frun/shop | Unix socket",
                "postgresql://app@db/s?sslmode=on       | sslmode \"on\"",
                "postgresql://app@db/s?sslmode=         | sslmode in DATABASE_URL is empty",
                "postgresql://app:to@psecret@db?a=b     | host or port",
                "postgresql://app@db/postgresql:%2F%2Fx:topsecret%40y | dbname in DATABASE_URL holds a whole connection",
                "host=db user=app dbname='host=x password=topsecret'  | dbname in DATABASE_URL holds a whole connection",
                "postgresql://app@a,b/s?port=1,2,3      | 2 hosts but 3 ports",
                "postgresql://app:to@psecret/x@db/shop  | write / as %2F",
                "postgresql://app:topsecret/12@db/shop  | host or port",
                "postgresql://app:topsecret@[]/shop     | host or port",
                "postgresql://app:top%00secret@db/shop  | %00",
                "postgresql://app:topsecret@db/s?a      | has no = and no value",
                "postgresql://app:topsecret@db/s?ssl=on | sslmode \"on\"",
                "POSTGRESQL://app:topsecret@db/shop     | does not begin with postgresql://",
            })
    void mistakesAreNamedAndNothingSecretIsShown(String url, String part) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, () -> parse(url));
        assertThat(e).as(url).isNotNull();
        Failure failure = e.failure();
        assertThat(failure.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(failure.message()).contains("DATABASE_URL", part);
        assertThat(failure.toString()).doesNotContain("topsecret").doesNotContain("psecret");
    }

    @Provide
    Arbitrary<String> nasty() {
        int[] points = NASTY.codePoints().toArray();
        return Arbitraries.integers()
                .between(0, points.length + 61)
                .map(i -> i < points.length
                        ? points[i]
                        : "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                .codePointAt(i - points.length))
                .list()
                .ofMinSize(1)
                .ofMaxSize(24)
                .map(list -> list.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
            encoded.append(plain ? String.valueOf((char) b) : "%%%02x".formatted(b));
        }
        return encoded.toString();
    }
}
