package io.gatehouse.servers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.kernel.Problem;
import io.gatehouse.servers.catalogue.CatalogueTool.Kind;
import io.gatehouse.servers.catalogue.CatalogueTool.Source;

/** Names of tools on a server: valid, as long as the deployment wants, unique. */
class ToolNamesTest {

    private static CatalogueTool tool(String name) {
        return new CatalogueTool(7, "", new Source(Kind.UPSTREAM_TOOL, null, ""), 1, name, null, "", null, null, null, true,
                null, null);
    }

    @ParameterizedTest
    @CsvSource({ "16,crm_,find_customer,crm_find_custome", "16,crm_,abcdefghijkl,crm_abcdefghijkl",
            "128,crm_,find_customer,crm_find_customer", "16,,find,find" })
    void cutsWhatIsTooLong(int longest, String prefix, String name, String expected) {
        assertEquals(expected, new ToolNames(longest).fresh(prefix == null ? "" : prefix, tool(name), new HashSet<>()));
    }

    @Test
    void countsWhereANameIsTaken() {
        ToolNames names = new ToolNames(16);
        Set<String> taken = new HashSet<>(Set.of("find_customer_12", "x"));

        assertEquals("find_customer__2", names.fresh("", tool("find_customer_12"), taken));
        assertEquals("find_customer__3", names.fresh("", tool("find_customer_123"), taken));
        assertEquals("x_2", names.fresh("", tool("x"), taken));
        assertEquals(Set.of("find_customer_12", "find_customer__2", "find_customer__3", "x", "x_2"), taken);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 15, 129 })
    void refusesBoundsThatServeNobody(int longest) {
        assertThrows(IllegalStateException.class, () -> new ToolNames(longest));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a b", "a.b", "abcdefghijklmnopq", "\u00e4" })
    void refusesNamesThatClientsFailWith(String name) {
        assertThrows(Problem.class, () -> new ToolNames(16).check("tool_name", name));
    }
}
