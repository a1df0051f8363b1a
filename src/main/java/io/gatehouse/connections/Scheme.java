package io.gatehouse.connections;

/**
 * How a back end wants to be shown a credential.
 *
 * @param place only for API keys, otherwise null
 * @param parameter the header, query parameter or cookie of an API key, otherwise null
 */
public record Scheme(Kind kind, Place place, String parameter) {

    public static final Scheme NONE = new Scheme(Kind.NONE, null, null);
    public static final Scheme BEARER = new Scheme(Kind.BEARER, null, null);
    public static final Scheme BASIC = new Scheme(Kind.BASIC, null, null);

    /** The simple kinds of credentials. */
    public enum Kind {
        NONE,
        API_KEY,
        BEARER,
        BASIC
    }

    /** Where an API key goes. */
    public enum Place {
        HEADER,
        QUERY,
        COOKIE
    }

    public static Scheme apiKey(Place place, String parameter) {
        return new Scheme(Kind.API_KEY, place, parameter);
    }
}
