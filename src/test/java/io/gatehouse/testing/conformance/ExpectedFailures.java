package io.gatehouse.testing.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.gatehouse.testing.conformance.Report.Verdict;

/**
 * A file of the checks that are known not to succeed, in groups between empty lines: a comment that gives the reason, and a
 * line for each check, as in {@code 2025-11-25 tools-call-sampling:tools-call-sampling FAILURE}. It is held to both ways: a
 * check that fails, warns or is skipped must be in it, and what is in it must come out in just that way.
 */
public final class ExpectedFailures {

    private final Path file;
    private final List<List<String>> groups = new ArrayList<>();

    public ExpectedFailures(Path file) throws IOException {
        this.file = file;
        List<String> group = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank()) {
                groups.add(group);
                group = new ArrayList<>();
            } else {
                group.add(line);
            }
        }
        groups.add(group);
        groups.removeIf(List::isEmpty);
    }

    private static boolean isReason(String line) {
        return line.startsWith("#");
    }

    private static String entry(String run, Check check, String status) {
        return run + " " + check + " " + status;
    }

    private List<String> entries() {
        return groups.stream().flatMap(List::stream).filter(line -> !isReason(line)).toList();
    }

    /** What is wrong with the file in view of this run; a line each. */
    public List<String> judge(String run, Report report) {
        List<String> faults = new ArrayList<>();
        groups.stream().filter(group -> !isReason(group.get(0)))
                .forEach(group -> faults.add("no reason is given for " + group.get(0)));
        List<String> listed = new ArrayList<>(entries());
        listed.removeIf(entry -> !entry.startsWith(run + " "));
        SortedMap<Check, Verdict> failing = report.shortOfSuccess();
        failing.forEach((check, verdict) -> {
            if (!listed.remove(entry(run, check, verdict.status()))) {
                faults.add("not listed: " + entry(run, check, verdict.status()) + " " + verdict.message());
            }
        });
        listed.forEach(entry -> faults.add("stale: " + entry));
        return faults;
    }

    /** Makes the file fit this run. Checks that were not listed come last, and want a reason. */
    public void record(String run, Report report) throws IOException {
        Set<String> failing = report.shortOfSuccess().entrySet().stream()
                .map(check -> entry(run, check.getKey(), check.getValue().status())).collect(Collectors.toSet());
        groups.forEach(group -> group.removeIf(line -> line.startsWith(run + " ") && !failing.contains(line)));
        groups.removeIf(group -> group.stream().allMatch(ExpectedFailures::isReason));
        List<String> more = new ArrayList<>(new TreeSet<>(failing));
        more.removeAll(entries());
        if (!more.isEmpty()) {
            groups.add(more);
        }
        groups.forEach(group -> Collections.sort(group.subList(
                (int) group.stream().takeWhile(ExpectedFailures::isReason).count(), group.size())));
        Files.writeString(file, groups.stream().map(group -> String.join("\n", group) + "\n")
                .collect(Collectors.joining("\n")));
    }
}
