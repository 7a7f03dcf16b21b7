package io.schemajob.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes inputs that nobody would write, from such as somebody wrote: bytes changed, pieces gone, doubled, moved, of another input, or hostile. */
final class InputMutator {
    private static final int LARGEST = 32 * 1024;

    private static final List<byte[]> HOSTILE = Stream.of(
                    "\0",
                    "\uFEFF",
                    "\r",
                    "\n\n",
                    "\u2028",
                    "'",
                    "''",
                    "\"",
                    "`",
                    "$$",
                    "$a$",
                    "\\",
                    "\\.",
                    "--",
                    "/*",
                    "*/",
                    ";",
                    ":",
                    ": ",
                    "- ",
                    "? ",
                    "&a ",
                    "*a",
                    "!!binary ",
                    "<<: ",
                    "{",
                    "}",
                    "[",
                    "]",
                    "#",
                    "%",
                    "%00",
                    "%zz",
                    "@",
                    "?",
                    "=",
                    "&",
                    "\t",
                    " ",
                    "-1",
                    "0",
                    "18446744073709551616",
                    "1e999999999",
                    "NaN",
                    "null",
                    "true",
                    "~",
                    "../",
                    "/etc/passwd",
                    "COPY t FROM stdin;\n",
                    "BEGIN;",
                    "COMMIT;",
                    "-- schemajob: no-transaction\n",
                    "-- +goose Up\n",
                    "-- +goose StatementBegin\n",
                    "-- migrate:down\n",
                    "\u0130\u0131\u017f",
                    "\uD83D\uDE00",
                    "e\u0301",
                    "{\"a\":",
                    "\\u0000",
                    "\\uD800")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final Random random;
    private final List<byte[]> seeds;

    InputMutator(List<byte[]> seeds, long seed) {
        this.seeds = seeds;
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] input = any();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            input = changed(input);
        }
        return input.length <= LARGEST ? input : piece(input, 0, LARGEST);
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + 1 + random.nextInt(random.nextBoolean() ? 8 : 200));
        byte[] before = piece(input, 0, from);
        byte[] after = piece(input, to, input.length);
        byte[] between = piece(input, from, to);
        return switch (random.nextInt(8)) {
            case 0 -> joined(before, after);
            case 1 -> joined(before, between, between, after);
            case 2 -> joined(before, HOSTILE.get(random.nextInt(HOSTILE.size())), between, after);
            case 3 -> joined(before, HOSTILE.get(random.nextInt(HOSTILE.size())), after);
            case 4 -> joined(before, repeated(random.nextInt(500)), between, after);
            case 5 -> {
                byte[] other = any();
                int at = random.nextInt(other.length + 1);
                yield joined(before, piece(other, at, Math.min(other.length, at + 100)), after);
            }
            case 6 -> random.nextInt(10) == 0 ? before : joined(after, between, before);
            default -> {
                if (from < input.length) {
                    input[from] = (byte) random.nextInt(256);
                }
                yield input;
            }
        };
    }

    private byte[] repeated(int times) {
        byte[] hostile = HOSTILE.get(random.nextInt(HOSTILE.size()));
        byte[][] all = new byte[times][];
        Arrays.fill(all, hostile);
        return joined(all);
    }

    private static byte[] piece(byte[] of, int from, int to) {
        return Arrays.copyOfRange(of, from, to);
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }
}
