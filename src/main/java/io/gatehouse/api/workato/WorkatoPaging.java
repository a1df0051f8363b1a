package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Problem;
import jakarta.ws.rs.QueryParam;

/** Paging by {@code page} and {@code per_page}. */
public class WorkatoPaging {

    private static final int MOST_PER_PAGE = 100;

    @QueryParam("page")
    @Parameter(description = "Page number, from 1", schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "1"))
    String page;

    @QueryParam("per_page")
    @Parameter(description = "Entries per page", schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "100"))
    String perPage;

    public Page.Slice slice() {
        int size = number("per_page", perPage, MOST_PER_PAGE, MOST_PER_PAGE);
        return new Page.Slice((number("page", page, 1, Integer.MAX_VALUE / MOST_PER_PAGE) - 1) * size, size);
    }

    private static int number(String name, String text, int byDefault, int most) {
        if (text == null) {
            return byDefault;
        }
        Long number = WorkatoInput.optionalLong(name, text);
        if (number == null || number < 1 || number > most) {
            throw Problem.invalidField(name, "invalid_field_value", name + ": a whole number from 1 to " + most);
        }
        return number.intValue();
    }
}
