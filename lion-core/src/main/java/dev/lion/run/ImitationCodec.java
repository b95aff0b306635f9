package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.ImitationSummary;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an imitation did: {@code examples, skipped, skippedTokens, tokens, losses}, and {@code preferences} when there were any. */
final class ImitationCodec implements Codec<ImitationSummary> {
    private static final Codec<ImitationSummary.LossPoint> POINT = new PointCodec();
    private static final Codec<ImitationSummary.Preferences> PREFERENCES = new PreferencesCodec();

    @Override
    public ObjectNode write(ImitationSummary summary) {
        ObjectNode node = Json.object()
                .put("examples", summary.examples())
                .put("skipped", summary.skipped())
                .put("skippedTokens", summary.skippedTokens())
                .put("tokens", summary.tokens());
        ArrayNode losses = node.putArray("losses");
        summary.losses().forEach(point -> losses.add(POINT.write(point)));
        summary.preferences().ifPresent(part -> node.set("preferences", PREFERENCES.write(part)));
        return node;
    }

    @Override
    public ImitationSummary read(JsonNode node) {
        return new ImitationSummary(
                Json.integer(node, "examples"),
                Json.integer(node, "skipped"),
                Json.integer(node, "skippedTokens"),
                Json.integer(node, "tokens"),
                Json.list(node, "losses", POINT),
                Optional.ofNullable(node.get("preferences")).map(PREFERENCES::read));
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

    /** {@code pairs, skipped, firstStep}. */
    private static final class PreferencesCodec implements Codec<ImitationSummary.Preferences> {
        @Override
        public ObjectNode write(ImitationSummary.Preferences part) {
            return Json.object()
                    .put("pairs", part.pairs())
                    .put("skipped", part.skipped())
                    .put("firstStep", part.firstStep());
        }

        @Override
        public ImitationSummary.Preferences read(JsonNode node) {
            return new ImitationSummary.Preferences(
                    Json.integer(node, "pairs"), Json.integer(node, "skipped"), Json.integer(node, "firstStep"));
        }
    }
}
