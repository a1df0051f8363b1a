package io.gatehouse.tools.operation;

import java.util.Locale;
import java.util.Optional;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.BoundedNumbers;

/** Reads the text of a document into a tree: JSON, or YAML 1.2 with its JSON-like core schema. */
final class DocumentReader {

    static final JsonMapper JSON = BoundedNumbers.strictMapper();

    /** Keeps a small text from unfolding into a huge tree. */
    private static final int MOST_ALIASES = 50;
    private static final int MOST_CHARACTERS = 64 * 1024 * 1024;

    private DocumentReader() {
    }

    /**
     * @param format {@code json} or {@code yaml}; null to tell by the first character
     * @throws Problem INVALID with line and column of the first fault
     */
    static JsonNode read(String content, String format) {
        String asked = format == null ? "" : format.toLowerCase(Locale.ROOT);
        switch (asked) {
            case "json":
                return json(content);
            case "yaml":
            case "yml":
                return yaml(content);
            case "":
                return content.stripLeading().startsWith("{") ? json(content) : yaml(content);
            default:
                throw Problem.invalidField("openapi_spec.format", "enum", "openapi_spec.format: json or yaml");
        }
    }

    private static JsonNode json(String content) {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw malformed("JSON", at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(),
                    e.getOriginalMessage());
        } catch (RuntimeException e) {
            throw malformed("JSON", 1, 1, e.getMessage());
        }
    }

    private static JsonNode yaml(String content) {
        LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).setSchema(new CoreSchema())
                .setMaxAliasesForCollections(MOST_ALIASES).setCodePointLimit(MOST_CHARACTERS).build();
        try {
            return new YamlTree().of(new Load(settings).loadFromString(content));
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> at = e.getProblemMark();
            throw malformed("YAML", at.map(Mark::getLine).orElse(0) + 1, at.map(Mark::getColumn).orElse(0) + 1,
                    e.getProblem());
        } catch (YamlEngineException | IllegalArgumentException | ArithmeticException e) {
            throw malformed("YAML", 1, 1, e.getMessage());
        }
    }

    private static Problem malformed(String format, int line, int column, String why) {
        return Problem.invalidField("openapi_spec.content", "malformed", "openapi_spec.content is not valid " + format
                + ": line " + line + ", column " + column + ": " + why);
    }
}
