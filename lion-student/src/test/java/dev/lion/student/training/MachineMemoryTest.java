package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {
    @TempDir
    Path temp;

    private MachineMemory memory;

    @BeforeEach
    void machineOf1000KiB() throws IOException {
        write("proc/meminfo", "MemTotal:  1000 kB\nMemFree: 100 kB\nMemAvailable:   600 kB\n");
        write("proc/self/status", "VmHWM:  90 kB\nVmRSS:\t  50 kB\n");
        memory = new MachineMemory(temp.resolve("proc"), temp.resolve("groups"));
    }

    private void write(String file, String text) throws IOException {
        Path path = temp.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void available_noGroups_isWhatIsFree() {
        assertThat(memory.available()).hasValue(600 * 1024);
        assertThat(memory.total()).hasValue(1000 * 1024);
    }

    @Test
    void available_limitedGroup_doesNotCountItsCache() throws IOException {
        write("proc/self/cgroup", "0::/outer/inner\n");
        write("groups/outer/memory.max", "409600\n");
        write("groups/outer/memory.current", "204800\n");
        write("groups/outer/memory.stat", "anon 5\ninactive_file 100000\nactive_file 2000\nslab_reclaimable 400\n");
        write("groups/outer/inner/memory.max", "max\n");

        assertThat(memory.total()).hasValue(409600);
        assertThat(memory.available()).hasValue(409600 - 102400);
    }

    @Test
    void total_limitOfVersionOne_isRead() throws IOException {
        write("proc/self/cgroup", "4:memory:/job\n3:cpuset:/\n0::/\n");
        write("groups/memory/job/memory.limit_in_bytes", "300000\n");
        write("groups/memory/memory.limit_in_bytes", "9223372036854771712\n");

        assertThat(memory.total()).hasValue(300000);
    }

    @Test
    void total_limitBeyondALong_isNone() throws IOException {
        write("proc/self/cgroup", "4:memory:/job\n");
        write("groups/memory/job/memory.limit_in_bytes", "18446744073709551615\n");
        write("groups/memory/job/memory.usage_in_bytes", "5\n");

        assertThat(memory.total()).hasValue(1000 * 1024);
        assertThat(memory.available()).hasValue(600 * 1024);
    }

    @Test
    void total_containerThatSeesItsGroupAsTheRoot_findsTheLimit() throws IOException {
        write("proc/self/cgroup", "0::/system/not-visible-here\n");
        write("groups/memory.max", "200000\n");

        assertThat(memory.total()).hasValue(200000);
    }

    @Test
    void available_systemWithoutProc_isUnknown() {
        var elsewhere = new MachineMemory(temp.resolve("none"), temp.resolve("none"));

        assertThat(elsewhere.available()).isEmpty();
        assertThat(elsewhere.total()).isEmpty();
    }
}
