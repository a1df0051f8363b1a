package io.gatehouse.access.signin;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.gatehouse.kernel.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Refuses a form that is large, or of unsaid length, before any of it is read. */
public class FormSize {

    private static final int LARGEST = 16 * 1_024;

    @Form
    @ServerRequestFilter
    public void check(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            throw new WebApplicationException(Response.Status.LENGTH_REQUIRED);
        }
        if (Long.parseLong(length) > LARGEST) {
            throw Problem.tooLarge("What was sent is larger than any form of ours.");
        }
    }
}
