package io.gatehouse.tools.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.gatehouse.connections.Scheme;
import io.gatehouse.plan.HttpOperation;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The records that this room keeps as JSON text in its rows. */
@RegisterForReflection(targets = { Scheme.class, HttpOperation.class, HttpOperation.Parameter.class,
        HttpOperation.Body.class, HttpOperation.Part.class })
final class StoredJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StoredJson() {
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Could not write " + value.getClass(), e);
        }
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored " + type.getType() + " can't be read", e);
        }
    }
}
