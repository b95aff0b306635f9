package dev.lion.student;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Linux says a processor can do.
 *
 * @param names of the lines {@code flags} (x86) and {@code Features} (ARM) of {@code /proc/cpuinfo}
 */
record CpuFeatures(Set<String> names) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> BFLOAT16 = List.of("avx512_bf16", "amx_bf16", "bf16");

    CpuFeatures {
        names = Set.copyOf(names);
    }

    /** The features of this machine; none where the system does not tell. */
    static CpuFeatures ofThisMachine() {
        try {
            return Files.isReadable(CPU_INFO) ? parse(Files.readAllLines(CPU_INFO)) : new CpuFeatures(Set.of());
        } catch (IOException e) {
            return new CpuFeatures(Set.of());
        }
    }

    /** The features in the lines of a {@code /proc/cpuinfo}. */
    static CpuFeatures parse(List<String> lines) {
        return new CpuFeatures(lines.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .flatMap(line -> Arrays.stream(
                        line.substring(line.indexOf(':') + 1).trim().split("\\s+")))
                .collect(Collectors.toSet()));
    }

    /** Whether matrix products in bfloat16 have instructions of their own. */
    boolean hasBfloat16() {
        return BFLOAT16.stream().anyMatch(names::contains);
    }
}
