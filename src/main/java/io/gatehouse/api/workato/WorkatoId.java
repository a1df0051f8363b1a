package io.gatehouse.api.workato;

import java.io.IOException;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads an id that comes as a number or as decimal text. */
@RegisterForReflection
public class WorkatoId extends StdDeserializer<Long> {

    private static final long serialVersionUID = 1L;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    public WorkatoId() {
        super(Long.class);
    }

    @Override
    public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING && NUMBER.matcher(parser.getText()).matches()) {
            return Long.valueOf(parser.getText());
        }
        return context.reportInputMismatch(this, "An id is needed");
    }
}
