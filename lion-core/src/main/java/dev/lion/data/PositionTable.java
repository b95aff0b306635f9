package dev.lion.data;

import java.util.List;
import java.util.Optional;

/**
 * Finds instructions of a list by id, in 6 to 12 bytes each where a map of ids takes 50: open addressing over positions,
 * whose ids are looked at in the list. Of a fixed capacity; for one thread until it is filled.
 */
final class PositionTable {
    private static final int SPARSE = 3;

    private final int[] slots; // a position plus one; 0 where there is none

    PositionTable(int capacity) {
        int least = Math.max(4, (int) Math.min(1L << 30, (long) capacity * SPARSE / 2));
        slots = new int[Integer.highestOneBit(least - 1) << 1];
    }

    /** Adds the last of some instructions, unless an earlier one has its id. */
    boolean putIfAbsent(Instruction[] instructions, int last) {
        String id = instructions[last].id();
        int slot = slot(id);
        while (slots[slot] != 0) {
            if (instructions[slots[slot] - 1].id().equals(id)) {
                return false;
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = last + 1;
        return true;
    }

    Optional<Instruction> find(List<Instruction> instructions, String id) {
        int slot = slot(id);
        while (slots[slot] != 0) {
            Instruction candidate = instructions.get(slots[slot] - 1);
            if (candidate.id().equals(id)) {
                return Optional.of(candidate);
            }
            slot = slot + 1 & slots.length - 1;
        }
        return Optional.empty();
    }

    private int slot(String id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & slots.length - 1;
    }
}
