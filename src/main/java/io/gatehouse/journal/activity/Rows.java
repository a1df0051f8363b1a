package io.gatehouse.journal.activity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.journal.activity.Row.Text;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Makes rows of entries: reads what an answer says of itself, and masks. For the one thread that writes. */
@Singleton
final class Rows {

    private static final int SERVER_ERROR = 500;
    private static final int CLIENT_ERROR = 400;

    private final MaskedJson inputs;
    private final MaskedJson outputs;

    @Inject
    Rows(Masks masks, @ConfigProperty(name = "gatehouse.activity.max-input", defaultValue = "8K") MemorySize maxInput,
            @ConfigProperty(name = "gatehouse.activity.max-output", defaultValue = "8K") MemorySize maxOutput) {
        this.inputs = new MaskedJson(masks, (int) maxInput.asLongValue());
        this.outputs = new MaskedJson(masks, (int) maxOutput.asLongValue());
    }

    /** What an answer says: its result or error. */
    private record Said(MaskedJson.Copy value, boolean isFault) {

        static final Said NOTHING = new Said(new MaskedJson.Copy(null, false, false, null, null), false);
    }

    Row row(Entry entry) {
        Recording recording = entry.scene().recording();
        Said said = said(entry.answer().text(), recording.maskedFields());
        return new Row(entry, status(entry.answer(), said), LogType.of(entry.question().method()), said.value().code(),
                said.isFault() ? said.value().message() : null,
                recording.inputs() ? input(entry.question().input(), recording.maskedFields()) : Text.NONE,
                recording.outputs() ? output(entry.answer(), said) : Text.NONE);
    }

    private static Status status(Entry.Answer answer, Said said) {
        if (answer.outcome() != null) {
            return answer.outcome();
        }
        if (answer.rule() != null) {
            return Status.REFUSED;
        }
        if (answer.status() >= CLIENT_ERROR) {
            return answer.status() >= SERVER_ERROR ? Status.FAILED : Status.ERROR;
        }
        return said.isFault() ? Status.ERROR : said.value().isError() ? Status.TOOL_ERROR : Status.SUCCESS;
    }

    private Text input(JsonNode input, Set<String> more) {
        if (input == null || input.isMissingNode()) {
            return Text.NONE;
        }
        try (JsonParser in = input.traverse()) {
            in.nextToken();
            MaskedJson.Copy copy = inputs.of(in, more);
            return new Text(copy.text(), copy.cut());
        } catch (IOException e) {
            return new Text(null, true);
        }
    }

    private static Text output(Entry.Answer answer, Said said) {
        return new Text(said.value().text(), said.value().cut() || answer.bytes() > answer.text().length);
    }

    private Said said(byte[] answer, Set<String> more) {
        if (answer.length == 0) {
            return Said.NOTHING;
        }
        return answer[0] == '{' ? message(answer, more) : events(answer, more);
    }

    /** The answer stands in the last event that has one. */
    private Said events(byte[] stream, Set<String> more) {
        Said last = Said.NOTHING;
        String text = new String(stream, StandardCharsets.UTF_8);
        for (String line : text.split("\n")) {
            if (line.startsWith("data:")) {
                byte[] data = line.substring("data:".length()).strip().getBytes(StandardCharsets.UTF_8);
                Said said = data.length > 0 && data[0] == '{' ? message(data, more) : Said.NOTHING;
                last = said == Said.NOTHING ? last : said;
            }
        }
        return last;
    }

    private Said message(byte[] json, Set<String> more) {
        try (JsonParser in = MaskedJson.JSON.createParser(json)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (name.equals("result") || name.equals("error")) {
                    return new Said(outputs.of(in, more), name.equals("error"));
                }
                in.skipChildren();
            }
            return Said.NOTHING;
        } catch (IOException e) {
            return Said.NOTHING;
        }
    }
}
