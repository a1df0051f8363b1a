package io.gatehouse.api.iam;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.access.sso.IdentityProvider;
import io.gatehouse.access.sso.NewIdentityProvider;
import io.gatehouse.api.workato.WorkatoInput;

/** The provider at which people sign in. Its client secret is never shown. */
@Schema(name = "IdentityProvider")
@JsonNaming(SnakeCaseStrategy.class)
public record IdentityProviderBody(long id, String name, String issuer, String clientId, boolean hasClientSecret,
        String scopes, String groupsClaim, boolean createUsers, boolean trustEmail,
        @Schema(description = "To be registered at the provider: where people come back to") String redirectUri,
        @Schema(description = "To be registered at the provider: where people go who have signed out there") String postLogoutRedirectUri,
        Instant createdAt, Instant updatedAt) {

    /** What a create or an update request says. */
    @Schema(name = "IdentityProviderInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(
            @Schema(description = "Required for a new one; what people know it by", maxLength = 100, examples = "Example Corp") String name,
            @Schema(description = "Required for a new one; to the letter what the provider calls itself. Its metadata is read from there", examples = "https://login.example.com/realms/corp") String issuer,
            @Schema(description = "Required for a new one", examples = "gatehouse") String clientId,
            @Schema(description = "Without one, or with an empty one, the client is a public one", writeOnly = true) String clientSecret,
            @Schema(description = "Words with a space between them, openid among them", defaultValue = "openid email profile") String scopes,
            @Schema(description = "The claim that names a person's groups. Those that are named exactly like a user group have the person as a member until the next sign-in says otherwise", defaultValue = "groups") String groupsClaim,
            @Schema(description = "Whether somebody whom nobody knows becomes a user", defaultValue = "true") Boolean createUsers,
            @Schema(description = "Whether an e-mail address counts as verified where the provider does not say", defaultValue = "false") Boolean trustEmail) {

        /** Keeps the secret out of logs. */
        @Override
        public String toString() {
            return "IdentityProviderInput";
        }
    }

    /** All of them, of which there is one at most. */
    @Schema(name = "IdentityProviderList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<IdentityProviderBody> items, boolean nextPage) {
    }

    static IdentityProviderBody of(IdentityProvider provider) {
        return new IdentityProviderBody(provider.id(), provider.name(), provider.issuer(), provider.clientId(),
                provider.hasSecret(), provider.scopes(), provider.groupsClaim(), provider.createUsers(),
                provider.trustEmail(), provider.redirectUri(), provider.signedOutUri(), provider.createdAt(),
                provider.updatedAt());
    }

    static NewIdentityProvider wish(Input input) {
        Input body = WorkatoInput.body(input);
        return new NewIdentityProvider(body.name(), body.issuer(), body.clientId(), body.clientSecret(), body.scopes(),
                body.groupsClaim(), body.createUsers(), body.trustEmail());
    }
}
