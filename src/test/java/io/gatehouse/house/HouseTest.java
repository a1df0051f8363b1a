package io.gatehouse.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.gatehouse.access.tokens.TokenDigest;

/** The architecture as a test: which room may import which, and the habits that keep rooms small and readable. */
class HouseTest {

    private static final String BASE = "io.gatehouse";
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LONGEST_FILE = 250;
    private static final int LONGEST_METHOD = 30;
    private static final int MOST_FILES_IN_A_ROOM = 40;

    /** Every room with the rooms that it may import; {@code kernel} goes without saying. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("kernel", Set.of()),
            Map.entry("platform", Set.of()),
            Map.entry("plan", Set.of()),
            Map.entry("journal", Set.of("platform")),
            Map.entry("access", Set.of("platform", "journal")),
            Map.entry("connections", Set.of("platform", "journal", "access")),
            Map.entry("engine", Set.of("plan", "connections", "journal", "platform")),
            Map.entry("tools", Set.of("engine", "plan", "connections", "access", "journal", "platform")),
            Map.entry("prompts", Set.of("plan", "connections", "access", "journal", "platform")),
            Map.entry("policies", Set.of("plan", "connections", "access", "journal", "platform")),
            Map.entry("upstreams", Set.of("engine", "plan", "connections", "access", "journal", "platform")),
            Map.entry("servers", Set.of("tools", "prompts", "policies", "upstreams", "engine", "plan", "connections",
                    "access", "journal", "platform")),
            Map.entry("api", Set.of("servers", "tools", "prompts", "policies", "upstreams", "engine", "plan",
                    "connections", "access", "journal", "platform")),
            Map.entry("gateway", Set.of("engine", "plan", "access", "journal", "platform")));

    private static JavaClasses house;

    @BeforeAll
    static void enter() {
        house = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(BASE);
    }

    @TestFactory
    Stream<DynamicTest> everyRoomImportsOnlyWhatItMay() {
        return ROOMS.entrySet().stream().map(room -> DynamicTest.dynamicTest(room.getKey(), () -> {
            Set<String> others = new TreeSet<>(ROOMS.keySet());
            others.removeAll(room.getValue());
            others.remove(room.getKey());
            others.remove("kernel");
            noClasses().that().resideInAPackage(within(room.getKey()))
                    .should().dependOnClassesThat().resideInAnyPackage(others.stream().map(HouseTest::within)
                            .toArray(String[]::new))
                    .allowEmptyShould(true).check(house);
        }));
    }

    @Test
    void roomsFormNoCycle() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(house);
    }

    @Test
    void everyPackageIsARoom() throws IOException {
        try (Stream<Path> rooms = Files.list(SOURCES.resolve("io/gatehouse"))) {
            rooms.filter(Files::isDirectory).map(path -> path.getFileName().toString())
                    .forEach(room -> assertTrue(ROOMS.containsKey(room), room + " is no room of the house"));
        }
    }

    @Test
    void kernelAndPlanKnowNoFramework() {
        noClasses().that().resideInAnyPackage(within("kernel"), within("plan"))
                .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta..",
                        "org.hibernate..")
                .check(house);
    }

    @Test
    void entitiesNeverLeaveTheirRoom() {
        classes().that().areAnnotatedWith("jakarta.persistence.Entity").should().bePackagePrivate()
                .andShould().haveSimpleNameEndingWith("Entity").check(house);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?|\\.Base[A-Z][A-Za-z]*)").check(house);
    }

    @Test
    void nothingWaitsOnAnEventLoop() {
        noClasses().that().resideInAPackage(BASE + "..")
                .should().callMethod("io.smallrye.mutiny.Uni", "await").check(house);
    }

    /** The clock ticks by microseconds, and Java's own arithmetic divides by zero there. */
    @Test
    void nobodyAsksTheClockForMilliseconds() {
        noClasses().should().callMethod(Clock.class, "millis").check(house);
    }

    /** Constant-time by construction: one method compares secrets and their digests. */
    @Test
    void secretsAreComparedInOnePlace() throws IOException {
        noClasses().that().doNotHaveFullyQualifiedName(TokenDigest.class.getName())
                .should().callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class).check(house);
        Pattern equals = Pattern
                .compile("(?i)(?:digest|secret)\\w*(?:\\(\\))?\\.equals\\(|\\.equals\\([\\w.]*(?:digest|secret)");
        List<String> comparing = new ArrayList<>();
        // In the first a key of a hash table, of which time tells nothing that leads to a token; in the second a row, read twice
        Set<String> known = Set.of("Tickets.java", "SignIns.java");
        for (Path file : allSources()) {
            if (file.startsWith(SOURCES.resolve("io/gatehouse/access")) && !known.contains(file.getFileName().toString())
                    && equals.matcher(Files.readString(file)).find()) {
                comparing.add(file.toString());
            }
        }
        assertEquals(List.of(), comparing);
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertEquals(List.of(), packages().filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .map(Path::toString).toList());
    }

    @Test
    void everyRoomCanBeOverlooked() throws IOException {
        assertEquals(List.of(), packages().filter(folder -> sources(folder).size() > MOST_FILES_IN_A_ROOM)
                .map(Path::toString).toList());
    }

    @Test
    void noFileOutgrowsItsReader() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : allSources()) {
            try (Stream<String> lines = Files.lines(file)) {
                long count = lines.count();
                if (count > LONGEST_FILE) {
                    tooLong.add(file + " has " + count + " lines");
                }
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void noMethodOutgrowsItsReader() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> tooLong = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> sources = files.getJavaFileObjectsFromPaths(allSources());
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, sources);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new MethodLengths(unit, positions, tooLong).scan(unit, null);
            }
        }
        assertEquals(List.of(), tooLong);
    }

    private static final class MethodLengths extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> tooLong;

        MethodLengths(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
            this.unit = unit;
            this.positions = positions;
            this.tooLong = tooLong;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                LineMap lines = unit.getLineMap();
                long first = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
                long last = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
                if (last - first - 1 > LONGEST_METHOD) {
                    tooLong.add(unit.getSourceFile().getName() + " " + method.getName() + " has " + (last - first - 1));
                }
            }
            return super.visitMethod(method, nothing);
        }
    }

    private static String within(String room) {
        return BASE + "." + room + "..";
    }

    private static Stream<Path> packages() throws IOException {
        try (Stream<Path> tree = Files.walk(SOURCES)) {
            return tree.filter(Files::isDirectory).filter(folder -> !sources(folder).isEmpty()).toList().stream();
        }
    }

    private static List<Path> allSources() throws IOException {
        try (Stream<Path> tree = Files.walk(SOURCES)) {
            return tree.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
