package io.gatehouse.access.clients;

import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.platform.AddressRanges;
import io.gatehouse.platform.database.StoredJson;

/** The addresses that a client may call from, as its row keeps them. */
final class AllowList {

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
    };

    private AllowList() {
    }

    static AddressRanges read(String stored) {
        return AddressRanges.of(texts(stored));
    }

    static List<String> texts(String stored) {
        return StoredJson.read(stored, TEXTS);
    }

    static String write(AddressRanges ranges) {
        return StoredJson.write(ranges.texts());
    }
}
