package io.gatehouse.journal.chain;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

import io.gatehouse.platform.database.StoredJson;

/**
 * What a chain had come to.
 *
 * @param previous where the checkpoint before this one is, 0 for the first
 */
record Checkpoint(long workspace, long seq, String hash, long previous, Instant at) {

    String payload() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("workspace", workspace);
        fields.put("seq", seq);
        fields.put("hash", hash);
        fields.put("previous", previous);
        fields.put("at", at.toString());
        return StoredJson.write(fields);
    }

    static Checkpoint of(String payload) throws JoseException {
        Map<String, Object> fields = JsonUtil.parseJson(payload);
        return new Checkpoint((Long) fields.get("workspace"), (Long) fields.get("seq"), (String) fields.get("hash"),
                (Long) fields.get("previous"), Instant.parse((String) fields.get("at")));
    }
}
