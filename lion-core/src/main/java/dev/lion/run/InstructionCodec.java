package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.Provenance;

/** Instructions as {@code id, instruction, input} and, when generated, {@code parent, iteration, difficulty}. */
final class InstructionCodec implements Codec<Instruction> {
    @Override
    public ObjectNode write(Instruction instruction) {
        ObjectNode node = Json.object()
                .put("id", instruction.id())
                .put("instruction", instruction.text())
                .put("input", instruction.input());
        if (instruction.provenance() instanceof Provenance.Generated from) {
            node.put("parent", from.parentId())
                    .put("iteration", from.iteration())
                    .put("difficulty", from.difficulty().name());
        }
        return node;
    }

    @Override
    public Instruction read(JsonNode node) {
        Instruction instruction = Instruction.of(Json.string(node, "instruction"), Json.string(node, "input"));
        String id = Json.string(node, "id");
        if (!instruction.id().equals(id)) {
            throw new IllegalArgumentException("field \"id\": " + id + " does not belong to this text");
        }
        return node.has("parent") ? instruction.withProvenance(generated(node)) : instruction;
    }

    private static Provenance generated(JsonNode node) {
        return Provenance.generated(
                Json.string(node, "parent"),
                Json.count(node, "iteration"),
                Json.constant(node, "difficulty", Difficulty.class));
    }
}
