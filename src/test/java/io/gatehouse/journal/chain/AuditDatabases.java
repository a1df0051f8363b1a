package io.gatehouse.journal.chain;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.flywaydb.core.Flyway;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

import io.gatehouse.packaged.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;

/** A server with databases in which the audit trail may be tampered with, as nobody may in that of the other tests. */
final class AuditDatabases implements AutoCloseable {

    static final String FILL = """
            insert into audit_entry (workspace_id, created_at, actor, source, request_id, address, user_agent, action,
                resource_type, resource_id, resource_name, changes)
            select %d, now(), 'user:' || n, 'workato', 'r' || n, '10.0.0.1', 'Curl/8', 'mcp_server.renamed', 'mcp_server',
                'id' || n, case when n %% 3 = 0 then null else 'Ürümqi 🐪 ' || n end, '{"name":{"before":null,"after":"a,b:' || n || '"}}'
            from generate_series(1, %d) n""";

    /** A hundred thousand entries take a busy machine long. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final PostgresServer server = PostgresServer.empty();
    private final Vertx vertx = Vertx.vertx();
    final Key key = new Key("ours");

    AuditDatabases() throws IOException {
    }

    /** Signs as the deployment does, or as somebody else. */
    record Key(EllipticCurveJsonWebKey jwk) implements CheckpointKeys {

        Key(String id) {
            this(generate(id));
        }

        private static EllipticCurveJsonWebKey generate(String id) {
            try {
                EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
                key.setKeyId(id);
                return key;
            } catch (JoseException e) {
                throw new IllegalStateException(e);
            }
        }

        String published() {
            return jwk.toJson(OutputControlLevel.PUBLIC_ONLY);
        }

        @Override
        public Uni<Signed> sign(String payload) {
            try {
                JsonWebSignature jws = new JsonWebSignature();
                jws.setHeader("typ", TYPE);
                jws.setKeyIdHeaderValue(jwk.getKeyId());
                jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
                jws.setPayload(payload);
                jws.setKey(jwk.getPrivateKey());
                return Uni.createFrom().item(new Signed(jws.getCompactSerialization(), jwk.getKeyId(), published()));
            } catch (JoseException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String user(String name) {
        return name + ":" + name;
    }

    String url(String database, String user) {
        return server.url().replace("postgres:postgres@", user(user) + "@").replaceFirst("/postgres$", "/" + database);
    }

    Connection open(String database, String user) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:" + url(database, user).replaceFirst("//[^@]*@", "//"), user, user);
    }

    /** Does things as whoever may do everything. */
    void run(String database, String... statements) throws SQLException {
        try (Connection connection = open(database, "postgres"); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    String text(String database, String query) throws SQLException {
        try (Connection connection = open(database, "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    void create(String database, String owner) throws SQLException {
        run("postgres", "create database " + database + " owner " + owner);
    }

    /** With workspaces 1 and 2. */
    void migrate(String database, String owner) throws SQLException {
        Flyway.configure().dataSource("jdbc:" + url(database, owner).replaceFirst("//[^@]*@", "//"), owner, owner).load()
                .migrate();
        run(database, """
                insert into workspace (id, object_id, name, created_at)
                select n, 'o' || n, 'w', now() from generate_series(1, 2) n""");
    }

    private Pool pool(String database) {
        return Pool.newInstance(PgBuilder.pool().connectingTo(url(database, "postgres")).using(vertx.getDelegate()).build());
    }

    /** Signs until there is nothing left to sign. */
    void sign(String database, Key signer) throws SQLException {
        Pool pool = pool(database);
        try {
            Checkpoints checkpoints = new Checkpoints(pool, new ChainRows(pool), signer, null, null, Clock.systemUTC(),
                    new SimpleMeterRegistry(), Duration.ZERO);
            String before;
            do {
                before = text(database, "select count(*) from audit_checkpoint");
                checkpoints.signDue().await().atMost(LONGEST);
            } while (!before.equals(text(database, "select count(*) from audit_checkpoint")));
        } finally {
            pool.close().await().indefinitely();
        }
    }

    /** What a verification says. */
    List<String> verify(String database, List<String> expected, Key... trusted) {
        Pool pool = pool(database);
        try {
            List<String> said = new ArrayList<>();
            new ChainRows(pool).read((found, rows) -> {
                TrustedKeys keys = new TrustedKeys(
                        trusted.length == 0 ? found : List.of(trusted).stream().map(Key::published).toList());
                Verification verification = new Verification(keys, expectations(expected, keys), said::add);
                return rows.invoke(verification::accept).collect().last().invoke(verification::end);
            }).await().atMost(LONGEST);
            return said;
        } finally {
            pool.close().await().indefinitely();
        }
    }

    /** The lines of an export. */
    List<String> export(String database) {
        Pool pool = pool(database);
        try {
            List<String> lines = new ArrayList<>();
            new ChainRows(pool).read((keys, rows) -> {
                lines.add(ExportFile.head(keys));
                return rows.invoke(row -> lines.add(ExportFile.line(row))).collect().last();
            }).await().atMost(LONGEST);
            lines.add(ExportFile.end(lines.size() - 1));
            return lines;
        } finally {
            pool.close().await().indefinitely();
        }
    }

    private static Expectations expectations(List<String> words, TrustedKeys keys) {
        try {
            return Expectations.of(words, keys);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        vertx.close().await().indefinitely();
        server.close();
    }
}
