package io.schemajob.importer.convert;

/**
 * What SQLite says a value is. It belongs to the value and not to the column: any column can hold any class.
 *
 * @see <a href="https://www.sqlite.org/datatype3.html">Datatypes In SQLite</a>
 */
public enum StorageClass {
    NULL,
    INTEGER,
    REAL,
    TEXT,
    BLOB;

    /** As SQLite's {@code typeof()} prints it. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
