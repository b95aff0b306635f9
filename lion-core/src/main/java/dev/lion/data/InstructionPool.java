package dev.lion.data;

import com.google.common.collect.Iterables;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Instructions in a fixed order, each once: the paper's Train Pool and Cache Pool. Immutable.
 *
 * <p>Two instructions are the same when their ids are, that is, when text and input are equal. Of equal ones the first
 * stays; how many were dropped is told by {@link #duplicates()}.
 */
public final class InstructionPool implements Iterable<Instruction> {
    private final PositionTable positions;
    private final List<Instruction> inOrder;
    private final int duplicates;

    private InstructionPool(Iterable<Instruction> instructions, int expected, int duplicates) {
        Instruction[] kept = new Instruction[expected];
        PositionTable table = new PositionTable(expected);
        int size = 0;
        int dropped = 0;
        for (Instruction instruction : instructions) {
            kept[size] = instruction;
            if (table.putIfAbsent(kept, size)) {
                size++;
            } else {
                dropped++;
            }
        }
        this.positions = table;
        this.inOrder = Collections.unmodifiableList(Arrays.asList(size == expected ? kept : Arrays.copyOf(kept, size)));
        this.duplicates = duplicates + dropped;
    }

    /** The instructions in their order, equal ones dropped. */
    public static InstructionPool of(Collection<Instruction> instructions) {
        return new InstructionPool(instructions, instructions.size(), 0);
    }

    /**
     * Reads seed instructions from a UTF-8 file. Its form is recognised by its contents:
     *
     * <ul>
     *   <li>a JSON array of objects, as Alpaca and ShareGPT use it;
     *   <li>JSON Lines, one object in each line.
     * </ul>
     *
     * An object holds either {@code instruction} with an optional {@code input} (or, as self-instruct has it, {@code
     * instances}, of which the first one's input counts), or a conversation in {@code messages} ({@code role}, {@code
     * content}) or {@code conversations} ({@code from}, {@code value}), of which the first user turn counts. Other fields,
     * answers among them, are ignored.
     *
     * @throws SeedFileException when the file cannot be read; all faulty entries are reported together
     */
    public static InstructionPool read(Path file) {
        return of(new SeedFile(file).read());
    }

    /** This pool followed by those of {@code more} that it does not hold yet. */
    public InstructionPool plus(Iterable<Instruction> more) {
        int expected = Math.addExact(size(), Iterables.size(more));
        return new InstructionPool(Iterables.concat(inOrder, more), expected, duplicates);
    }

    /** The instructions, in order. */
    public List<Instruction> instructions() {
        return inOrder;
    }

    /** The instruction with this id. */
    public Optional<Instruction> find(String id) {
        return positions.find(inOrder, id);
    }

    /** Whether an instruction has this id. */
    public boolean contains(String id) {
        return find(id).isPresent();
    }

    /** How many instructions there are. */
    public int size() {
        return inOrder.size();
    }

    /** How many instructions were dropped while this pool was put together, because an equal one came before. */
    public int duplicates() {
        return duplicates;
    }

    /** 16 hexadecimal digits that depend on the instructions and their order. */
    public String fingerprint() {
        Hasher hasher = Hashing.sha256().newHasher();
        inOrder.forEach(instruction -> hasher.putString(instruction.id(), StandardCharsets.US_ASCII));
        return hasher.hash().toString().substring(0, 16);
    }

    @Override
    public Iterator<Instruction> iterator() {
        return inOrder.iterator();
    }

    @Override
    public String toString() {
        return inOrder.size() + " instructions";
    }
}
