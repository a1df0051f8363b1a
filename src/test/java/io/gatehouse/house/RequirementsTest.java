package io.gatehouse.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

/** Which lines of the management contract are named by a test or a golden exchange; a name is a claim, not a proof. */
class RequirementsTest {

    private static final Logger LOG = Logger.getLogger(RequirementsTest.class);
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Path EXCHANGES = Path.of("src/test/resources/contract");
    private static final Path UNTESTED = EXCHANGES.resolve("untested.txt");
    private static final Path REPORT = Path.of("target/requirements.txt");
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)//\\s*([A-Z]-\\d.*)");
    private static final Pattern LINE = Pattern.compile("([A-Z])-(\\d+)(?:\\s*\\.\\.\\s*\\1-(\\d+))?");
    private static final Pattern LIST = Pattern.compile("(?:" + LINE + "(?:,\\s*)?)+");

    private static final Set<String> LINES = Stream.of(range("W", 1, 60), range("C", 1, 82), range("A", 1, 9),
            range("D", 1, 18), range("P", 3, 4), range("P", 14, 18), range("P", 21, 24), range("P", 28, 28),
            range("P", 30, 32), Stream.of(1, 2, 4, 5, 6, 7, 11, 13, 14, 15, 17, 18, 19).map(n -> "G-" + n))
            .flatMap(Function.identity()).collect(Collectors.toCollection(LinkedHashSet::new));

    private static final Map<String, Set<String>> TESTS = new LinkedHashMap<>();

    private static Stream<String> range(String letter, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(n -> letter + "-" + n);
    }

    @BeforeAll
    static void read() throws IOException {
        LINES.forEach(line -> TESTS.put(line, new TreeSet<>()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var sources = files.getJavaFileObjectsFromPaths(files(SOURCES, ".java"));
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, sources);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                readComments(Path.of(unit.getSourceFile().toUri()), new Methods(unit, positions).starts);
            }
        }
        for (Path file : files(EXCHANGES, ".http")) {
            String name = EXCHANGES.relativize(file).toString();
            Files.readAllLines(file).stream().filter(line -> line.startsWith("# "))
                    .forEach(line -> note(line.substring(2), name));
        }
    }

    /** A comment belongs to the method that it stands in or right before. */
    private static void readComments(Path file, TreeMap<Integer, Method> starts) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String type = file.getFileName().toString().replace(".java", "");
        for (int i = 0; i < lines.size(); i++) {
            Matcher comment = COMMENT.matcher(lines.get(i));
            if (!comment.find()) {
                continue;
            }
            int below = i;
            while (below < lines.size() && lines.get(below).strip().startsWith("//")) {
                below++;
            }
            Map.Entry<Integer, Method> around = starts.floorEntry(below + 1);
            boolean inside = around != null && below + 1 <= around.getValue().last();
            note(comment.group(1), inside ? type + "#" + around.getValue().name() : type);
        }
    }

    private static void note(String comment, String test) {
        Matcher list = LIST.matcher(comment);
        if (!list.lookingAt()) {
            return;
        }
        Matcher line = LINE.matcher(list.group());
        while (line.find()) {
            int first = Integer.parseInt(line.group(2));
            int last = line.group(3) == null ? first : Integer.parseInt(line.group(3));
            range(line.group(1), first, last).forEach(
                    name -> TESTS.computeIfAbsent(name, unknown -> new TreeSet<>()).add(test));
        }
    }

    private record Method(String name, int last) {
    }

    /** The methods of one file by the lines on which they start. */
    private static final class Methods extends TreeScanner<Void, Void> {

        private final TreeMap<Integer, Method> starts = new TreeMap<>();
        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        Methods(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            scan(unit, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            LineMap lines = unit.getLineMap();
            int first = (int) lines.getLineNumber(positions.getStartPosition(unit, method));
            int last = (int) lines.getLineNumber(positions.getEndPosition(unit, method));
            starts.put(first, new Method(method.getName().toString(), last));
            return super.visitMethod(method, nothing);
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    @Test
    void everyLineHasATestOrAReason() throws IOException {
        Set<String> missing = LINES.stream().filter(line -> TESTS.get(line).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        report(missing);

        Set<String> excused = new LinkedHashSet<>();
        for (String entry : Files.readAllLines(UNTESTED)) {
            String[] words = entry.split("\\s+", 2);
            assertEquals(2, words.length, UNTESTED + ": no reason in: " + entry);
            excused.add(words[0]);
        }
        assertEquals(List.of(), missing.stream().filter(line -> !excused.contains(line)).toList(),
                "Without a test, and without a reason in " + UNTESTED);
        assertEquals(List.of(), excused.stream().filter(line -> !missing.contains(line)).toList(),
                "In " + UNTESTED + " though a test names it, or though there is no such line");
    }

    @Test
    void noTestNamesALineThatDoesNotExist() {
        assertEquals(Map.of(), TESTS.entrySet().stream()
                .filter(entry -> "WCAD".contains(entry.getKey().substring(0, 1)) && !LINES.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static void report(Set<String> missing) throws IOException {
        List<String> report = new ArrayList<>();
        LINES.forEach(line -> report
                .add(line + "  " + (TESTS.get(line).isEmpty() ? "-" : String.join(", ", TESTS.get(line)))));
        Files.createDirectories(REPORT.getParent());
        Files.write(REPORT, report);
        LOG.infof("%d of %d lines of the contract have a test; without: %s", LINES.size() - missing.size(),
                LINES.size(), missing.isEmpty() ? "none" : String.join(" ", missing));
    }
}
