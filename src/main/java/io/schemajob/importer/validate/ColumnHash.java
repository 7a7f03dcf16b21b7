package io.schemajob.importer.validate;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash of a value, here and in SQL. The seed is the hash of the row's key, or of the whole row where it has none, which ties
 * a value to its row: two values that changed places are noticed, and still the sum of a column does not depend on the order
 * of rows.
 */
final class ColumnHash {
    private ColumnHash() {}

    static long of(Kind kind, CanonicalValue value, long seed) {
        if (kind.isNumber()) {
            return PostgresHash.ofLong(value.number(), seed);
        }
        return PostgresHash.ofBytes(
                kind == Kind.BYTEA ? sha256(value.bytes()).getBytes(StandardCharsets.US_ASCII) : value.bytes(), seed);
    }

    /** The same on the server. */
    static String sql(Kind kind, String column, String seed) {
        return switch (kind) {
            case UUID -> "uuid_hash_extended(%s, %s)".formatted(column, seed);
            case TIMESTAMP -> "timestamp_hash_extended(%s, %s)".formatted(column, seed);
            case TIMESTAMPTZ -> "timestamp_hash_extended(%s AT TIME ZONE 'UTC', %s)".formatted(column, seed);
            case BYTEA -> text("encode(sha256(%s), 'hex')".formatted(column), seed);
            default ->
                kind.isNumber()
                        ? "hashint8extended(%s, %s)".formatted(number(kind, column), seed)
                        : text("(%s)::text".formatted(column), seed);
        };
    }

    /** {@link Kind#text} on the server. */
    static String textSql(Kind kind, String column) {
        if (kind.isNumber()) {
            return "(%s)::text".formatted(number(kind, column));
        }
        return kind == Kind.BYTEA ? "encode(%s, 'hex')".formatted(column) : "(%s)::text".formatted(column);
    }

    private static String text(String expression, String seed) {
        return "hashtextextended(%s COLLATE \"C\", %s)".formatted(expression, seed);
    }

    private static String number(Kind kind, String column) {
        return switch (kind) {
            case BOOLEAN -> "(%s)::int::bigint".formatted(column);
            case FLOAT4 -> "('x' || encode(float4send(%s), 'hex'))::bit(32)::int::bigint".formatted(column);
            case FLOAT8 -> "('x' || encode(float8send(%s), 'hex'))::bit(64)::bigint".formatted(column);
            case DATE -> "(%s - DATE '2000-01-01')::bigint".formatted(column);
            case TIMESTAMP -> micros(column);
            case TIMESTAMPTZ -> micros(column + " AT TIME ZONE 'UTC'");
            default -> "(%s)::bigint".formatted(column);
        };
    }

    private static String micros(String timestamp) {
        return "((extract(epoch FROM %s) - 946684800) * 1000000)::bigint".formatted(timestamp);
    }

    /** In hexadecimal. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
