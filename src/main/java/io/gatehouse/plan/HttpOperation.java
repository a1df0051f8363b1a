package io.gatehouse.plan;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How arguments become an HTTP request: an OpenAPI operation, resolved and self-contained.
 *
 * @param path template below the base URL, with {@code {name}} for path parameters
 * @param body null when the operation takes none
 * @param authenticated whether the operation wants the connection's credential
 * @param answersJson whether a JSON answer is declared for success
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpOperation(String method, String path, List<Parameter> parameters, Body body, boolean authenticated,
        boolean answersJson) {

    /** Where a parameter goes. */
    public enum In {
        PATH,
        QUERY,
        HEADER,
        COOKIE
    }

    /** How arrays and objects are written (OpenAPI 3.1, section 4.8.12.2); {@code JSON} for {@code content}. */
    public enum Style {
        SIMPLE,
        LABEL,
        MATRIX,
        FORM,
        SPACE_DELIMITED,
        PIPE_DELIMITED,
        DEEP_OBJECT,
        JSON
    }

    /**
     * @param name on the wire
     * @param argument its name among the tool's arguments
     */
    public record Parameter(String name, String argument, In in, Style style, boolean explode,
            boolean allowReserved) {
    }

    /** How the body argument is written. */
    public enum Encoding {
        JSON,
        FORM,
        MULTIPART,
        TEXT,
        BASE64
    }

    /**
     * @param argument its name among the tool's arguments
     * @param parts how the properties of a form or multipart body are written; others follow the defaults
     */
    public record Body(String argument, String mediaType, Encoding encoding, List<Part> parts) {
    }

    /**
     * One property of a form or multipart body.
     *
     * @param mediaType of a multipart part, or null for the default
     * @param binary whether the argument is base64 and the part a file
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Part(String name, Style style, boolean explode, String mediaType, boolean binary) {
    }
}
