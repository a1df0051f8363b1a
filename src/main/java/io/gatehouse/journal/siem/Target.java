package io.gatehouse.journal.siem;

import java.net.URI;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Where a destination is and how it wants events.
 *
 * @param username for basic authentication, or null
 * @param index of Splunk or Elastic, or null
 * @param sourceType of Splunk, or null
 * @param gzip whether bodies are compressed
 * @param caCertificate PEM of whom the server's certificate comes from; null for whom the platform knows
 * @param allowSilentClose whether a syslog server need not confirm the end of a connection
 */
@RegisterForReflection
public record Target(String url, String username, String index, String sourceType, boolean gzip, String caCertificate,
        boolean allowSilentClose) {

    static final int SYSLOG_PORT = 6514;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    URI uri() {
        return URI.create(url);
    }

    /** Below the URL, unless that ends so already. */
    URI below(String path) {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return URI.create(base.endsWith(path) ? base : base + path);
    }

    /** To whom credentials are given. */
    @JsonIgnore
    String origin() {
        URI uri = uri();
        return uri.getScheme() + "://" + uri.getHost() + ":" + port();
    }

    int port() {
        URI uri = uri();
        return uri.getPort() >= 0 ? uri.getPort()
                : uri.getScheme().equals("https") ? HTTPS_PORT : uri.getScheme().equals("http") ? HTTP_PORT : SYSLOG_PORT;
    }
}
