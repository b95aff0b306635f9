package dev.lion.student.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What this process holds in memory, Java's heap, native tensors and libraries together, as Linux counts it. Used by whoever
 * reports a training, from any thread; empty on systems without {@code /proc}.
 */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long KIBI = 1024;

    private ProcessMemory() {}

    /** Bytes held now. */
    public static OptionalLong resident() {
        return field(STATUS, "VmRSS:");
    }

    /** The most bytes that were ever held. */
    public static OptionalLong peak() {
        return field(STATUS, "VmHWM:");
    }

    /** A field of a file in the form {@code name   number kB}. */
    static OptionalLong field(Path file, String name) {
        try (var lines = Files.lines(file)) {
            Optional<String> line = lines.filter(one -> one.startsWith(name)).findFirst();
            return line.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(KIBI * Long.parseLong(line.get().replaceAll("\\D", "")));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
