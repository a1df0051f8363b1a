package io.gatehouse.api.iam;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.access.accounts.IssuedServiceAccount;
import io.gatehouse.access.accounts.NewServiceAccount;
import io.gatehouse.access.accounts.ServiceAccount;
import io.gatehouse.api.workato.WorkatoInput;

/** A service account in the shapes of this API; {@code clientSecret} is there only in the answers that make one. */
@Schema(name = "ServiceAccount")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceAccountBody(long id, String name,
        @Schema(description = "What the program calls itself at the token endpoint") String clientId,
        @Schema(description = "How it shows there that it is itself: client_secret_basic, for which client_secret_post does as well, or private_key_jwt") String tokenEndpointAuthMethod,
        List<Long> userGroupIds, Instant createdAt, Instant updatedAt,
        @Schema(description = "Shown only when it is made") String clientSecret) {

    /** What a create or an update request says. */
    @Schema(name = "ServiceAccountInput")
    public record Input(
            @Schema(description = "Required for a new service account", maxLength = 300, examples = "Nightly report") String name,
            @Schema(description = "The public keys of a program that signs what it says, as a JSON Web Key Set; one without has a secret") Map<String, Object> jwks) {
    }

    /** One page of a list. */
    @Schema(name = "ServiceAccountList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<ServiceAccountBody> items, boolean nextPage) {

        static Page of(io.gatehouse.kernel.Page<ServiceAccount> page) {
            return new Page(page.items().stream().map(ServiceAccountBody::of).toList(), page.more());
        }
    }

    static ServiceAccountBody of(ServiceAccount account) {
        return of(new IssuedServiceAccount(account, null));
    }

    static ServiceAccountBody of(IssuedServiceAccount issued) {
        ServiceAccount account = issued.account();
        return new ServiceAccountBody(account.id(), account.name(), account.clientId(),
                account.hasKeys() ? "private_key_jwt" : "client_secret_basic", account.groupIds(), account.createdAt(),
                account.updatedAt(), issued.secret());
    }

    static NewServiceAccount wish(Input input) {
        Input body = WorkatoInput.body(input);
        return new NewServiceAccount(body.name(), body.jwks());
    }
}
