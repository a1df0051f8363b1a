package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Identity.REDIRECT;
import static io.gatehouse.contract.oauth.Identity.refresh;
import static io.gatehouse.contract.oauth.Identity.tokens;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.contract.oauth.Identity.Tokens;
import io.gatehouse.servers.Purge;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;

/** What the authorization server forgets, and what it has to remember. */
@QuarkusTest
class UpkeepContractDbTest {

    @Inject
    Identity identity;
    @Inject
    Guests guests;
    @Inject
    MovableClock clock;
    @Inject
    Ledger ledger;
    @Inject
    Purge purge;

    private Guest person;
    private Guarded server;
    private String client;

    @BeforeEach
    void prepare() {
        person = guests.welcome();
        server = identity.server();
        identity.join(person, server);
        client = identity.client(REDIRECT);
    }

    private void purge() {
        try {
            VertxContextSupport.subscribeAndAwait(purge::run);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private void purgeAfter(Duration time) {
        clock.ahead(time, this::purge);
    }

    private long clients() {
        return ledger.count("select count(*) from oauth_client where id = '" + client + "'");
    }

    private long rows(String table) {
        return ledger.count("select count(*) from " + table + " where user_id = " + person.id());
    }

    private long refreshTokens() {
        return ledger
                .count("select count(*) from oauth_refresh_token t join oauth_grant g on g.id = t.grant_id where user_id = "
                        + person.id());
    }

    @Test
    void forgetsAnApplicationThatNobodyLetIn() {
        purgeAfter(Duration.ofDays(6));
        assertEquals(1, clients());
        purgeAfter(Duration.ofDays(8));
        assertEquals(0, clients());
    }

    @Test
    void keepsWhatIsInUse() {
        Tokens first = identity.letIn(person, server, client);
        clock.ahead(Duration.ofDays(29), () -> {
            purge();
            assertEquals(1, clients());
            assertEquals(1, rows("oauth_consent"));
            assertEquals(200, identity.token(refresh(client, first.refresh())).status());
        });
    }

    /** Theft is told as long as what was stolen would have been good. */
    @Test
    void remembersAUsedRefreshTokenWhileItWouldHaveBeenGood() {
        Tokens first = identity.letIn(person, server, client);
        Tokens second = tokens(identity.token(refresh(client, first.refresh())));
        clock.ahead(Duration.ofDays(29), () -> {
            purge();
            assertEquals(400, identity.token(refresh(client, first.refresh())).status());
            assertEquals(400, identity.token(refresh(client, second.refresh())).status(), "stolen");
        });
    }

    @Test
    void forgetsCodesAfterADay() {
        identity.letIn(person, server, client);
        purge();
        assertEquals(1, rows("oauth_code"));
        purgeAfter(Duration.ofHours(25));
        assertEquals(0, rows("oauth_code"));
        assertEquals(1, rows("oauth_grant"));
    }

    @Test
    void forgetsAGrantThatNoTokenKeepsAlive() {
        identity.letIn(person, server, client);
        purgeAfter(Duration.ofDays(32));
        assertEquals(0, refreshTokens());
        assertEquals(0, rows("oauth_grant"));
        assertEquals(1, rows("oauth_consent"));
        assertEquals(1, clients());
        purgeAfter(Duration.ofDays(91));
        assertEquals(0, rows("oauth_consent"));
        purgeAfter(Duration.ofDays(181));
        assertEquals(0, clients());
    }

    @Test
    void forgetsAGrantThatWasEnded() {
        Tokens tokens = identity.letIn(person, server, client);
        new Browser().post("/oauth/revoke", Map.of("client_id", client, "token", tokens.refresh()));
        purgeAfter(Duration.ofHours(23));
        assertEquals(1, rows("oauth_grant"));
        purgeAfter(Duration.ofHours(25));
        assertEquals(0, rows("oauth_grant"));
        assertEquals(0, refreshTokens());
    }

    @Test
    void forgetsInvitationsThatNobodyTookUp() {
        guests.invite(person);
        purgeAfter(Duration.ofHours(71));
        assertEquals(1, rows("invitation"));
        purgeAfter(Duration.ofHours(73));
        assertEquals(0, rows("invitation"));
    }
}
