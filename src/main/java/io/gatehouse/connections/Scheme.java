package io.gatehouse.connections;

/**
 * How a back end wants to be shown a credential.
 *
 * @param place only for API keys, otherwise null
 * @param parameter the header, query parameter or cookie of an API key, otherwise null
 * @param grant where access tokens come from that are got with client credentials, otherwise null
 */
public record Scheme(Kind kind, Place place, String parameter, ClientGrant grant) {

    public static final Scheme NONE = new Scheme(Kind.NONE, null, null, null);
    public static final Scheme BEARER = new Scheme(Kind.BEARER, null, null, null);
    public static final Scheme BASIC = new Scheme(Kind.BASIC, null, null, null);

    /** The kinds of credentials. */
    public enum Kind {
        NONE,
        API_KEY,
        BEARER,
        BASIC,
        /** A bearer token that Gatehouse gets, and gets anew, with a client id and a client secret. */
        CLIENT_CREDENTIALS
    }

    /** Where an API key goes. */
    public enum Place {
        HEADER,
        QUERY,
        COOKIE
    }

    public static Scheme apiKey(Place place, String parameter) {
        return new Scheme(Kind.API_KEY, place, parameter, null);
    }

    public static Scheme clientCredentials(ClientGrant grant) {
        return new Scheme(Kind.CLIENT_CREDENTIALS, null, null, grant);
    }
}
