package io.schemajob.importer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.importer.convert.SourceValue;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OldIdsTest {
    private static final String HEADER = "table,old_id,new_id,class\n";

    @TempDir
    Path folder;

    private OldIds load(String csv) throws IOException {
        return OldIds.load(
                Files.writeString(folder.resolve("ids.csv"), csv),
                folder.resolve("places"),
                Log.silent(),
                new CancellationToken());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Short and long, with all that has to be quoted, in whatever order they are asked for. */
    @Test
    void findsEveryIdOfEveryTable() throws IOException {
        Random random = new Random(16);
        List<UUID> ids = new ArrayList<>();
        List<String> old = new ArrayList<>();
        StringBuilder csv = new StringBuilder(HEADER);
        for (int i = 0; i < 20_000; i++) {
            ids.add(new UUID(random.nextLong(), random.nextLong()));
            String text =
                    switch (i % 5) {
                        case 0 -> "é🤖 \"" + i + "\"";
                        case 1 -> "a,\n\"\"\r\n," + i;
                        case 2 -> String.valueOf(i);
                        case 3 -> i % 997 == 0 ? "x".repeat(random.nextInt(100_000)) + i : "\"" + i;
                        default -> " " + i;
                    };
            old.add(text);
            csv.append("\"my \"\"t\"\"\",\"%s\",%s,text\n".formatted(text.replace("\"", "\"\""), ids.get(i)));
            if (i % 3 == 0) {
                // The same UUID in another table is another id.
                csv.append("other,%d,%s,integer\n".formatted(i, ids.get(i)));
            }
        }
        try (OldIds loaded = load(csv.toString())) {
            for (int n = 0; n < 60_000; n++) {
                int i = random.nextInt(ids.size());
                assertThat(loaded.of("my \"t\"", bytes(ids.get(i))).string()).isEqualTo(old.get(i));
                SourceValue other = loaded.of("other", bytes(ids.get(i)));
                if (i % 3 == 0) {
                    assertThat(other.integer()).isEqualTo(i);
                } else {
                    assertThat(other.string()).isEqualTo(ids.get(i).toString());
                }
            }
            UUID unknown = UUID.randomUUID();
            assertThat(loaded.of("my \"t\"", bytes(unknown)).string()).isEqualTo(unknown.toString());
            assertThat(loaded.of("none", bytes(unknown)).string()).isEqualTo(unknown.toString());
            assertThat(Files.size(folder.resolve("places")))
                    .isLessThan(csv.toString().getBytes().length);
        }
        assertThat(folder.resolve("places")).doesNotExist();
    }

    @Test
    void blobsComeBack() throws IOException {
        UUID id = UUID.randomUUID();
        try (OldIds loaded = load(HEADER + "t,x'00ff'," + id + ",blob")) {
            assertThat(loaded.of("t", bytes(id)).bytes()).containsExactly(0, -1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "table,old_id\n",
                HEADER + "a,b\n",
                HEADER + "t,1,1-1-1-1-1,text\n",
                HEADER + "t,1,00000000-0000-0000-0000-00000000000x,text\n",
                HEADER + "t,\"1,00000000-0000-0000-0000-000000000001,text\n",
                HEADER + ",,,\n,,,\n,,,\n",
            })
    void whatIsNoSuchFileIsRefused(String csv) {
        assertThatThrownBy(() -> load(csv)).hasMessageContaining("is not a file of ids");
        assertThat(folder.resolve("places")).doesNotExist();
    }
}
