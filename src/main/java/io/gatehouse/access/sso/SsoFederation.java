package io.gatehouse.access.sso;

import java.net.URI;
import java.util.Optional;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.LogoutRequest;

import io.gatehouse.access.issuers.OpenIdProviders;
import io.gatehouse.access.signin.Federation;
import io.gatehouse.access.signin.Voucher;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The provider as the pages for signing in and out see it. */
@Singleton
public class SsoFederation implements Federation {

    /** Beyond that, servers refuse a URL; the client's id then has to do. */
    private static final int LONGEST_HINT = 4_000;

    private final IdentityProviders providers;
    private final OpenIdProviders known;

    @Inject
    SsoFederation(IdentityProviders providers, OpenIdProviders known) {
        this.providers = providers;
        this.known = known;
    }

    @Override
    public Uni<Optional<String>> name() {
        return providers.only().map(login -> login.map(known -> known.provider().name()));
    }

    /** OpenID Connect RP-Initiated Logout. That a provider can't be asked keeps nobody from signing out here. */
    @Override
    public Uni<Optional<URI>> signOut(Voucher voucher) {
        return providers.only().chain(login -> login.isEmpty() || login.get().provider().id() != voucher.providerId()
                ? Uni.createFrom().item(Optional.<URI> empty())
                : known.find(login.get().provider().issuer())
                        .map(provider -> Optional.ofNullable(provider.endSession())
                                .map(endpoint -> request(endpoint, login.get().provider(), voucher)))
                        .onFailure().recoverWithItem(Optional.empty()));
    }

    private static URI request(URI endpoint, IdentityProvider provider, Voucher voucher) {
        return new LogoutRequest(endpoint, hint(voucher.idToken()), null, new ClientID(provider.clientId()),
                URI.create(provider.signedOutUri()), null, null).toURI();
    }

    private static JWT hint(String idToken) {
        try {
            return idToken.length() > LONGEST_HINT ? null : JWTParser.parse(idToken);
        } catch (java.text.ParseException e) {
            throw new IllegalStateException("An ID token that was verified is none", e);
        }
    }
}
