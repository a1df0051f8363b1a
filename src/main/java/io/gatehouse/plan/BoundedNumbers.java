package io.gatehouse.plan;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;

/**
 * Reads numbers exactly, and refuses those whose exponent is out of all proportion: a few characters such as
 * {@code 1e99999999} would otherwise cost minutes of computing wherever they are compared or written out.
 */
public final class BoundedNumbers extends JsonNodeFactory {

    public static final BoundedNumbers NODES = new BoundedNumbers();

    private static final long serialVersionUID = 1L;
    private static final int LARGEST_SCALE = 400;

    private BoundedNumbers() {
        super(true);
    }

    /** @throws IllegalArgumentException for a number that is out of bounds */
    @Override
    public ValueNode numberNode(BigDecimal value) {
        if (value != null && Math.abs((long) value.scale()) > LARGEST_SCALE) {
            throw new IllegalArgumentException("a number's exponent is out of bounds");
        }
        return super.numberNode(value);
    }
}
