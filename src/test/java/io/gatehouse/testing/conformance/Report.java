package io.gatehouse.testing.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The verdict of every check of one run. Totals and exit codes count for nothing: they hide checks that were not made. */
public record Report(SortedMap<Check, Verdict> verdicts) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FOLDER = Pattern.compile("server-(.+)-\\d{4}-\\d\\d-\\d\\dT[\\d-]+Z");
    private static final Set<String> SHORT_OF_SUCCESS = Set.of("FAILURE", "WARNING", "SKIPPED");
    private static final Set<String> UNDECIDED = Set.of("SKIPPED", "INFO", "NONE");

    /**
     * How a check came out.
     *
     * @param status in the suite's word: SUCCESS, FAILURE, WARNING, SKIPPED, INFO
     * @param message why, or empty
     */
    public record Verdict(String status, String message) {

        @Override
        public String toString() {
            return message.isEmpty() ? status : status + " (" + message + ")";
        }
    }

    /**
     * What a run left in its folder.
     *
     * @throws AssertionError when that is nothing, or not all of it can be read
     */
    public static Report read(Path folder) throws IOException {
        SortedMap<Check, Verdict> verdicts = new TreeMap<>();
        try (Stream<Path> scenarios = Files.list(folder)) {
            for (Path scenario : scenarios.sorted().toList()) {
                Matcher name = FOLDER.matcher(scenario.getFileName().toString());
                if (!name.matches()) {
                    throw new AssertionError(scenario + " is not the folder of a scenario");
                }
                read(name.group(1), JSON.readTree(scenario.resolve("checks.json").toFile()), verdicts);
            }
        }
        if (verdicts.values().stream().map(Verdict::status).allMatch(UNDECIDED::contains)) {
            throw new AssertionError("The run that left " + folder + " checked nothing");
        }
        return new Report(Collections.unmodifiableSortedMap(verdicts));
    }

    private static void read(String scenario, JsonNode checks, SortedMap<Check, Verdict> verdicts) {
        if (checks.isEmpty()) {
            verdicts.put(new Check(scenario, "nothing", 1), new Verdict("NONE", ""));
        }
        for (JsonNode check : checks) {
            String id = check.get("id").asText();
            int occurrence = 1;
            while (verdicts.containsKey(new Check(scenario, id, occurrence))) {
                occurrence++;
            }
            verdicts.put(new Check(scenario, id, occurrence), new Verdict(check.get("status").asText(),
                    check.path("errorMessage").asText()));
        }
    }

    /** Every check that came out otherwise in the other run, or is in one of the two only; a line each. */
    public List<String> differences(Report other) {
        Set<Check> all = new TreeSet<>(verdicts.keySet());
        all.addAll(other.verdicts.keySet());
        List<String> differences = new ArrayList<>();
        for (Check check : all) {
            Verdict here = verdicts.get(check);
            Verdict there = other.verdicts.get(check);
            if (here == null) {
                differences.add(check + ": was not made, and is " + there);
            } else if (there == null) {
                differences.add(check + ": was " + here + ", and is not made");
            } else if (!here.status().equals(there.status())) {
                differences.add(check + ": was " + here + ", and is " + there);
            }
        }
        return differences;
    }

    /** What did not succeed: failures, warnings, and what was skipped because it is not offered. */
    public SortedMap<Check, Verdict> shortOfSuccess() {
        SortedMap<Check, Verdict> remaining = new TreeMap<>(verdicts);
        remaining.values().removeIf(verdict -> !SHORT_OF_SUCCESS.contains(verdict.status()));
        return remaining;
    }

    /** How many checks came out like this. */
    public long count(String status) {
        return verdicts.values().stream().filter(verdict -> verdict.status().equals(status)).count();
    }

    static Report of(Map<Check, Verdict> verdicts) {
        return new Report(new TreeMap<>(verdicts));
    }
}
