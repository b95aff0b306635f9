package dev.lion.report;

import dev.lion.data.Instruction;
import dev.lion.data.Provenance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which instruction was made from which. An instruction whose parent does not come before it is a root, so there are no
 * cycles whatever the files say.
 */
final class Lineage {
    private final Map<String, Instruction> byId = new LinkedHashMap<>();
    private final Map<String, List<Instruction>> children = new HashMap<>();
    private final Map<String, Instruction> roots = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();
    private final Map<String, Integer> descendants = new HashMap<>();
    private final Map<String, Integer> heights = new HashMap<>();

    /** The lineage of instructions in the order in which they entered the pool. */
    Lineage(List<Instruction> instructions) {
        instructions.forEach(this::place);
        List<Instruction> reversed = new ArrayList<>(byId.values());
        Collections.reverse(reversed);
        reversed.forEach(this::measure);
    }

    private void place(Instruction instruction) {
        String id = instruction.id();
        if (byId.containsKey(id)) {
            return;
        }
        byId.put(id, instruction);
        if (instruction.provenance() instanceof Provenance.Generated made && byId.containsKey(made.parentId())) {
            children.computeIfAbsent(made.parentId(), p -> new ArrayList<>()).add(instruction);
            roots.put(id, root(made.parentId()));
            depths.put(id, depths.getOrDefault(made.parentId(), 0) + 1);
        } else {
            roots.put(id, instruction);
            depths.put(id, 0);
        }
    }

    private Instruction root(String id) {
        Instruction root = roots.get(id);
        if (root == null) {
            throw new IllegalArgumentException("no instruction " + id + " in the pool");
        }
        return root;
    }

    private void measure(Instruction instruction) {
        List<Instruction> made = children(instruction);
        descendants.put(
                instruction.id(),
                made.stream().mapToInt(c -> 1 + descendants(c)).sum());
        heights.put(
                instruction.id(),
                made.stream().mapToInt(c -> 1 + height(c)).max().orElse(0));
    }

    Instruction instruction(String id) {
        Instruction instruction = byId.get(id);
        if (instruction == null) {
            throw new IllegalArgumentException("no instruction " + id + " in the pool");
        }
        return instruction;
    }

    boolean contains(String id) {
        return byId.containsKey(id);
    }

    List<Instruction> all() {
        return List.copyOf(byId.values());
    }

    List<Instruction> children(Instruction instruction) {
        return Collections.unmodifiableList(children.getOrDefault(instruction.id(), List.of()));
    }

    /** The seed it descends from; itself when it is a seed. */
    Instruction rootOf(Instruction instruction) {
        return root(instruction.id());
    }

    /** From the seed that it descends from to itself. */
    List<Instruction> line(Instruction instruction) {
        Deque<Instruction> line = new ArrayDeque<>();
        line.add(instruction);
        for (int step = depth(instruction); step > 0; step--) {
            Provenance.Generated made = (Provenance.Generated) line.getFirst().provenance();
            line.addFirst(instruction(made.parentId()));
        }
        return List.copyOf(line);
    }

    /** Steps from its seed. */
    int depth(Instruction instruction) {
        return depths.getOrDefault(instruction.id(), 0);
    }

    /** Steps to the farthest instruction that descends from it. */
    int height(Instruction instruction) {
        return heights.getOrDefault(instruction.id(), 0);
    }

    /** Instructions that descend from it, over any number of steps. */
    int descendants(Instruction instruction) {
        return descendants.getOrDefault(instruction.id(), 0);
    }
}
