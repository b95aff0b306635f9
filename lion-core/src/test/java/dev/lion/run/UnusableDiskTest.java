package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lion.run.ChildRun.Order;
import dev.lion.run.ChildRun.Shape;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operating system itself refuses. */
class UnusableDiskTest {
    @TempDir
    Path temp;

    @Test
    void open_directoryThatMayNotBeWrittenTo_saysSo() throws IOException {
        assumeTrue(temp.toFile().setWritable(false), "skipped: directories cannot be made read-only here");
        try {
            assumeFalse(Files.isWritable(temp), "skipped: this user may write to read-only directories, as root may");
            assertThatThrownBy(() -> RunDirectory.open(temp))
                    .isInstanceOf(RunStorageException.class)
                    .hasMessageContaining(temp.toString());
            assertThatThrownBy(() -> RunDirectory.open(temp.resolve("run")))
                    .isInstanceOf(RunStorageException.class)
                    .hasMessageContaining("cannot create " + temp.resolve("run") + ": permission denied");
        } finally {
            assertThat(temp.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void open_fileSystemThatTakesNoFiles_saysSo() {
        Path kernel = Path.of("/proc/self/task");
        assumeTrue(Files.isDirectory(kernel), "skipped: there is no /proc, which takes no files");
        assertThatThrownBy(() -> RunDirectory.open(kernel.resolve("run")))
                .isInstanceOf(RunStorageException.class)
                .hasMessageContaining("cannot create " + kernel.resolve("run"));
    }

    @Test
    void open_belowAFile_namesTheFile() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertThatThrownBy(() -> RunDirectory.open(file.resolve("run")))
                .isInstanceOf(RunStorageException.class)
                .hasMessageContaining("cannot create " + file + ": something else has that name");
    }

    @Test
    void run_fileThatCannotBeRead_isNamedAndNothingIsPaidAgain() throws IOException {
        Path run = temp.resolve("run");
        SmallRun.on(run, FaultyDisk.sound(), ScriptedRoles.prompt());
        Path file = run.resolve("iteration-0/answers.jsonl");
        Files.delete(file);
        Files.createDirectory(file); // opened for reading, it fails, also for root
        ScriptedRoles roles = ScriptedRoles.prompt();
        assertThatThrownBy(() -> SmallRun.on(run, FaultyDisk.sound(), roles))
                .isInstanceOf(RunStorageException.class)
                .hasMessageContaining("cannot read " + file);
        assertThat(roles.served()).isEmpty();
    }

    @Test
    @Tag("slow")
    void run_filesMayOnlyBecomeSoLarge_saysSoAndContinuesOnceTheyMayBeLarger() throws Exception {
        Path devNull = Path.of("/dev/null");
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: there is no /bin/sh with ulimit");
        Path run = temp.resolve("run");
        int refusals = 0;
        int code;
        for (int blocks = 2; (code = sit(run, devNull, blocks)) != 0; blocks *= 2) {
            assertThat(code).isEqualTo(1);
            assertThat(temp.resolve("errors")).content().contains("RunStorageException: cannot ", "File too large");
            refusals++;
        }
        Path whole = temp.resolve("whole");
        ChildRun.sit(order(whole, devNull), FaultyDisk.sound());
        assertThat(refusals).isGreaterThan(1);
        assertThat(Trees.of(run)).isEqualTo(Trees.of(whole));
    }

    private static Order order(Path directory, Path log) {
        return new Order(directory, log, "1", Shape.MANY_AT_ONCE, 7, 0);
    }

    /** One sitting in a process whose every file may have so many blocks of 512 bytes, or of 1024 in some shells. */
    private int sit(Path directory, Path log, int blocks) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh"));
        command.addAll(order(directory, log).command());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            Files.write(temp.resolve("errors"), process.getInputStream().readAllBytes());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
