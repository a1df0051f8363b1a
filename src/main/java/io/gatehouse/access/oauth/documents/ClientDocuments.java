package io.gatehouse.access.oauth.documents;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jboss.logging.Logger;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;

import io.gatehouse.access.issuers.Documents;
import io.gatehouse.access.issuers.Documents.Document;
import io.gatehouse.access.issuers.Published;
import io.gatehouse.access.issuers.Published.Fetched;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.limits.TokenBuckets;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import net.minidev.json.JSONObject;

/** Fetches the documents that applications are known by, and judges them. */
@Singleton
public class ClientDocuments {

    private static final Logger LOG = Logger.getLogger(ClientDocuments.class);

    private static final int LONGEST = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final long LARGEST = 65_536;
    private static final Pattern DOTS = Pattern.compile("(?i)(?:\\.|%2e){1,2}");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    /** An application publishes a page or two; who names many of one host is after the host. */
    private static final TokenBuckets.Size RATE = new TokenBuckets.Size(60, 60, Duration.ofMinutes(1));

    private final Documents documents;
    private final TokenBuckets buckets;
    private final Published<ClientDocument> published;

    @Inject
    ClientDocuments(Documents documents, TokenBuckets buckets, Clock clock) {
        this.documents = documents;
        this.buckets = buckets;
        this.published = new Published<>("client-documents", clock, this::fetch);
    }

    /** Whether an application that calls itself so means a document. */
    public static boolean isNamed(String clientId) {
        return clientId.contains("://");
    }

    /** Fails with INVALID where there is no good one; why it can't be fetched is for the log alone, not for who asks. */
    public Uni<ClientDocument> get(String clientId) {
        return Uni.createFrom().deferred(() -> {
            URI uri = address(clientId);
            return published.get(clientId)
                    .onFailure(failure -> !(failure instanceof Problem problem && problem.kind() == Problem.Kind.INVALID))
                    .transform(failure -> {
                        LOG.warnf("The client document %s can't be had: %s", clientId, failure);
                        return invalid("The application's document at " + uri.getHost() + " can't be had");
                    });
        });
    }

    private Uni<Fetched<ClientDocument>> fetch(String clientId) {
        URI uri = address(clientId);
        return buckets.take("client-document:" + uri.getHost().toLowerCase(Locale.ROOT), RATE)
                .chain(() -> documents.getDirectly(uri, LARGEST))
                .map(document -> new Fetched<>(read(clientId, document), document.lifetime()));
    }

    /** Section 3 of the draft. While one develops, http will do on the own machine. */
    private static URI address(String clientId) {
        URI uri;
        try {
            uri = URI.create(clientId);
        } catch (IllegalArgumentException e) {
            throw invalid("client_id is no URL");
        }
        boolean isSafe = "https".equals(uri.getScheme())
                || LaunchMode.current().isDevOrTest() && "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
        String path = uri.getRawPath();
        if (!isSafe || clientId.length() > LONGEST || uri.getHost() == null || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null || path == null || path.length() < 2
                || List.of(path.split("/")).stream().anyMatch(segment -> DOTS.matcher(segment).matches())) {
            throw invalid("client_id has to be an https URL with a path, of " + LONGEST
                    + " characters at most, without a user, a fragment and dot segments");
        }
        return uri;
    }

    private static ClientDocument read(String clientId, Document document) {
        try {
            JSONObject json = JSONObjectUtils.parse(document.text());
            if (!clientId.equals(json.get("client_id"))) {
                throw invalid("The application's document is another one's, by its client_id");
            }
            ClientMetadata metadata = ClientMetadata.parse(json);
            ClientAuthenticationMethod authentication = metadata.getTokenEndpointAuthMethod();
            if (json.containsKey("client_secret") || json.containsKey("client_secret_expires_at")
                    || json.containsKey("token_endpoint_auth_method")
                            && !ClientAuthenticationMethod.NONE.equals(authentication)) {
                throw invalid("token_endpoint_auth_method in the application's document: none, and no secret");
            }
            String name = Text.required("client_name", metadata.getName(), LONGEST_NAME).strip();
            Set<String> redirectUris = metadata.getRedirectionURIStrings();
            return new ClientDocument(clientId, name, redirectUris == null ? List.of() : List.copyOf(redirectUris));
        } catch (ParseException e) {
            throw invalid("The application's document is no client metadata: " + e.getMessage());
        }
    }

    private static Problem invalid(String why) {
        return Problem.invalid("invalid_client", why);
    }
}
