package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that OpenAPI Generator makes of the published specifications, unchanged, against the running application. */
@EnabledIfSystemProperty(named = "gatehouse.contract", matches = ".+")
class GeneratedClientsIT {

    private static final String VERSION = "7.25.0";
    private static final Path TARGET = Path.of("target/clients/generated").toAbsolutePath();
    private static final Path SOURCES = Path.of("src/test/clients/generated").toAbsolutePath();

    private static Installation gatehouse;
    private static String folder;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(TARGET);
        run(Path.of("mvnw").toAbsolutePath().toString(), "-q", "dependency:copy",
                "-Dartifact=org.openapitools:openapi-generator-cli:" + VERSION, "-DoutputDirectory=" + TARGET);
        gatehouse = new Installation();
        folder = gatehouse.get("/api/folders").json().at("/items/0/id").asText();
    }

    @AfterAll
    static void stop() throws Exception {
        if (gatehouse != null) {
            gatehouse.close();
        }
    }

    /** In a folder without a project, for a build runs in this one. */
    private static void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(TARGET.toFile()).redirectErrorStream(true);
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
    }

    private static void generate(String dialect, String specification) throws Exception {
        String base = "io.gatehouse.generated." + dialect;
        run(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                TARGET.resolve("openapi-generator-cli-" + VERSION + ".jar").toString(), "generate", "-g", "java",
                "--library", "native", "-i",
                Path.of(System.getProperty("gatehouse.contract"), "specs/openapi", specification).toAbsolutePath()
                        .toString(),
                "-o", TARGET.resolve(dialect).toString(), "--invoker-package", base, "--api-package", base + ".api",
                "--model-package", base + ".model", "--additional-properties",
                "openApiNullable=false,useJakartaEe=true,hideGenerationTimestamp=true,documentationProvider=none",
                "--global-property", "apis,models,supportingFiles,apiTests=false,modelTests=false");
    }

    private static Path compile(String dialect, String client) throws IOException {
        List<Path> sources = new ArrayList<>(List.of(SOURCES.resolve(client + ".java")));
        try (Stream<Path> tree = Files.walk(TARGET.resolve(dialect).resolve("src/main/java"))) {
            tree.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
        Path classes = Files.createDirectories(TARGET.resolve(dialect).resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            assertTrue(compiler.getTask(messages, files, null, List.of("-proc:none", "-nowarn", "-d",
                    classes.toString(), "-cp", System.getProperty("java.class.path")),
                    null, files.getJavaFileObjectsFromPaths(sources)).call(), messages::toString);
        }
        return classes;
    }

    @ParameterizedTest
    @CsvSource({ "workato, workato-mcp-server-openapi.yml, WorkatoClient",
            "celigo, celigo-mcp-servers-openapi.json, CeligoClient" })
    void leadsAServerThroughItsLife(String dialect, String specification, String client) throws Exception {
        generate(dialect, specification);
        URL[] classes = { compile(dialect, client).toUri().toURL() };

        try (URLClassLoader loader = new URLClassLoader(classes, GeneratedClientsIT.class.getClassLoader())) {
            String[] arguments = { gatehouse.url(), gatehouse.token(), folder };
            loader.loadClass(client).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(client + ": " + e.getCause().getMessage(), e.getCause());
        }
    }
}
