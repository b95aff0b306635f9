package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
    @TempDir
    Path temp;

    @Test
    void bytes_onLinux_isThatOfAJavaProcess() {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "skipped: there is no /proc here");

        assertThat(ResidentMemory.bytes().orElseThrow()).isBetween(20_000_000L, 1L << 40);
    }

    @Test
    void read_fileWithTheField_isItsBytes() throws IOException {
        Path status = Files.writeString(temp.resolve("status"), "VmHWM:\t  9000 kB\nVmRSS:\t  1234 kB\nThreads:\t2\n");

        assertThat(ResidentMemory.read(status)).hasValue(1234 * 1024);
    }

    @Test
    void read_noFile_isEmpty() {
        assertThat(ResidentMemory.read(temp.resolve("status"))).isEmpty();
    }
}
