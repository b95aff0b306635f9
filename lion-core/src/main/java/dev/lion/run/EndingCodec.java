package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Why a run ended early: {@code reason}. */
final class EndingCodec implements Codec<String> {
    @Override
    public ObjectNode write(String reason) {
        return Json.object().put("reason", reason);
    }

    @Override
    public String read(JsonNode node) {
        return Json.string(node, "reason");
    }
}
