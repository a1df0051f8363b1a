package io.gatehouse.journal.siem;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.gatehouse.journal.audit.Secret;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;

/** Rules for what a destination is made of. */
final class DestinationFields {

    private static final int LONGEST = 500;
    private static final int MOST_PORT = 65_535;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_CERTIFICATES = 50_000;
    private static final Set<String> LEVELS = Set.of("info", "warning", "error");

    private DestinationFields() {
    }

    static DestinationKind kind(String word) {
        for (DestinationKind kind : DestinationKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw wrong("kind", word == null ? "missing_required_field" : "enum",
                "kind: one of https, splunk_hec, elastic, syslog, otlp is needed");
    }

    /** What is left out stays. */
    static void apply(DestinationEntity row, NewDestination wish) {
        if (wish.kind() != null && kind(wish.kind()) != row.kind) {
            throw wrong("kind", "invalid_field_value", "kind: can't be changed; make another destination");
        }
        row.name = Text.required("name", wish.name() == null ? row.name : wish.name(), LONGEST_NAME);
        row.enabled = wish.enabled() == null ? row.enabled : wish.enabled();
        row.activity = wish.activity() == null ? row.activity : wish.activity();
        row.audit = wish.audit() == null ? row.audit : wish.audit();
        row.level = wish.level() == null ? row.level : wish.level();
        if (!LEVELS.contains(row.level)) {
            throw wrong("level", "enum", "level: one of info, warning, error is needed");
        }
    }

    /** @param present null for a new one */
    static Target target(DestinationKind kind, Target present, NewDestination wish) {
        Target before = present == null ? new Target(null, null, null, null, false, null, false) : present;
        Target target = new Target(url(kind, wish.url() == null ? before.url() : wish.url()),
                text("username", wish.username(), before.username(), LONGEST),
                text("index", wish.index(), before.index(), LONGEST),
                text("source_type", wish.sourceType(), before.sourceType(), LONGEST),
                wish.gzip() == null ? before.gzip() : wish.gzip(),
                text("ca_certificate", wish.caCertificate(), before.caCertificate(), LONGEST_CERTIFICATES),
                wish.allowSilentClose() == null ? before.allowSilentClose() : wish.allowSilentClose());
        if (kind == DestinationKind.ELASTIC && target.index() == null) {
            throw wrong("index", "missing_required_field", "index is required: an index or a data stream");
        }
        if (kind != DestinationKind.SYSLOG && target.allowSilentClose()) {
            throw wrong("allow_silent_close", "invalid_field_value", "allow_silent_close: of syslog only");
        }
        if (target.caCertificate() != null) {
            checkCertificates(target);
        }
        return target;
    }

    /** Empty for what is to be none. */
    private static String text(String field, String wish, String before, int longest) {
        return wish == null ? before : wish.isBlank() ? null : Text.bounded(field, wish.strip(), longest);
    }

    private static String url(DestinationKind kind, String text) {
        String url = Text.required("url", text, LONGEST);
        boolean isSyslog = kind == DestinationKind.SYSLOG;
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            boolean fits = isSyslog ? scheme.equals("tls") && uri.getRawPath().isEmpty()
                    : scheme.equals("https") || scheme.equals("http");
            if (fits && uri.getPort() <= MOST_PORT && uri.getHost() != null && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawQuery() == null || kind == DestinationKind.HTTPS)) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw wrong("url", "invalid_field_value", isSyslog ? "url: an address such as tls://logs.example.com:6514 is needed"
                : "url: an https address without a user and a fragment is needed");
    }

    private static void checkCertificates(Target target) {
        if (target.uri().getScheme().equals("http")) {
            throw wrong("ca_certificate", "invalid_field_value", "ca_certificate: the url must be one of https");
        }
        byte[] pem = target.caCertificate().getBytes(StandardCharsets.UTF_8);
        try {
            if (!CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).isEmpty()) {
                return;
            }
        } catch (CertificateException e) {
            // Told below.
        }
        throw wrong("ca_certificate", "invalid_field_value", "ca_certificate: certificates in PEM are needed");
    }

    static Problem wrong(String field, String code, String message) {
        return Problem.invalidField(field, code,
                message.toLowerCase(Locale.ROOT).startsWith(field.toLowerCase(Locale.ROOT)) ? message
                        : field + ": " + message);
    }

    /** A destination as the ledger tells of it. */
    static Map<String, Object> told(DestinationEntity row, Target target, Credentials credentials) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", row.name);
        fields.put("kind", row.kind.word());
        fields.put("enabled", row.enabled);
        fields.put("activity", row.activity);
        fields.put("audit", row.audit);
        fields.put("level", row.level);
        fields.put("url", target.url());
        fields.put("username", target.username());
        fields.put("index", target.index());
        fields.put("source_type", target.sourceType());
        fields.put("gzip", target.gzip());
        fields.put("ca_certificate", target.caCertificate());
        fields.put("allow_silent_close", target.allowSilentClose());
        fields.put("token", Secret.of(credentials.token()));
        fields.put("password", Secret.of(credentials.password()));
        credentials.headers().forEach((name, value) -> fields.put("headers." + name, Secret.of(value)));
        return fields;
    }
}
