package io.gatehouse.contract.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

import io.gatehouse.access.keys.SigningKeys;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.contract.oauth.Identity.Tokens;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.MovableClock;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;

/** Keys that sign tokens come and go, and no client notices. */
@QuarkusTest
class SigningKeysContractDbTest {

    private static final Duration ROTATION = Duration.ofDays(91);

    @Inject
    Identity identity;
    @Inject
    Guests guests;
    @Inject
    Deployment deployment;
    @Inject
    SigningKeys keys;
    @Inject
    MovableClock clock;
    @Inject
    Ledger ledger;
    @Inject
    DataSource database;

    private void rotate() {
        try {
            VertxContextSupport.subscribeAndAwait(keys::rotate);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> published() {
        Answer answer = identity.wire().send(Request.of("GET", "/oauth/jwks"));
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("keys").findValuesAsText("kid");
    }

    private static String key(String token) {
        try {
            return JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue();
        } catch (JoseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static int ping(Guarded server, String token) {
        Agent agent = server.agent(token);
        return agent.send(agent.legacy(1, "ping", Map.of())).join().statusCode();
    }

    @Test
    void signsWithANewKeyAndKnowsTheTokensOfTheOldOne() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        Tokens before = identity.letIn(person, server, identity.client(Identity.REDIRECT));

        clock.ahead(ROTATION, this::rotate);

        Tokens after = identity.letIn(person, server, identity.client(Identity.REDIRECT));
        assertNotEquals(key(before.access()), key(after.access()));
        assertTrue(published().containsAll(List.of(key(before.access()), key(after.access()))));
        assertEquals(200, ping(server, before.access()));
        assertEquals(200, ping(server, after.access()));
        deployment.api().get("/api/projects").then().statusCode(200);
    }

    @Test
    void keepsAKeyThatIsNew() {
        List<String> before = published();

        rotate();

        assertEquals(before, published());
    }

    @Test
    void forgetsKeysThatNoTokenCanBeOf() throws SQLException {
        String old = UUID.randomUUID().toString();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into signing_key (id, public_key, sealed_private_key, created_at)
                        select ?, public_key, '', now() - interval '1000 days' from signing_key limit 1""")) {
            insert.setString(1, old);
            insert.execute();
        }

        rotate();

        assertEquals(0, ledger.count("select count(*) from signing_key where id = '" + old + "'"));
        assertFalse(published().isEmpty());
    }
}
