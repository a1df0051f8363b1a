package io.gatehouse.journal.activity;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * By what people look for entries, beside their time. What stands in a chunk is known by terms, which are hashes of a server
 * and a facet or two of the same entry: a chunk without a term has no such entry. What most entries are has none, as a search
 * for that finds enough wherever it looks.
 *
 * @param tool null for none
 * @param caller null for a stranger
 * @param jobId null for none
 */
record Facets(String type, Status status, String tool, String caller, Long jobId) {

    static final String USUAL_TYPE = "tool_call";

    void addTerms(long serverId, Set<Integer> terms) {
        if (tool != null) {
            terms.add(term(serverId, "tool", tool));
        }
        if (caller != null) {
            terms.add(term(serverId, "caller", caller));
            if (tool != null) {
                terms.add(term(serverId, "caller+tool", caller, tool));
            }
        }
        if (jobId != null) {
            terms.add(term(serverId, "job", jobId.toString()));
        }
        if (!type.equals(USUAL_TYPE)) {
            addTerms(serverId, "type", type, terms);
        }
        if (status != Status.SUCCESS) {
            addTerms(serverId, "status", status.word(), terms);
            addTerms(serverId, "level", status.level(), terms);
        }
    }

    /** Of what is rare. */
    private void addTerms(long serverId, String name, String value, Set<Integer> terms) {
        terms.add(term(serverId, name, value));
        if (tool != null) {
            terms.add(term(serverId, name + "+tool", value, tool));
        }
        if (caller != null) {
            terms.add(term(serverId, name + "+caller", value, caller));
        }
        if (!type.equals(USUAL_TYPE)) {
            terms.add(term(serverId, name + "+type", value, type));
        }
    }

    static int term(long serverId, String name, String... values) {
        CRC32C hash = new CRC32C();
        hash.update((serverId + "\n" + name + "\n" + String.join("\n", values)).getBytes(StandardCharsets.UTF_8));
        return (int) hash.getValue();
    }
}
