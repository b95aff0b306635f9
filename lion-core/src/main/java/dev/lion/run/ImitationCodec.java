package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.ImitationSummary;
import java.util.OptionalDouble;

/** What an imitation did: {@code examples, skipped, skippedTokens, tokens, losses}. */
final class ImitationCodec implements Codec<ImitationSummary> {
    private static final Codec<ImitationSummary.LossPoint> POINT = new PointCodec();

    @Override
    public ObjectNode write(ImitationSummary summary) {
        ObjectNode node = Json.object()
                .put("examples", summary.examples())
                .put("skipped", summary.skipped())
                .put("skippedTokens", summary.skippedTokens())
                .put("tokens", summary.tokens());
        ArrayNode losses = node.putArray("losses");
        summary.losses().forEach(point -> losses.add(POINT.write(point)));
        return node;
    }

    @Override
    public ImitationSummary read(JsonNode node) {
        return new ImitationSummary(
                Json.integer(node, "examples"),
                Json.integer(node, "skipped"),
                Json.integer(node, "skippedTokens"),
                Json.integer(node, "tokens"),
                Json.list(node, "losses", POINT));
    }

    private static final class PointCodec implements Codec<ImitationSummary.LossPoint> {
        @Override
        public ObjectNode write(ImitationSummary.LossPoint point) {
            ObjectNode node = Json.object()
                    .put("step", point.step())
                    .put("loss", point.loss())
                    .put("learningRate", point.learningRate());
            point.gradientNorm().ifPresent(norm -> node.put("gradientNorm", norm));
            return node;
        }

        @Override
        public ImitationSummary.LossPoint read(JsonNode node) {
            return new ImitationSummary.LossPoint(
                    Json.integer(node, "step"),
                    Json.number(node, "loss"),
                    Json.number(node, "learningRate"),
                    node.has("gradientNorm")
                            ? OptionalDouble.of(Json.number(node, "gradientNorm"))
                            : OptionalDouble.empty());
        }
    }
}
