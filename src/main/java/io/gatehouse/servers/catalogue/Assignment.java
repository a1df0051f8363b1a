package io.gatehouse.servers.catalogue;

import java.util.List;

/**
 * What is to be put on a server.
 *
 * @param tools one by one, first
 * @param sources whole, in their order
 * @param prefix put before the names of the tools, and of those sources that have no other; empty for none
 */
public record Assignment(List<Reference> tools, List<Source> sources, String prefix) {

    /** One entry of the catalogue. */
    public record Reference(CatalogueTool.Kind kind, long id) {
    }

    /**
     * All that can be put on servers of one imported API or third-party server: one of both.
     *
     * @param upstreamId 24 hexadecimal characters
     * @param prefix null for that of the assignment
     */
    public record Source(Long collectionId, String upstreamId, String prefix) {
    }

    /** Operations under their own names. */
    public static Assignment ofOperations(List<Long> ids) {
        return new Assignment(ids.stream().map(id -> new Reference(CatalogueTool.Kind.OPERATION, id)).toList(), List.of(),
                "");
    }
}
