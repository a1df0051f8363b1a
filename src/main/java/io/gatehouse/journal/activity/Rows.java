package io.gatehouse.journal.activity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.journal.activity.Row.Text;
import io.gatehouse.journal.keeping.Recording;
import io.gatehouse.journal.masking.MaskedJson;
import io.gatehouse.journal.masking.Masks;
import io.gatehouse.journal.masking.Masks.Sign;

/** Makes rows of entries: reads what an answer says of itself, and masks. For one thread. */
final class Rows {

    private static final int SERVER_ERROR = 500;
    private static final int CLIENT_ERROR = 400;
    private static final String WITHHELD = "The client got no answer, for this could not be recorded in time";

    private final Masks masks;
    private final MaskedJson inputs;
    private final MaskedJson outputs;
    private final int longest;

    /**
     * @param maxInput characters that are kept, roughly
     * @param maxOutput the same
     */
    Rows(Masks masks, int maxInput, int maxOutput) {
        this.masks = masks;
        this.inputs = new MaskedJson(masks, maxInput);
        this.outputs = new MaskedJson(masks, maxOutput);
        this.longest = maxOutput;
    }

    /** What an answer says: its result or error. */
    private record Said(Text text, boolean isError, boolean isFault, Long code, String message) {

        static final Said NOTHING = new Said(Text.NONE, false, false, null, null);

        static Said of(MaskedJson.Copy copy, boolean isFault) {
            return new Said(Text.of(copy.text(), copy.cut()), copy.isError(), isFault, copy.code(), copy.message());
        }
    }

    Row row(Entry entry) {
        Recording recording = entry.scene().recording();
        Said said = said(entry.answer().text(), recording.maskedFields());
        return new Row(entry, status(entry.answer(), said), LogType.of(entry.question().method()), said.code(),
                entry.answer().outcome() == Status.WITHHELD ? WITHHELD : said.isFault() ? said.message() : null,
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
        return said.isFault() ? Status.ERROR : said.isError() ? Status.TOOL_ERROR : Status.SUCCESS;
    }

    private Text input(JsonNode input, Set<String> more) {
        if (input == null || input.isMissingNode()) {
            return Text.NONE;
        }
        try (JsonParser in = input.traverse()) {
            in.nextToken();
            MaskedJson.Copy copy = inputs.of(in, more);
            return Text.of(copy.text(), copy.cut());
        } catch (IOException e) {
            return Text.of(null, true);
        }
    }

    private static Text output(Entry.Answer answer, Said said) {
        Text text = said.text();
        return new Text(text.utf8(), text.from(), text.length(), text.cut() || answer.bytes() > answer.text().length,
                text.isAnswer());
    }

    private Said said(byte[] answer, Set<String> more) {
        if (answer.length == 0) {
            return Said.NOTHING;
        }
        if (answer[0] != '{') {
            return events(answer, more);
        }
        Sign sign = sign(answer, more);
        return sign == Sign.NONE ? new Said(Text.answer(answer), false, false, null, null) : message(answer, more, sign);
    }

    /** The answer stands in the last event that has one. */
    private Said events(byte[] stream, Set<String> more) {
        Said last = Said.NOTHING;
        String text = new String(stream, StandardCharsets.UTF_8);
        for (String line : text.split("\n")) {
            if (line.startsWith("data:")) {
                byte[] data = line.substring("data:".length()).strip().getBytes(StandardCharsets.UTF_8);
                Said said = data.length > 0 && data[0] == '{' ? message(data, more, sign(data, more)) : Said.NOTHING;
                last = said == Said.NOTHING ? last : said;
            }
        }
        return last;
    }

    private Sign sign(byte[] json, Set<String> more) {
        return json.length <= longest && more.isEmpty() ? masks.look(json) : Sign.OF_A_SECRET;
    }

    /** A result in which nothing is to be hidden stays as it is. */
    private Said message(byte[] json, Set<String> more, Sign sign) {
        Result result = sign == Sign.OF_A_SECRET ? null : Result.of(json);
        return result == null ? masked(json, more) : new Said(result.text(json), result.isError(), false, null, null);
    }

    private Said masked(byte[] json, Set<String> more) {
        try (JsonParser in = MaskedJson.JSON.createParser(json)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (name.equals("result") || name.equals("error")) {
                    return Said.of(outputs.of(in, more), name.equals("error"));
                }
                in.skipChildren();
            }
            return Said.NOTHING;
        } catch (IOException e) {
            return Said.NOTHING;
        }
    }
}
