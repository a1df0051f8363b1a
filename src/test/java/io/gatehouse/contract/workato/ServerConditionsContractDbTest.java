package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.workato.Write.Target;
import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;

/** Writes on the condition that a server is what it was when it was read. */
@QuarkusTest
class ServerConditionsContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;

    private String tag(Target target) {
        return servers.get(target.handle(), "").statusCode(200).extract().header("ETag");
    }

    private RequestSpecification on(String tag) {
        return deployment.api().header("If-Match", tag);
    }

    // D-16
    @ParameterizedTest
    @EnumSource(Write.class)
    void writesOnlyWhatWasRead(Write write) {
        Target target = servers.target();
        String before = tag(target);
        servers.body("{\"ip_denylist\":[\"10.0.0.7\"]}").put(Write.SET_POLICY.path(target)).then().statusCode(200);
        String now = tag(target);
        assertNotEquals(before, now);

        for (String wrong : List.of(before, "\"999999\"", "W/" + now, "nonsense", "\"\"", "\"99999999999\"")) {
            write.send(on(wrong), target).statusCode(412).body("code", equalTo("precondition_failed"));
        }
        assertEquals(now, tag(target));

        write.send(on("\"999999\", " + now), target).statusCode(200);
    }

    // D-16
    @ParameterizedTest
    @EnumSource(Write.class)
    void lastWriterWinsWithoutACondition(Write write) {
        Target target = servers.target();
        tag(target);
        servers.body("{\"ip_denylist\":[\"10.0.0.7\"]}").put(Write.SET_POLICY.path(target)).then().statusCode(200);

        write.send(on("*"), target).statusCode(200);
        if (write != Write.DELETE && write != Write.REMOVE_TOOL && write != Write.REVOKE_TOKEN) {
            write.send(deployment.api(), target).statusCode(200);
        }
    }

    // D-16
    @ParameterizedTest
    @ValueSource(strings = { "", "/server_policies" })
    void tagsWhatCanBeChanged(String path) {
        Target target = servers.target();

        String tag = servers.get(target.handle(), path).header("ETag", matchesPattern("\"\\d+\"")).extract().header("ETag");

        assertEquals(tag, tag(target));
        String changed = Write.UPDATE.send(deployment.api(), target).extract().header("ETag");
        assertNotEquals(tag, changed);
        assertEquals(changed, tag(target));
        assertEquals(tag(target), servers.get(target.handle(), path).extract().header("ETag"));
        assertEquals(Write.SET_POLICY.send(deployment.api(), target).extract().header("ETag"), tag(target));
    }

    // D-16
    @Test
    void letsOneOfManyWritersThrough() {
        Target target = servers.target();
        String tag = tag(target);

        List<Integer> answers = AtOnce.times(6, i -> Write.UPDATE.send(on(tag), target).extract().statusCode());

        List<Integer> statuses = answers.stream().sorted().toList();
        assertEquals(200, statuses.get(0));
        assertEquals(Collections.nCopies(5, 412), statuses.subList(1, 6));
    }

    // D-16: a server that there is not is not found, whatever the condition
    @Test
    void findsNothingOnAnyCondition() {
        on("\"0\"").delete(SERVERS + "/nope").then().statusCode(404);
    }
}
