package io.gatehouse.journal.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody knows of the chains from elsewhere. Nothing else shows that a chain was written anew as a whole, or cut with
 * its last checkpoints.
 */
public final class Expectations {

    private static final Pattern PLACE = Pattern.compile("(\\d{1,18}):(\\d{1,18}):([0-9a-f]{64})");
    private static final Pattern JWS = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final Map<Long, Map<Long, String>> hashes = new HashMap<>();

    private Expectations() {
    }

    /**
     * @param words {@code workspace:seq:hash}, or files with checkpoints anywhere in their lines: logs, earlier exports
     * @throws IllegalArgumentException when one is neither, or has a checkpoint that no trusted key has signed
     */
    public static Expectations of(List<String> words, TrustedKeys keys) throws IOException {
        Expectations expectations = new Expectations();
        for (String word : words) {
            Matcher place = PLACE.matcher(word);
            if (place.matches()) {
                expectations.add(Long.parseLong(place.group(1)), Long.parseLong(place.group(2)), place.group(3));
            } else {
                expectations.read(Path.of(word), keys);
            }
        }
        return expectations;
    }

    private void read(Path file, TrustedKeys keys) throws IOException {
        try (var lines = Files.lines(file)) {
            lines.forEach(line -> JWS.matcher(line).results().forEach(found -> {
                Checkpoint checkpoint = keys.open(found.group());
                if (checkpoint == null) {
                    throw new IllegalArgumentException(file + " has a checkpoint that is signed by no key that is trusted");
                }
                add(checkpoint.workspace(), checkpoint.seq(), checkpoint.hash());
            }));
        }
    }

    private void add(long workspace, long seq, String hash) {
        String other = hashes.computeIfAbsent(workspace, any -> new HashMap<>()).put(seq, hash);
        if (other != null && !other.equals(hash)) {
            throw new IllegalArgumentException("two hashes are expected of workspace " + workspace + ", seq " + seq);
        }
    }

    Map<Long, Map<Long, String>> byWorkspace() {
        return hashes;
    }
}
