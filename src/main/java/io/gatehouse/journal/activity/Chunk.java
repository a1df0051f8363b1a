package io.gatehouse.journal.activity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Entries that the database keeps in one row: of one server, and of one second, so that whoever reads them in the order of
 * their time knows when none comes any more. One that is open still, and will be replaced, is alone.
 *
 * @param last the greatest id in it
 * @param levels how many entries are of each of {@link Status#LEVELS}
 * @param data by the {@link Packer}
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

    /** When no chunk with an entry of this time can go on any more. */
    static Instant end(Instant at) {
        return second(at).plusSeconds(1);
    }

    /** The same entries come to the same chunks. */
    static List<Chunk> of(List<Written> entries) {
        Map<Place, List<Written>> places = new LinkedHashMap<>();
        entries.forEach(entry -> places.computeIfAbsent(Place.of(entry), place -> new ArrayList<>()).add(entry));
        List<Chunk> chunks = new ArrayList<>();
        try (Packer packer = new Packer()) {
            places.values().forEach(there -> split(there).forEach(some -> chunks.add(whole(some, packer))));
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

    private static Chunk whole(List<Written> entries, Packer packer) {
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
        return new Chunk(first, at, last, levels, terms, packer.pack(entries));
    }

    /** Those of a chunk that are wanted. */
    static List<Recorded> read(byte[] data, long workspaceId, long serverId, Predicate<Facets> wanted) {
        ByteBuf plain = Unpooled.wrappedBuffer(Packer.unpack(data));
        List<Recorded> entries = new ArrayList<>();
        while (plain.isReadable()) {
            Recorded entry = new EntryReader(plain.readSlice(plain.readInt()), workspaceId, serverId).read(wanted);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
