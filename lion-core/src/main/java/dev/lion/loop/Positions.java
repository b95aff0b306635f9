package dev.lion.loop;

import dev.lion.data.Instruction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Positions in a list of instructions by id; put together when the first is asked for, which a new stage never does. */
final class Positions {
    private final List<Instruction> instructions;
    private final Map<String, Integer> byId = new HashMap<>();

    Positions(List<Instruction> instructions) {
        this.instructions = instructions;
    }

    /** The position of the instruction with this id, if it is in the list. */
    Optional<Integer> of(String id) {
        if (byId.isEmpty()) {
            for (int i = 0; i < instructions.size(); i++) {
                byId.put(instructions.get(i).id(), i);
            }
        }
        return Optional.ofNullable(byId.get(id));
    }
}
