package dev.lion.student.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Linux says a processor can do.
 *
 * @param vendors the lines {@code vendor_id} (x86) of {@code /proc/cpuinfo}
 * @param names of the lines {@code flags} (x86) and {@code Features} (ARM)
 */
public record CpuFeatures(Set<String> vendors, Set<String> names) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> BFLOAT16 = List.of("avx512_bf16", "amx_bf16", "bf16");

    /** Where MKL uses narrower instructions than the processor has, and multiplies a matrix with a vector on one core. */
    private static final List<String> SLOW_IN_MKL = List.of("AuthenticAMD", "HygonGenuine");

    public CpuFeatures {
        vendors = Set.copyOf(vendors);
        names = Set.copyOf(names);
    }

    /** The features of this machine; none where the system does not tell. */
    public static CpuFeatures ofThisMachine() {
        try {
            return parse(Files.isReadable(CPU_INFO) ? Files.readAllLines(CPU_INFO) : List.of());
        } catch (IOException e) {
            return parse(List.of());
        }
    }

    /** The features in the lines of a {@code /proc/cpuinfo}. */
    static CpuFeatures parse(List<String> lines) {
        return new CpuFeatures(
                values(lines, "vendor_id"),
                Stream.of("flags", "Features")
                        .flatMap(key -> values(lines, key).stream())
                        .flatMap(line -> Arrays.stream(line.split("\\s+")))
                        .collect(Collectors.toSet()));
    }

    private static Set<String> values(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .collect(Collectors.toSet());
    }

    /** Whether matrix products in bfloat16 have instructions of their own. */
    public boolean hasBfloat16() {
        return BFLOAT16.stream().anyMatch(names::contains);
    }

    /** Whether oneDNN multiplies matrices that lie in its own order faster than they are multiplied otherwise. */
    boolean isFasterWithBlocks(boolean bfloat16) {
        return bfloat16 ? hasBfloat16() : SLOW_IN_MKL.stream().anyMatch(vendors::contains);
    }
}
