package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
    @TempDir
    Path temp;

    @Test
    void peak_onLinux_isAtLeastWhatAJavaProcessHolds() {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "skipped: there is no /proc here");

        assertThat(ProcessMemory.resident().orElseThrow()).isBetween(20_000_000L, 1L << 40);
        assertThat(ProcessMemory.peak().orElseThrow())
                .isGreaterThanOrEqualTo(ProcessMemory.resident().orElseThrow() * 9 / 10);
    }

    @Test
    void field_fileWithIt_isItsBytes() throws IOException {
        Path status = Files.writeString(temp.resolve("status"), "VmHWM:\t  9000 kB\nVmRSS:\t  1234 kB\nThreads:\t2\n");

        assertThat(ProcessMemory.field(status, "VmRSS:")).hasValue(1234 * 1024);
        assertThat(ProcessMemory.field(status, "VmSwap:")).isEmpty();
    }

    @Test
    void field_noFile_isEmpty() {
        assertThat(ProcessMemory.field(temp.resolve("status"), "VmRSS:")).isEmpty();
    }
}
