package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.PaidRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code batch} with {@code stage, role, hold, sinceMillis, questions, present}, with {@code id}, or with {@code outcome}. */
final class BatchCodec implements Codec<BatchEntry> {
    @Override
    public ObjectNode write(BatchEntry entry) {
        ObjectNode node = Json.object().put("batch", entry.batch());
        if (entry instanceof BatchEntry.Submitted submitted) {
            return node.put("id", submitted.id());
        }
        return entry instanceof BatchEntry.Closed closed
                ? node.put("outcome", closed.outcome().name())
                : intended(node, (BatchEntry.Intended) entry);
    }

    private static ObjectNode intended(ObjectNode node, BatchEntry.Intended intended) {
        node.put("stage", intended.stage().name())
                .put("role", intended.role().name())
                .put("hold", intended.hold())
                .put("sinceMillis", intended.since().toEpochMilli());
        ArrayNode questions = node.putArray("questions");
        intended.questions().forEach(questions::add);
        intended.present().ifPresent(ids -> ids.forEach(node.putArray("present")::add));
        return node;
    }

    @Override
    public BatchEntry read(JsonNode node) {
        int batch = Json.count(node, "batch");
        if (node.has("id")) {
            return new BatchEntry.Submitted(batch, Json.string(node, "id"));
        }
        return node.has("outcome")
                ? new BatchEntry.Closed(batch, Json.constant(node, "outcome", BatchEntry.Outcome.class))
                : new BatchEntry.Intended(
                        batch,
                        Json.constant(node, "stage", Stage.class),
                        Json.constant(node, "role", PaidRole.class),
                        Json.integer(node, "hold"),
                        Instant.ofEpochMilli(Json.integer(node, "sinceMillis")),
                        strings(node, "questions"),
                        node.has("present") ? Optional.of(strings(node, "present")) : Optional.empty());
    }

    private static List<String> strings(JsonNode node, String name) {
        JsonNode list = Json.field(node, name);
        List<String> strings = new ArrayList<>();
        for (JsonNode each : list) {
            if (!each.isTextual()) {
                throw new IllegalArgumentException("field \"" + name + "\": expected texts, found " + each);
            }
            strings.add(each.textValue());
        }
        return strings;
    }
}
