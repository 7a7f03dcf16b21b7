package io.schemajob.importer.convert;

/** What a number means where a moment is wanted; there is no way to guess it, so the mapping says. */
public enum Epoch {
    /** Numbers are not taken. */
    NONE(0),
    SECONDS(1_000_000),
    MILLISECONDS(1000),
    MICROSECONDS(1),
    /** SQLite's {@code julianday()}, to the millisecond as SQLite itself keeps it. */
    JULIAN_DAYS(86_400_000_000L);

    /** 1970-01-01T00:00 as a Julian day. */
    static final double UNIX_IN_JULIAN_DAYS = 2_440_587.5;

    private final long micros;

    Epoch(long micros) {
        this.micros = micros;
    }

    /** Microseconds a unit. */
    public long micros() {
        return micros;
    }
}
