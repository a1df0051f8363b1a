package io.gatehouse.access.clients;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.gatehouse.platform.AddressRanges;

/** The addresses that a client may call from, as its row keeps them: a JSON array. */
final class AllowList {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
    };

    private AllowList() {
    }

    static AddressRanges read(String stored) {
        return AddressRanges.of(texts(stored));
    }

    static List<String> texts(String stored) {
        try {
            return JSON.readValue(stored, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored allow list can't be read", e);
        }
    }

    static String write(AddressRanges ranges) {
        try {
            return JSON.writeValueAsString(ranges.texts());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An allow list can't be written", e);
        }
    }
}
