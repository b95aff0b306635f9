package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One at a time: in this process, and among real processes. */
class RunLockTest {
    @TempDir
    Path temp;

    @Test
    void open_alreadyOpenHere_isRefusedUntilClosed() {
        try (RunDirectory first = RunDirectory.open(temp)) {
            assertThatThrownBy(() -> RunDirectory.open(first.path()))
                    .isInstanceOf(RunLockedException.class)
                    .hasMessageContaining("already open in this process");
            assertThatThrownBy(() -> RunDirectory.open(temp.resolve("../" + temp.getFileName())))
                    .as("under another path")
                    .isInstanceOf(RunLockedException.class);
        }
        RunDirectory.open(temp).close();
    }

    @Test
    void open_openInAnotherProcess_isRefusedNamingTheProcessUntilItIsKilled() throws Exception {
        Process other = holder();
        try {
            assertThat(other.getInputStream().read()).isEqualTo('!');
            assertThatThrownBy(() -> RunDirectory.open(temp))
                    .isInstanceOf(RunLockedException.class)
                    .hasMessageContaining("is open in another process (process " + other.pid() + ", started 2")
                    .hasMessageContaining("wait until that has ended, or end it");
        } finally {
            other.destroyForcibly();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(temp.resolve("lock")).as("left by the killed process").isNotEmptyFile();
        RunDirectory.open(temp).close();
        assertThat(temp.resolve("lock")).isEmptyFile();
    }

    @Test
    void open_refusedASecondTimeHere_leavesTheLockAgainstOtherProcesses() throws Exception {
        try (RunDirectory first = RunDirectory.open(temp)) {
            assertThatThrownBy(() -> RunDirectory.open(first.path())).isInstanceOf(RunLockedException.class);
            Process other = holder();
            try {
                assertThat(other.getInputStream().read())
                        .as("the other process ends without the lock")
                        .isEqualTo(-1);
                assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            } finally {
                other.destroyForcibly();
            }
        }
    }

    @Test
    void open_directoryInThePlaceOfTheLock_namesIt() throws IOException {
        Files.createDirectory(temp.resolve("lock"));
        assertThatThrownBy(() -> RunDirectory.open(temp))
                .isInstanceOf(RunStorageException.class)
                .hasMessageContaining("cannot lock " + temp.resolve("lock"));
        Files.delete(temp.resolve("lock"));
        RunDirectory.open(temp).close();
    }

    private Process holder() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        temp.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Opens a run and holds it until it is killed. */
    static final class LockHolder {
        private LockHolder() {}

        /** The other process. */
        public static void main(String[] arguments) throws InterruptedException {
            try (RunDirectory run = RunDirectory.open(Path.of(arguments[0]))) {
                System.out.print("!");
                System.out.flush();
                TimeUnit.MINUTES.sleep(1 + run.seeds().size());
            }
        }
    }
}
