package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** {@code iteration, stage, millis}. */
final class StageTimeCodec implements Codec<StageTime> {
    @Override
    public ObjectNode write(StageTime time) {
        return Json.object()
                .put("iteration", time.iteration())
                .put("stage", time.stage().name())
                .put("millis", time.duration().toMillis());
    }

    @Override
    public StageTime read(JsonNode node) {
        return new StageTime(
                Json.count(node, "iteration"),
                Json.constant(node, "stage", Stage.class),
                Duration.ofMillis(Json.integer(node, "millis")));
    }
}
