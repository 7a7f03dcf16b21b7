package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bundle that holds nothing but migration scripts: a folder under {@code target} for one test. */
public record ScriptFolder(Path path) {

    public static ScriptFolder create() {
        try {
            return new ScriptFolder(Files.createTempDirectory(Files.createDirectories(Path.of("target/scripts")), "b"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a script such as {@code 001_create.up.sql}, or another file of a bundle. */
    public ScriptFolder with(String name, String sql) {
        try {
            Path file = path.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, sql);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file. */
    public String read(String name) {
        try {
            return Files.readString(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run of {@code migrate} with this bundle. */
    public App migrate(Postgres.Database database, String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "migrate";
        arguments[1] = "--bundle";
        arguments[2] = path.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return App.command(arguments).database(database);
    }
}
