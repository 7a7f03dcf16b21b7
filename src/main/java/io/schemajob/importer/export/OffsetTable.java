package io.schemajob.importer.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Finds places in a file by the hash of what is there: a hash table with open addressing that is a file too, so that its size
 * costs no memory. A slot has the first bits of the hash and a place; the caller looks whether what is there is what it wants.
 */
final class OffsetTable {
    private static final int PLACE_BITS = 40;
    private static final long PLACES = (1L << PLACE_BITS) - 1;

    /** Slots of a part of the file that is mapped at once: half a gigabyte. */
    private static final int PART_BITS = 26;

    private static final int ZEROS = 64 * 1024;

    private final long slots;
    private final MappedByteBuffer[] parts;

    /**
     * An empty table.
     *
     * @param file is made, and left to the caller
     * @param most entries that it has to take
     */
    OffsetTable(Path file, long most) throws IOException {
        this.slots = 2 * most + 1;
        this.parts = new MappedByteBuffer[(int) ((slots >> PART_BITS) + 1)];
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // A disk that is full has to tell it now, and not by a fault of the memory that is mapped to it.
            ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
            for (long left = slots * Long.BYTES; left > 0; left -= channel.write(zeros)) {
                zeros.position(0).limit((int) Math.min(ZEROS, left));
            }
            for (int i = 0; i < parts.length; i++) {
                long first = (long) i << PART_BITS;
                long count = Math.min(1L << PART_BITS, slots - first);
                parts[i] = channel.map(FileChannel.MapMode.READ_WRITE, first * Long.BYTES, count * Long.BYTES);
            }
        }
    }

    /** Whether what is at a place is what is looked for. */
    interface Test {
        boolean at(long place) throws IOException;
    }

    void put(long hash, long place) {
        long slot = slot(hash);
        while (get(slot) != 0) {
            slot = (slot + 1) % slots;
        }
        // The place plus one, so that no slot in use is zero.
        part(slot).putLong(index(slot), tag(hash) | place + 1);
    }

    /** The place for which the test is true; -1 if there is none. */
    long find(long hash, Test test) throws IOException {
        long slot = slot(hash);
        for (long entry = get(slot); entry != 0; entry = get(slot)) {
            long place = (entry & PLACES) - 1;
            if ((entry & ~PLACES) == tag(hash) && test.at(place)) {
                return place;
            }
            slot = (slot + 1) % slots;
        }
        return -1;
    }

    private long slot(long hash) {
        return Math.floorMod(hash, slots);
    }

    /** Bits that do not depend on the slot alone. */
    private static long tag(long hash) {
        return hash & ~PLACES;
    }

    private long get(long slot) {
        return part(slot).getLong(index(slot));
    }

    private MappedByteBuffer part(long slot) {
        return parts[(int) (slot >> PART_BITS)];
    }

    private static int index(long slot) {
        return (int) (slot & (1L << PART_BITS) - 1) * Long.BYTES;
    }
}
