package io.gatehouse.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.RefValidator;
import com.networknt.schema.path.NodePath;

/**
 * {@code $ref} with a bound on how often and how deep it is followed in one validation. Whatever makes a validation explode,
 * be it recursion through several branches, doubling or a circle, does it by following references.
 */
final class BoundedReference implements Keyword {

    private static final String BUDGET = BoundedReference.class.getName();
    private static final int DEEPEST = 300;

    @Override
    public String getValue() {
        return "$ref";
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode schemaNode, Schema parent,
            SchemaContext context) {
        return new Follower(location, schemaNode, parent, context);
    }

    /** Gives a validation its budget. */
    static void allow(ExecutionContext context, int references) {
        context.getCollectorContext().put(BUDGET, new Budget(references));
    }

    private static final class Budget {

        private int left;
        private int depth;

        Budget(int left) {
            this.left = left;
        }
    }

    private static final class Follower extends RefValidator {

        Follower(SchemaLocation location, JsonNode schemaNode, Schema parent, SchemaContext context) {
            super(location, schemaNode, parent, context);
        }

        @Override
        public void validate(ExecutionContext context, JsonNode node, JsonNode root, NodePath place) {
            Budget budget = (Budget) context.getCollectorContext().get(BUDGET);
            if (budget.left-- <= 0 || budget.depth >= DEEPEST) {
                throw new IllegalStateException("the schema takes too long to check these arguments");
            }
            budget.depth++;
            super.validate(context, node, root, place);
            budget.depth--;
        }
    }
}
