package io.gatehouse.plan;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a media type (RFC 9110, section 8.3.1) says about how its content is written. */
public final class MediaTypes {

    private static final Pattern MEDIA_TYPE = Pattern
            .compile("[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+(\\s*;[\\x20-\\x7e]*)?");

    private MediaTypes() {
    }

    /** A type and a subtype, perhaps with parameters, and nothing that could end a header. */
    public static boolean isMediaType(String text) {
        return MEDIA_TYPE.matcher(text).matches();
    }

    /** Type and subtype in lower case, without parameters; empty for null. */
    public static String essence(String mediaType) {
        if (mediaType == null) {
            return "";
        }
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    public static boolean isJson(String mediaType) {
        String essence = essence(mediaType);
        return essence.equals("application/json") || essence.endsWith("+json") || essence.equals("text/json");
    }

    public static boolean isText(String mediaType) {
        String essence = essence(mediaType);
        return essence.startsWith("text/") || essence.endsWith("/xml") || essence.endsWith("+xml")
                || essence.endsWith("yaml") || essence.equals("application/graphql")
                || essence.endsWith("/x-ndjson") || essence.endsWith("/javascript");
    }
}
