package io.gatehouse.access.oauth;

import java.net.URI;
import java.util.Optional;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.platform.PublicUrl;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The name of the authorization server, below which its endpoints are. */
@Singleton
public class Issuer {

    /** Where the endpoints are below the host, whatever the issuer is called. */
    static final String PATH = "/oauth";

    private final String url;

    /** @param given of the host alone, or with the path {@code /oauth}; the latter below the public URL where there is none */
    @Inject
    Issuer(@ConfigProperty(name = "gatehouse.identity.issuer") Optional<String> given, PublicUrl publicUrl) {
        String issuer = given.orElseGet(() -> publicUrl.below(PATH));
        this.url = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
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
