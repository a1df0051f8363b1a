package io.gatehouse.servers.catalogue;

import java.util.Set;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.kernel.Problem;
import io.gatehouse.tools.operation.Names;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The names of tools on servers. Clients put the server's name before them, model providers take 64 characters in all or
 * few more, and no dots; so names are no longer than the deployment wants.
 */
@Singleton
public class ToolNames {

    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9_-]*");
    private static final int SHORTEST_BOUND = 16;
    /** What MCP allows. */
    private static final int LONGEST_BOUND = 128;

    private final int longest;

    @Inject
    ToolNames(@ConfigProperty(name = "gatehouse.servers.longest-tool-name", defaultValue = "64") int longest) {
        if (longest < SHORTEST_BOUND || longest > LONGEST_BOUND) {
            throw new IllegalStateException("gatehouse.servers.longest-tool-name: from " + SHORTEST_BOUND + " to "
                    + LONGEST_BOUND);
        }
        this.longest = longest;
    }

    /** What is left of a text that can be a name; {@code otherwise} where that is nothing. */
    String valid(String text, String otherwise) {
        return Names.slug(text, otherwise, longest);
    }

    /**
     * A name that none has yet, and has it from now on.
     *
     * @param taken the names on the server
     */
    public String fresh(String prefix, CatalogueTool tool, Set<String> taken) {
        String name = Names.unique(valid(prefix + tool.name(), tool.name()), taken::contains, longest);
        taken.add(name);
        return name;
    }

    /** @throws Problem INVALID unless names can begin like this and still say something */
    public void checkPrefix(String field, String prefix) {
        if (prefix.length() > longest / 2) {
            throw Problem.invalidField(field, "maxlength", field + ": " + longest / 2
                    + " characters at most, half of what a tool's name may have");
        }
        checkCharacters(field, prefix);
    }

    /** @throws Problem INVALID for what can't be a name of somebody's choice */
    public void check(String field, String name) {
        if (name.isEmpty()) {
            throw Problem.invalidField(field, "missing_required_field", field + " is required");
        }
        if (name.length() > longest) {
            throw Problem.invalidField(field, "maxlength",
                    field + ": " + longest + " characters at most, for clients fail with longer names of tools");
        }
        checkCharacters(field, name);
    }

    private static void checkCharacters(String field, String text) {
        if (!CHARACTERS.matcher(text).matches()) {
            throw Problem.invalidField(field, "regexp", field + ": letters, digits, underscores and hyphens only");
        }
    }
}
