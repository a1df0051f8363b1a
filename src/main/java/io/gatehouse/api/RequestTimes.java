package io.gatehouse.api;

import java.time.Duration;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;

/**
 * A metric of management requests by dialect, operation and status. The server's own would cost every MCP request too,
 * counted there or not.
 */
@Singleton
public class RequestTimes {

    private static final String ARRIVED = "gatehouse.arrived";
    private static final int FIRST = 1;

    private final MeterRegistry registry;

    @Inject
    RequestTimes(MeterRegistry registry) {
        this.registry = registry;
    }

    @Priority(FIRST)
    @ServerRequestFilter(preMatching = true)
    public void arrived(ContainerRequestContext request) {
        request.setProperty(ARRIVED, System.nanoTime());
    }

    /** An operation is named by the resource and its method: paths are the clients' to choose. */
    @ServerResponseFilter
    public void answered(ContainerRequestContext request, ContainerResponseContext response, SimpleResourceInfo resource) {
        Dialect dialect = Dialect.of(request.getUriInfo().getPath());
        if (dialect == null || !(request.getProperty(ARRIVED) instanceof Long arrived)) {
            return;
        }
        Class<?> owner = resource.getResourceClass();
        Timer.builder("gatehouse.management.requests").description("Requests to the management API")
                .tags("dialect", dialect.word(), "operation",
                        owner == null ? "none" : owner.getSimpleName() + '.' + resource.getMethodName(), "status",
                        Integer.toString(response.getStatus()))
                .register(registry).record(Duration.ofNanos(System.nanoTime() - arrived));
    }
}
