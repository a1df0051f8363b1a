package io.gatehouse.plan;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;

/**
 * A compiled input schema (JSON Schema 2020-12). Nothing is fetched for it. Its patterns are run by RE2, in time linear
 * to the text, for they come from strangers; one that RE2 does not know (with look-around, say) is left to the back end.
 */
public final class InputValidator {

    private static final int MOST_FAULTS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .regularExpressionFactory(InputValidator::pattern).build();

    private final Schema schema;
    private final List<HeaderParameter> headerParameters;

    private InputValidator(Schema schema, List<HeaderParameter> headerParameters) {
        this.schema = schema;
        this.headerParameters = headerParameters;
    }

    /** @throws IllegalArgumentException when the text is no usable schema */
    public static InputValidator compile(String schema) {
        try {
            JsonNode tree = JSON.readTree(schema);
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemaRegistryConfig(CONFIG));
            Schema compiled = registry.getSchema(tree);
            compiled.initializeValidators();
            return new InputValidator(compiled, HeaderParameter.of(tree));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The arguments that clients repeat in headers. */
    public List<HeaderParameter> headerParameters() {
        return headerParameters;
    }

    /** What is wrong with the arguments, each as a sentence that names the place; empty when they fit. */
    public List<String> faults(JsonNode arguments) {
        return schema.validate(arguments).stream().limit(MOST_FAULTS).map(InputValidator::sentence).toList();
    }

    private static String sentence(Error error) {
        String place = error.getInstanceLocation().toString();
        return (place.isEmpty() || place.equals("$") ? "arguments" : place) + ": " + error.getMessage();
    }

    private static RegularExpression pattern(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException e) {
            return text -> true;
        }
    }
}
