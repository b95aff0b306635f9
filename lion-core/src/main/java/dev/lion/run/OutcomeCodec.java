package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.ItemOutcome;

/** {@code id, task, answer, right}. */
final class OutcomeCodec implements Codec<ItemOutcome> {
    @Override
    public ObjectNode write(ItemOutcome outcome) {
        return Json.object()
                .put("id", outcome.id())
                .put("task", outcome.task())
                .put("answer", outcome.answer())
                .put("right", outcome.right());
    }

    @Override
    public ItemOutcome read(JsonNode node) {
        JsonNode right = Json.field(node, "right");
        if (!right.isBoolean()) {
            throw new IllegalArgumentException("field \"right\": expected true or false, found " + right);
        }
        return new ItemOutcome(
                Json.string(node, "task"), Json.string(node, "id"), Json.string(node, "answer"), right.booleanValue());
    }
}
