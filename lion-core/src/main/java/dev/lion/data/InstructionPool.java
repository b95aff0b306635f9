package dev.lion.data;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Instructions in a fixed order, each once: the paper's Train Pool and Cache Pool. Immutable.
 *
 * <p>Two instructions are the same when their ids are, that is, when text and input are equal. Of equal ones the first
 * stays; how many were dropped is told by {@link #duplicates()}.
 */
public final class InstructionPool implements Iterable<Instruction> {
    private final Map<String, Instruction> byId;
    private final List<Instruction> inOrder;
    private final int duplicates;

    private InstructionPool(Map<String, Instruction> byId, int duplicates) {
        this.byId = Collections.unmodifiableMap(byId);
        this.inOrder = List.copyOf(byId.values());
        this.duplicates = duplicates;
    }

    /** The instructions in their order, equal ones dropped. */
    public static InstructionPool of(Collection<Instruction> instructions) {
        Map<String, Instruction> byId = new LinkedHashMap<>();
        instructions.forEach(instruction -> byId.putIfAbsent(instruction.id(), instruction));
        return new InstructionPool(byId, instructions.size() - byId.size());
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
        Map<String, Instruction> all = new LinkedHashMap<>(byId);
        int dropped = 0;
        for (Instruction instruction : more) {
            dropped += all.putIfAbsent(instruction.id(), instruction) == null ? 0 : 1;
        }
        return new InstructionPool(all, duplicates + dropped);
    }

    /** The instructions, in order. */
    public List<Instruction> instructions() {
        return inOrder;
    }

    /** The instruction with this id. */
    public Optional<Instruction> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whether an instruction has this id. */
    public boolean contains(String id) {
        return byId.containsKey(id);
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
