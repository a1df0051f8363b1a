package io.gatehouse.plan;

import java.math.BigDecimal;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

    /** A mapper for the JSON of strangers: numbers exact and bounded, no key twice, nothing behind the value. */
    public static JsonMapper strictMapper() {
        return JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).nodeFactory(NODES).build();
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
