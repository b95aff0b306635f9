package dev.lion.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps everyone else from writing to a run. The operating system lets go of it when the process ends, however it ends. The
 * file names the process that holds it, for whoever is refused.
 */
final class RunLock implements AutoCloseable {
    static final String FILE = "lock";

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    // on POSIX systems a process loses its lock when it closes the file anywhere, so it must not even be opened again
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    // a byte behind the name, as others cannot read a locked byte on Windows
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final int LONGEST_NAME = 200;

    private final Path key;
    private final RandomAccessFile file;

    private RunLock(Path key, RandomAccessFile file) {
        this.key = key;
        this.file = file;
    }

    static RunLock acquire(Path run) {
        Path key = Disk.attempt("open", run, run::toRealPath);
        if (!HELD_HERE.add(key)) {
            throw new RunLockedException(run + " is already open in this process; close it there first");
        }
        boolean held = false;
        try {
            RunLock lock = Disk.attempt("lock", run.resolve(FILE), () -> lock(run, key));
            held = true;
            return lock;
        } finally {
            if (!held) {
                HELD_HERE.remove(key);
            }
        }
    }

    private static RunLock lock(Path run, Path key) throws IOException {
        RandomAccessFile file = new RandomAccessFile(run.resolve(FILE).toFile(), "rw");
        boolean held = false;
        try {
            held = file.getChannel().tryLock(LOCKED_BYTE, 1, false) != null;
            if (!held) {
                throw new RunLockedException(
                        run + " is open in another process" + holder(file) + "; wait until that has ended, or end it");
            }
            RunLock lock = new RunLock(key, file);
            lock.name(ProcessHandle.current());
            return lock;
        } catch (OverlappingFileLockException e) { // another class loader's lion
            throw new RunLockedException(run + " is already open in this process; close it there first");
        } finally {
            if (!held) {
                file.close();
            }
        }
    }

    private static String holder(RandomAccessFile file) throws IOException {
        byte[] name = new byte[LONGEST_NAME];
        int length = Math.max(0, file.read(name));
        String text = new String(name, 0, length, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    // a courtesy: a full disk shows where something depends on it
    private void name(ProcessHandle process) {
        String started =
                process.info().startInstant().map(start -> ", started " + start).orElse("");
        try {
            file.setLength(0);
            file.write(("process " + process.pid() + started + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("cannot note in {} which process holds it: {}", key.resolve(FILE), e.getMessage());
        }
    }

    boolean isHeld() {
        return file.getChannel().isOpen();
    }

    @Override
    public void close() {
        if (isHeld()) {
            try (file) {
                file.setLength(0);
            } catch (IOException e) {
                LOG.warn("cannot empty {}: {}", key.resolve(FILE), e.getMessage());
            } finally {
                HELD_HERE.remove(key);
            }
        }
    }
}
