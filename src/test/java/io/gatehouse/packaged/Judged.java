package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.testing.Specification;
import io.gatehouse.testing.Specification.Operation;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;

/** An installation whose every answer is held against a specification, and must have the status that is expected. */
final class Judged implements AutoCloseable {

    private final Installation gatehouse = new Installation();
    private final Specification specification;
    private final Set<String> succeeded = new TreeSet<>();

    Judged(Specification specification) throws Exception {
        this.specification = specification;
    }

    Installation gatehouse() {
        return gatehouse;
    }

    JsonNode get(int status, String target) {
        return send(status, gatehouse.request("GET", target));
    }

    JsonNode delete(int status, String target) {
        return send(status, gatehouse.request("DELETE", target));
    }

    /** @param body null for none; one that is to be accepted must be as the specification wants it */
    JsonNode send(int status, String method, String target, Object body) {
        Request request = gatehouse.request(method, target);
        if (body == null) {
            return send(status, request);
        }
        request = request.json(body);
        if (status < 300) {
            assertEquals(List.of(), specification.requestFaults(method, request.path(), "application/json",
                    request.body()));
        }
        return send(status, request);
    }

    private JsonNode send(int status, Request request) {
        Answer answer = gatehouse.wire().send(request);
        String said = request.method() + " " + request.target() + ": " + answer.status() + " " + answer.text();
        assertEquals(status, answer.status(), said);
        assertEquals(List.of(), specification.faults(request.method(), request.path(), answer), said);
        if (status < 300) {
            succeeded.add(specification.operation(request.method(), request.path()).orElseThrow().id());
        }
        return answer.json();
    }

    /** A stranger gets nowhere. */
    void refuseStrangers(String id) {
        for (Operation operation : specification.operations()) {
            String path = operation.template().replaceAll("\\{[^}]*}", id);
            send(401, Request.of(operation.method(), path));
            send(401, Request.of(operation.method(), path).header("Authorization", "Bearer nobody").json("{"));
        }
    }

    void everyOperationSucceeded() {
        assertEquals(specification.operations().stream().map(Operation::id)
                .collect(Collectors.toCollection(TreeSet::new)), succeeded);
    }

    @Override
    public void close() throws IOException {
        gatehouse.close();
    }
}
