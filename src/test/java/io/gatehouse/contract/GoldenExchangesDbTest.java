package io.gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.GoldenExchanges;
import io.gatehouse.testing.OtherWorkspace;
import io.gatehouse.testing.Wire;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;

/** The exchanges of {@code src/test/resources/contract}, byte for byte but for what no one can know beforehand. */
@QuarkusTest
class GoldenExchangesDbTest {

    private static final Path FILES = Path.of("src/test/resources/contract");

    @Inject
    Deployment deployment;

    /** Lets the administrator {@code alone} have a workspace without anything in it. */
    @Inject
    OtherWorkspace others;

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            return files.filter(file -> file.toString().endsWith(".http")).map(file -> FILES.relativize(file).toString())
                    .sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void answersAsWrittenDown(String file) {
        Map<String, String> variables = new HashMap<>(Map.of("token", deployment.token(), "folder",
                Integer.toString(deployment.folder()), "project", Integer.toString(deployment.project()), "alone",
                others.administrator(others.create())));
        Wire wire = new Wire(RestAssured.baseURI + ":" + RestAssured.port);

        List<String> faults = GoldenExchanges.read(FILES.resolve(file)).play(variables, wire::send);

        assertEquals(List.of(), faults, () -> file + "\n" + String.join("\n", faults));
    }
}
