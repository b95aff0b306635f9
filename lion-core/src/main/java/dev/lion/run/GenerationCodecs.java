package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.Difficulty;
import java.util.Map;
import java.util.OptionalDouble;

/** What the generator proposed, and what was rejected of it. */
final class GenerationCodecs {
    private static final InstructionCodec INSTRUCTION = new InstructionCodec();

    private GenerationCodecs() {}

    /** {@code difficulty, request, instructions} and, when there are any, {@code dropped} by reason. */
    static final class ProposalsCodec implements Codec<Proposals> {
        @Override
        public ObjectNode write(Proposals proposals) {
            ObjectNode node = Json.object()
                    .put("difficulty", proposals.difficulty().name())
                    .put("request", proposals.request());
            ArrayNode instructions = node.putArray("instructions");
            proposals.instructions().forEach(instruction -> instructions.add(INSTRUCTION.write(instruction)));
            if (!proposals.dropped().isEmpty()) {
                node.set("dropped", Json.counts(proposals.dropped()));
            }
            return node;
        }

        @Override
        public Proposals read(JsonNode node) {
            return new Proposals(
                    Json.constant(node, "difficulty", Difficulty.class),
                    Json.count(node, "request"),
                    Json.list(node, "instructions", INSTRUCTION),
                    node.has("dropped") ? Json.counts(node, "dropped") : Map.of());
        }
    }

    /** The instruction's fields, then {@code rule, reason} and, for near-duplicates, {@code score}. */
    static final class RejectionCodec implements Codec<Rejection> {
        @Override
        public ObjectNode write(Rejection rejection) {
            ObjectNode node = INSTRUCTION
                    .write(rejection.instruction())
                    .put("rule", rejection.rule())
                    .put("reason", rejection.reason());
            rejection.score().ifPresent(score -> node.put("score", score));
            return node;
        }

        @Override
        public Rejection read(JsonNode node) {
            return new Rejection(
                    INSTRUCTION.read(node),
                    Json.string(node, "rule"),
                    Json.string(node, "reason"),
                    node.has("score") ? OptionalDouble.of(Json.number(node, "score")) : OptionalDouble.empty());
        }
    }
}
