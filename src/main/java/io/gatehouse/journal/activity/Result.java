package io.gatehouse.journal.activity;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.gatehouse.journal.activity.Row.Text;
import io.gatehouse.journal.masking.MaskedJson;

/** Where the result of an answer stands in it. */
record Result(int from, int to, boolean isError) {

    /** @return null for an answer that is not whole, or has none that is an object */
    static Result of(byte[] answer) {
        try (JsonParser in = MaskedJson.JSON.createParser(answer)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean isResult = in.currentName().equals("result");
                if (in.nextToken() == JsonToken.START_OBJECT && isResult) {
                    int from = (int) in.currentTokenLocation().getByteOffset();
                    boolean isError = saysError(in);
                    return new Result(from, (int) in.currentLocation().getByteOffset(), isError);
                }
                in.skipChildren();
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Goes to the end of the object. */
    private static boolean saysError(JsonParser in) throws IOException {
        boolean isError = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean isSign = in.currentName().equals("isError");
            isError |= in.nextToken() == JsonToken.VALUE_TRUE && isSign;
            in.skipChildren();
        }
        return isError;
    }

    Text text(byte[] answer) {
        return new Text(answer, from, to - from, false, false);
    }
}
