package dev.lion.report;

import dev.lion.data.Instruction;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kind of each instruction, for runs whose owner can tell. */
final class Families {
    private final Map<String, String> byId = new HashMap<>();

    private Families() {}

    static Families of(ReportData data) {
        Families families = new Families();
        for (Instruction instruction : data.instructions()) {
            data.family().apply(instruction).ifPresent(name -> families.byId.put(instruction.id(), name));
        }
        return families;
    }

    Optional<String> of(String instructionId) {
        return Optional.ofNullable(byId.get(instructionId));
    }

    /** All names, sorted. */
    List<String> names() {
        return byId.values().stream().distinct().sorted().toList();
    }

    /** The instructions of a family among some. */
    List<String> members(String name, Collection<String> ids) {
        return ids.stream().filter(id -> name.equals(byId.get(id))).toList();
    }
}
