package io.gatehouse.tools.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.kernel.Problem;

/** Real documents from a folder that {@code -Dgatehouse.samples} names: no operation of any of them is lost. */
@EnabledIfSystemProperty(named = "gatehouse.samples", matches = ".+")
class DocumentSamplesTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch",
            "trace");

    @TestFactory
    List<DynamicTest> everyOperationBecomesAToolOrHasAReason() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("gatehouse.samples")))) {
            return files.sorted().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
                    .toList();
        }
    }

    private static void check(Path file) throws IOException {
        String content = Files.readString(file);
        JsonNode tree = DocumentReader.read(content, null);
        if (tree.has("swagger")) {
            assertThrows(Problem.class, () -> DocumentImport.read(content, null));
            return;
        }
        long declared = 0;
        for (JsonNode pathItem : tree.path("paths")) {
            declared += pathItem.properties().stream().filter(entry -> METHODS.contains(entry.getKey())).count();
        }

        List<ImportedOperation> operations = DocumentImport.read(content, null).operations();

        assertEquals(declared, operations.size());
        assertEquals(declared, operations.stream().map(ImportedOperation::name).distinct().count());
        for (ImportedOperation operation : operations) {
            assertTrue(operation.operation() != null || !operation.refusal().isBlank());
        }
    }
}
