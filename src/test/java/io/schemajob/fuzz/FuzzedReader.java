package io.schemajob.fuzz;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.Maintenance;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.BundleSource;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.database.libpq.ConnectionReader;
import io.schemajob.database.libpq.RunSchema;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.importer.sqlite.RowReader;
import io.schemajob.importer.sqlite.SourceRow;
import io.schemajob.importer.sqlite.SourceSchema;
import io.schemajob.importer.sqlite.Sqlite;
import io.schemajob.importer.sqlite.SqliteFailures;
import io.schemajob.importer.sqlite.SqliteHeader;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What reads something that others write. */
enum FuzzedReader {
    SCRIPT("*/migrations/*.sql") {
        @Override
        void read(byte[] input, Path folder) {
            ScriptParser.parse(Script.of(new TextFile("migrations/001_a.up.sql", text(input))));
        }
    },
    BUNDLE("*/bundle.yaml") {
        @Override
        void read(byte[] input, Path folder) {
            BundleLoader.load(new Memory(Map.of(
                    "bundle.yaml", input, "migrations/001_a.up.sql", "SELECT 1;".getBytes(StandardCharsets.UTF_8))));
        }
    },
    TWO_WAY {
        @Override
        void read(byte[] input, Path folder) {
            BundleLoader.load(new Memory(Map.of(
                    "bundle.yaml",
                    "name: a\nformat: goose\n".getBytes(StandardCharsets.UTF_8),
                    "migrations/00001_a.sql",
                    input)));
        }
    },
    SCHEMA("*/schema.yaml") {
        @Override
        void read(byte[] input, Path folder) {
            SchemaYaml.read(new TextFile("schema.yaml", text(input)));
        }
    },
    MAPPING("*/import.yaml") {
        @Override
        void read(byte[] input, Path folder) {
            ImportMapping.read(new TextFile("import.yaml", text(input)));
        }
    },
    MAINTENANCE("*/maintenance.sql") {
        @Override
        void read(byte[] input, Path folder) {
            Maintenance.of(new TextFile("maintenance.sql", text(input)));
        }
    },
    ARCHIVE {
        @Override
        void read(byte[] input, Path folder) {
            BundleLoader.load(file(folder, "bundle.tar.gz", input).toString());
        }
    },
    URL {
        @Override
        void read(byte[] input, Path folder) {
            connection(Map.of()).fromText("DATABASE_URL", text(input));
        }
    },
    VARIABLES {
        @Override
        void read(byte[] input, Path folder) {
            Map<String, String> variables = new TreeMap<>();
            text(input)
                    .lines()
                    .map(line -> line.split("=", 2))
                    .forEach(pair -> variables.put(pair[0], pair[pair.length - 1]));
            connection(variables).fromVariables();
        }
    },
    PASSWORD_FILE {
        @Override
        void read(byte[] input, Path folder) {
            connection(Map.of(
                            "PGHOST",
                            "db",
                            "PGUSER",
                            "app",
                            "PGPASSFILE",
                            file(folder, "pgpass", input).toString()))
                    .fromVariables();
        }
    },
    SERVICE_FILE {
        @Override
        void read(byte[] input, Path folder) {
            connection(Map.of(
                            "PGSERVICE",
                            "shop",
                            "PGSERVICEFILE",
                            file(folder, "service.conf", input).toString()))
                    .fromVariables();
        }
    },
    SQLITE {
        @Override
        void read(byte[] input, Path folder) {
            Path file = file(folder, "a.db", input);
            SqliteHeader.read(file);
            try (Connection source = Sqlite.openImmutable(file)) {
                for (SourceTable table : SourceSchema.read(source).values()) {
                    List<String> columns =
                            table.columns().stream().map(SourceColumn::name).toList();
                    try (RowReader rows = RowReader.open(source, table, columns)) {
                        rows.next(SourceRow.batch(100, columns.size()));
                    }
                }
            } catch (SQLException e) {
                throw SqliteFailures.of("The SQLite file could not be read", e);
            }
        }
    },
    /** The answers of a Vault to one login and to what is read after it, in the order of the requests. */
    VAULT {
        @Override
        void read(byte[] input, Path folder) {
            RogueServers.vault(pieces(input));
        }

        @Override
        boolean refusesWith(Failure failure) {
            return failure.status() == ExitStatus.UNAVAILABLE
                    || failure.status() == ExitStatus.ACCESS_DENIED
                    || failure.status() == ExitStatus.CONFIG;
        }
    },
    /** All that a server of PostgreSQL says to a session: at the login, and with rows, notices and errors. */
    SERVER {
        @Override
        void read(byte[] input, Path folder) {
            try {
                RogueServers.postgres(input);
            } catch (RuntimeException e) {
                throw Failure.from(e).asException(e);
            }
        }

        @Override
        byte[] tamed(byte[] input) {
            return ServerAnswer.withoutGiants(input);
        }

        /** An error that no server gives to our statements is one that we do not know. */
        @Override
        boolean refusesWith(Failure failure) {
            return failure.status() != ExitStatus.INTERNAL || failure.sqlState() != null;
        }
    },
    /** Whatever a server says becomes one line that is ours to print. */
    MESSAGE {
        @Override
        void read(byte[] input, Path folder) {
            String line = Printable.line(text(input));
            if (line.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new IllegalStateException("not printable: " + line);
            }
        }
    };

    private final String ofBundles;

    FuzzedReader() {
        this("");
    }

    FuzzedReader(String ofBundles) {
        this.ofBundles = ofBundles;
    }

    /** Makes an input of this reader cheap to read where many of its like would cost more than they show. */
    byte[] tamed(byte[] input) {
        return input;
    }

    /** How what somebody wrote is refused: what it is, or what it says. */
    boolean refusesWith(Failure failure) {
        return failure.status() == ExitStatus.CONFIG
                || failure.status() == ExitStatus.HISTORY_INVALID
                || failure.status() == ExitStatus.IMPORT_REJECTED;
    }

    /** Which files of the built-in bundles it reads, as a glob; empty for none. */
    String ofBundles() {
        return ofBundles;
    }

    /** @param folder for files, the same each time */
    abstract void read(byte[] input, Path folder);

    /** What stands between lines of {@code %%}. */
    private static List<byte[]> pieces(byte[] input) {
        return Arrays.stream(new String(input, StandardCharsets.ISO_8859_1).split("\n%%\n"))
                .map(piece -> piece.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    private static ConnectionReader connection(Map<String, String> variables) {
        Map<String, String> environment = new TreeMap<>(variables);
        environment.putIfAbsent("HOME", "/no/home");
        return new ConnectionReader(environment, new RunSchema("public", false), null, warning -> {});
    }

    private static Path file(Path folder, String name, byte[] content) {
        try {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(file, content);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bundle that is nowhere on a disk. */
    private record Memory(Map<String, byte[]> files) implements BundleSource {
        @Override
        public String name() {
            return "memory";
        }

        @Override
        public String origin() {
            return "memory";
        }

        @Override
        public Collection<String> paths() {
            return files.keySet();
        }

        @Override
        public void read(Set<String> paths, Receiver receiver) {
            paths.forEach(path -> receiver.accept(path, files.get(path)));
        }
    }
}
