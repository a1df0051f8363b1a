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
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
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
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012()).keyword(new BoundedReference())
            .build();

    /** References that a validation may follow: some, and some more for each value in the arguments. */
    private static final int REFERENCES = 1_000;
    private static final int REFERENCES_PER_VALUE = 50;

    private final Schema schema;

    private InputValidator(Schema schema) {
        this.schema = schema;
    }

    /** @throws IllegalArgumentException when the text is no usable schema */
    public static InputValidator compile(String schema) {
        try {
            JsonNode tree = JSON.readTree(schema);
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(DIALECT,
                    builder -> builder.schemaRegistryConfig(CONFIG));
            Schema compiled = registry.getSchema(tree);
            compiled.initializeValidators();
            return new InputValidator(compiled);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * What is wrong with the arguments, each as a sentence that names the place; empty when they fit. A schema that can't
     * be evaluated, or not in reasonable time, is a fault too.
     */
    public List<String> faults(JsonNode arguments) {
        int references = REFERENCES + REFERENCES_PER_VALUE * count(arguments);
        try {
            return schema.validate(arguments, (context, schemas) -> BoundedReference.allow(context, references)).stream()
                    .limit(MOST_FAULTS).map(InputValidator::sentence).toList();
        } catch (RuntimeException | StackOverflowError e) {
            return List.of("arguments: can't be checked against the schema: " + e.getMessage());
        }
    }

    private static int count(JsonNode value) {
        int count = 1;
        for (JsonNode child : value) {
            count += count(child);
        }
        return count;
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
