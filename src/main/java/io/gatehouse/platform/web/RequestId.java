package io.gatehouse.platform.web;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.jboss.logging.MDC;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Gives every request an id, the caller's own if it sends a sane one, and puts it on the answer and on log lines. */
@Singleton
public class RequestId {

    public static final String HEADER = "X-Request-Id";
    private static final String KEY = "requestId";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int FIRST = 1_000;

    void register(@Observes Filters filters) {
        filters.register(this::assign, FIRST);
    }

    private void assign(RoutingContext context) {
        String sent = context.request().getHeader(HEADER);
        String id = sent != null && SANE.matcher(sent).matches() ? sent : newId();
        MDC.put(KEY, id);
        context.response().putHeader(HEADER, id);
        context.next();
    }

    /** Unique, and no secret: so it need not wait for the source of secure randomness. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
