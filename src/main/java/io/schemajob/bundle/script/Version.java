package io.schemajob.bundle.script;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The version of a migration: numbers separated by dots or underscores, compared number by number, so that {@code 1},
 * {@code 001} and {@code 1.0} are one version, as they are for Flyway and golang-migrate.
 *
 * <p>Prints as its author wrote it in the file name.
 */
public final class Version implements Comparable<Version> {
    private static final Pattern TEXT = Pattern.compile("[0-9]+(?:[._][0-9]+)*");

    private final String text;
    private final List<BigInteger> parts;

    private Version(String text) {
        this.text = text;
        this.parts = withoutTrailingZeros(
                Stream.of(text.split("[._]")).map(BigInteger::new).toList());
    }

    /** @throws NumberFormatException when the text is not a version */
    public static Version of(String text) {
        return new Version(text);
    }

    /** The version, or empty when the text is none. */
    public static Optional<Version> find(String text) {
        return TEXT.matcher(text).matches() ? Optional.of(new Version(text)) : Optional.empty();
    }

    /** The version as a single number, or empty when it has several parts. */
    public Optional<BigInteger> number() {
        return parts.size() == 1 ? Optional.of(parts.get(0)) : Optional.empty();
    }

    private static List<BigInteger> withoutTrailingZeros(List<BigInteger> numbers) {
        int length = numbers.size();
        while (length > 1 && numbers.get(length - 1).signum() == 0) {
            length--;
        }
        return List.copyOf(numbers.subList(0, length));
    }

    @Override
    public int compareTo(Version other) {
        int common = Math.min(parts.size(), other.parts.size());
        for (int i = 0; i < common; i++) {
            int order = parts.get(i).compareTo(other.parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && parts.equals(version.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
