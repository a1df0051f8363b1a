package io.gatehouse.servers.catalogue;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.database.StoredJson;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A picture that clients show beside a server or a tool (MCP 2025-11-25, icons). It is shown by whoever reads a list, so
 * it is fetched by TLS or comes along.
 *
 * @param src an https URL, or a data URI of an image
 * @param mimeType null for that which the source tells
 * @param sizes as {@code 48x48}, or {@code any}; null for unknown
 * @param theme {@code light} or {@code dark}, the background that it is for; null for both
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Icon(String src, String mimeType, List<String> sizes, String theme) {

    private static final int MOST = 8;
    private static final int MOST_SIZES = 16;
    private static final int LONGEST = 32_768;
    private static final Set<String> THEMES = Set.of("light", "dark");
    private static final Pattern TYPE = Pattern.compile("image/[A-Za-z0-9.+-]{1,100}");
    private static final Pattern SIZE = Pattern.compile("any|[1-9]\\d{0,4}x[1-9]\\d{0,4}");
    private static final Pattern DATA = Pattern.compile("(?i:data:" + TYPE + ")(?:;[a-zA-Z0-9=-]+)*?(;base64)?,(.+)");
    private static final TypeReference<List<Icon>> LIST = new TypeReference<>() {
    };

    /**
     * The icons as a row has them.
     *
     * @param field what the request calls them
     * @return JSON; null for none
     * @throws Problem INVALID, of the first that is not as the contract wants it
     */
    public static String write(String field, List<Icon> icons) {
        if (icons.size() > MOST) {
            throw Problem.invalidField(field, "max", field + ": " + MOST + " at most");
        }
        for (int i = 0; i < icons.size(); i++) {
            check(field + "." + i, icons.get(i));
        }
        return icons.isEmpty() ? null : StoredJson.write(icons);
    }

    /** Null for none. */
    public static List<Icon> read(String json) {
        return json == null ? null : StoredJson.read(json, LIST);
    }

    private static void check(String field, Icon icon) {
        if (icon == null || icon.src == null) {
            throw Problem.invalidField(field + ".src", "missing_required_field", field + ".src is required");
        }
        if (icon.src.length() > LONGEST) {
            throw Problem.invalidField(field + ".src", "maxlength",
                    field + ".src may have " + LONGEST + " characters at most");
        }
        require(isSource(icon.src), field + ".src", "an https URL, or a data URI of an image");
        require(icon.mimeType == null || TYPE.matcher(icon.mimeType).matches(), field + ".mimeType", "a type of image");
        require(icon.sizes == null || icon.sizes.size() <= MOST_SIZES
                && icon.sizes.stream().allMatch(size -> size != null && SIZE.matcher(size).matches()), field + ".sizes",
                "any, or width x height as in 48x48, " + MOST_SIZES + " at most");
        require(icon.theme == null || THEMES.contains(icon.theme), field + ".theme", "light or dark");
    }

    private static void require(boolean isTrue, String field, String wanted) {
        if (!isTrue) {
            throw Problem.invalidField(field, "invalid_field_value", field + ": " + wanted);
        }
    }

    private static boolean isSource(String text) {
        try {
            URI uri = new URI(text);
            Matcher data = DATA.matcher(text);
            if (data.matches()) {
                return data.group(1) == null || Base64.getDecoder().decode(data.group(2)).length > 0;
            }
            return "https".equals(uri.getScheme() == null ? null : uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException | IllegalArgumentException e) {
            return false;
        }
    }
}
