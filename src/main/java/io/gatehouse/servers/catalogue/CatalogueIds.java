package io.gatehouse.servers.catalogue;

import java.util.List;

/** Ids of catalogue entries, by kind. */
public record CatalogueIds(List<Long> operations, List<Long> upstreamTools) {

    /** Of whichever kind each is. */
    static CatalogueIds any(List<Long> ids) {
        return new CatalogueIds(ids, ids);
    }
}
