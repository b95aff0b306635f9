package dev.lion.student.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The memory that this process has in use, native memory included. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "VmRSS:";

    private ResidentMemory() {}

    /** Bytes, as Linux counts them; empty on other systems. */
    static OptionalLong bytes() {
        return read(STATUS);
    }

    /** The field's value in a file that holds {@code VmRSS:    1234 kB} among its lines; empty without such a file. */
    static OptionalLong read(Path status) {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(FIELD))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
