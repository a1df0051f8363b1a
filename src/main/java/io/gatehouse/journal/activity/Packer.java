package io.gatehouse.journal.activity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Puts the forms of entries together, each after its length, and compresses them (zlib, RFC 1950); before that stands how long
 * they are. For one thread.
 */
final class Packer implements AutoCloseable {

    /** How much longer than before something is at most that can't be compressed: by five bytes for each 16 KiB, and some. */
    private static final int LONGER = 64;
    private static final int SHIFT = 10;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private byte[] plain = {};
    private byte[] packed = {};

    byte[] pack(List<Written> entries) {
        int length = 0;
        for (Written entry : entries) {
            length += Integer.BYTES + entry.form().length;
        }
        if (plain.length < length) {
            plain = new byte[length];
            packed = new byte[Integer.BYTES + length + (length >> SHIFT) + LONGER];
        }
        ByteBuffer all = ByteBuffer.wrap(plain);
        for (Written entry : entries) {
            all.putInt(entry.form().length).put(entry.form());
        }
        deflater.reset();
        deflater.setInput(plain, 0, length);
        deflater.finish();
        ByteBuffer.wrap(packed).putInt(length);
        return Arrays.copyOf(packed, Integer.BYTES + deflater.deflate(packed, Integer.BYTES, packed.length - Integer.BYTES));
    }

    static byte[] unpack(byte[] data) {
        byte[] plain = new byte[ByteBuffer.wrap(data).getInt()];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data, Integer.BYTES, data.length - Integer.BYTES);
            if (inflater.inflate(plain) != plain.length) {
                throw new IllegalStateException("A chunk of the activity log is shorter than it says");
            }
            return plain;
        } catch (DataFormatException e) {
            throw new IllegalStateException("A chunk of the activity log is broken", e);
        } finally {
            inflater.end();
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
