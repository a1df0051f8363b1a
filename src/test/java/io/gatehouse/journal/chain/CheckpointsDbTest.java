package io.gatehouse.journal.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.platform.jobs.Lease;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;

/** The job that signs, as it runs in the application, over whatever the other tests have done too. */
@QuarkusTest
class CheckpointsDbTest {

    @Inject
    Checkpoints checkpoints;
    @Inject
    ChainRows rows;
    @Inject
    OtherWorkspace others;
    @Inject
    Ledger ledger;
    @Inject
    MeterRegistry registry;
    @Inject
    Lease lease;
    @Inject
    Scheduler scheduler;

    /** The application's own turn would take part, and let others wait meanwhile. */
    @BeforeEach
    void stopTheJob() {
        scheduler.pause();
        Await.until(this::isFree, () -> "The job is still under way");
    }

    @AfterEach
    void resumeTheJob() {
        scheduler.resume();
    }

    private boolean isFree() {
        try {
            return VertxContextSupport
                    .subscribeAndAwait(() -> lease.alone("audit-checkpoints", () -> Uni.createFrom().voidItem()));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private List<String> verify() throws Throwable {
        List<String> said = new ArrayList<>();
        VertxContextSupport.subscribeAndAwait(() -> rows.read((jwks, found) -> {
            Verification verification = new Verification(new TrustedKeys(jwks), expectNothing(), said::add);
            return found.invoke(verification::accept).collect().last().invoke(verification::end);
        }));
        return said;
    }

    private static Expectations expectNothing() {
        try {
            return Expectations.of(List.of(), new TrustedKeys(List.of()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private long signed(long workspace) {
        return ledger.count("select count(*) from audit_checkpoint where workspace_id = " + workspace);
    }

    // P-30
    @Test
    void signsWhatIsNewWithTheKeyOfTheDeployment() throws Throwable {
        long workspace = others.create();
        String token = others.administrator(workspace);
        Deployment.as(token).body(Map.of("name", "One")).post("/api/iam/user_groups").then().statusCode(200);

        VertxContextSupport.subscribeAndAwait(checkpoints::run);
        VertxContextSupport.subscribeAndAwait(checkpoints::run);

        assertEquals(1, signed(workspace));
        String kid = RestAssured.get("/oauth/jwks").path("keys[0].kid");
        assertEquals(kid, ledger.text("select id from audit_key order by created_at desc limit 1"));
        List<String> said = verify();
        assertEquals("All is well.", said.get(said.size() - 1), said::toString);
    }

    // P-30: an alert looks at the metric, which grows with every look
    @Test
    void signsNoChainThatIsNotAsItWasWrittenAndCountsIt() throws Throwable {
        long workspace = others.create();
        Deployment.as(others.administrator(workspace)).body(Map.of("name", "One")).post("/api/iam/user_groups").then()
                .statusCode(200);
        double before = broken();
        tamper(workspace, "resource_name || '!'");
        try {
            VertxContextSupport.subscribeAndAwait(checkpoints::run);
            assertEquals(before + 1, broken());
            VertxContextSupport.subscribeAndAwait(checkpoints::run);

            assertEquals(before + 2, broken());
            assertEquals(0, signed(workspace));
        } finally {
            tamper(workspace, "left(resource_name, -1)");
        }
        VertxContextSupport.subscribeAndAwait(checkpoints::run);
        assertEquals(1, signed(workspace));
        assertEquals(before + 2, broken());
    }

    private double broken() {
        return registry.get("gatehouse.audit.broken").counter().count();
    }

    /** As whoever owns the server can, without the trigger. */
    private void tamper(long workspace, String name) {
        ledger.update("do $$ begin alter table audit_entry disable trigger refuse; update audit_entry set resource_name = "
                + name + " where resource_type = 'user_group' and workspace_id = " + workspace
                + "; alter table audit_entry enable always trigger refuse; end $$");
    }

    /** It is signed with the key that signs tokens. */
    @Test
    void isTakenForNoToken() throws Throwable {
        String token = others.administrator(others.create());
        Deployment.as(token).body(Map.of("name", "One")).post("/api/iam/user_groups").then().statusCode(200);
        VertxContextSupport.subscribeAndAwait(checkpoints::run);

        Deployment.as(ledger.text("select signed from audit_checkpoint limit 1")).get("/api/users/me").then().statusCode(401);
    }
}
