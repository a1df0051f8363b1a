package io.gatehouse.access.sso;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gatehouse.access.people.EndUsers;
import io.gatehouse.access.people.Profile;
import io.gatehouse.kernel.Problem;

/** Reads what a provider says of a person. */
final class Profiles {

    private static final int MOST_GROUPS = 2_000;
    private static final int LONGEST_NAME = 300;

    /** OpenID Connect Core, section 2. */
    private static final Pattern SUBJECT = Pattern.compile("[\\x20-\\x7e]{1,255}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private Profiles() {
    }

    /** @throws Problem UPSTREAM for what nobody is */
    static Profile of(IdentityProvider provider, Map<String, Object> claims) {
        String subject = String.valueOf(claims.get("sub"));
        if (!SUBJECT.matcher(subject).matches()) {
            throw Problem.upstream("The provider's subject is none", null);
        }
        return new Profile(provider.id(), provider.issuer(), subject, name(claims), email(provider, claims),
                groups(claims.get(provider.groupsClaim())));
    }

    private static String name(Map<String, Object> claims) {
        return Stream.of("name", "preferred_username").map(claims::get).filter(String.class::isInstance)
                .map(claim -> CONTROL.matcher((String) claim).replaceAll(" ").strip()).filter(name -> !name.isEmpty())
                .map(name -> name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME))
                .findFirst().orElse(null);
    }

    /** Some providers write the boolean as text, and some do not say. */
    private static String email(IdentityProvider provider, Map<String, Object> claims) {
        Object verified = claims.get("email_verified");
        boolean isSure = verified == null ? provider.trustEmail() : verified.toString().equals("true");
        return isSure && claims.get("email") instanceof String email && EndUsers.isAddress(email) ? email : null;
    }

    private static Set<String> groups(Object claim) {
        Stream<?> names = claim instanceof Collection<?> many ? many.stream() : Stream.of(claim == null ? "" : claim);
        return names.filter(String.class::isInstance).map(String.class::cast)
                .filter(name -> !name.isBlank() && name.indexOf('\0') < 0).limit(MOST_GROUPS).collect(Collectors.toSet());
    }
}
