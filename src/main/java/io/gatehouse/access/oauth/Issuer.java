package io.gatehouse.access.oauth;

import java.net.URI;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The name of the authorization server, below which its endpoints are. */
@Singleton
public class Issuer {

    /** Where the endpoints are below the host, whatever the issuer is called. */
    static final String PATH = "/oauth";

    private final String url;

    /** @param url of the host alone, or with the path {@code /oauth} */
    @Inject
    Issuer(@ConfigProperty(name = "gatehouse.identity.issuer") String url) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!path().isEmpty() && !path().equals(PATH)) {
            throw new IllegalArgumentException("gatehouse.identity.issuer: a URL without a path, or with " + PATH);
        }
    }

    public String url() {
        return url;
    }

    /** Empty, or {@value #PATH}. */
    String path() {
        return URI.create(url).getRawPath();
    }

    /** @param name such as {@code token} */
    public URI endpoint(String name) {
        return URI.create(url + (path().isEmpty() ? PATH : "") + '/' + name);
    }
}
