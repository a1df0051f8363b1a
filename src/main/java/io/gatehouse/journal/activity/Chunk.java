package io.gatehouse.journal.activity;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Entries that the database keeps in one row: of one server, and of one second, so that whoever reads them in the order of
 * their time knows when none comes any more. One that is open still, and will be replaced, is alone.
 *
 * @param last the greatest id in it
 * @param levels how many entries are of each of {@link Status#LEVELS}
 * @param data the length of what follows, as it was before it was compressed (zlib, RFC 1950): each entry after its length
 */
record Chunk(Written first, Instant at, EntryId last, int[] levels, Set<Integer> terms, byte[] data) {

    /** Enough for the compression, few enough to be read for one of them. */
    private static final int MOST_ENTRIES = 256;
    private static final int MOST_BYTES = 1 << 18;

    private record Place(long serverId, Instant second, EntryId open) {

        static Place of(Written entry) {
            return new Place(entry.serverId(), Chunk.second(entry.at()), entry.isOpen() ? entry.id() : null);
        }
    }

    static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The same entries come to the same chunks. */
    static List<Chunk> of(List<Written> entries) {
        Map<Place, List<Written>> places = new LinkedHashMap<>();
        entries.forEach(entry -> places.computeIfAbsent(Place.of(entry), place -> new ArrayList<>()).add(entry));
        List<Chunk> chunks = new ArrayList<>();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            places.values().forEach(there -> split(there).forEach(some -> chunks.add(whole(some, deflater))));
        } finally {
            deflater.end();
        }
        return chunks;
    }

    private static List<List<Written>> split(List<Written> entries) {
        List<List<Written>> parts = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            int more = entries.get(i).form().length;
            if (i > from && (i - from == MOST_ENTRIES || bytes + more > MOST_BYTES)) {
                parts.add(entries.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        parts.add(entries.subList(from, entries.size()));
        return parts;
    }

    private static Chunk whole(List<Written> entries, Deflater deflater) {
        Written first = entries.get(0);
        int[] levels = new int[Status.LEVELS.size()];
        Set<Facets> facets = new HashSet<>();
        Facets before = null;
        Instant at = first.at();
        EntryId last = first.id();
        for (Written entry : entries) {
            levels[Status.LEVELS.indexOf(entry.facets().status().level())]++;
            at = entry.at().isAfter(at) ? entry.at() : at;
            last = entry.id().compareTo(last) > 0 ? entry.id() : last;
            if (!entry.facets().equals(before)) {
                before = entry.facets();
                facets.add(before);
            }
        }
        Set<Integer> terms = new HashSet<>();
        facets.forEach(facet -> facet.addTerms(first.serverId(), terms));
        return new Chunk(first, at, last, levels, terms, compressed(entries, deflater));
    }

    private static byte[] compressed(List<Written> entries, Deflater deflater) {
        int length = 0;
        for (Written entry : entries) {
            length += Integer.BYTES + entry.form().length;
        }
        ByteBuffer plain = ByteBuffer.allocate(length);
        for (Written entry : entries) {
            plain.putInt(entry.form().length).put(entry.form());
        }
        byte[] out = new byte[Integer.BYTES + plain.capacity() + (plain.capacity() >> 10) + 64];
        ByteBuffer.wrap(out).putInt(plain.capacity());
        deflater.reset();
        deflater.setInput(plain.flip());
        deflater.finish();
        return Arrays.copyOf(out, Integer.BYTES + deflater.deflate(out, Integer.BYTES, out.length - Integer.BYTES));
    }

    /** Those of a chunk that are wanted. */
    static List<Recorded> read(byte[] data, long workspaceId, long serverId, Predicate<Facets> wanted) {
        ByteBuf plain = Unpooled.wrappedBuffer(plain(data));
        List<Recorded> entries = new ArrayList<>();
        while (plain.isReadable()) {
            Recorded entry = new EntryReader(plain.readSlice(plain.readInt()), workspaceId, serverId).read(wanted);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static byte[] plain(byte[] data) {
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
}
