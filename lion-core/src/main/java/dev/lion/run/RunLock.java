package dev.lion.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps everyone else from writing to a run; the operating system lets go of it when the process ends. */
final class RunLock implements AutoCloseable {
    static final String FILE = "lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    static RunLock acquire(Path run) {
        Path file = run.resolve(FILE);
        FileChannel channel = Disk.attempt(
                "open", file, () -> FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        boolean held = false;
        try {
            held = Disk.attempt("lock", file, () -> channel.tryLock() != null);
        } catch (OverlappingFileLockException e) {
            throw new RunLockedException(run + " is already open in this process; close it there first");
        } finally {
            if (!held) {
                closeQuietly(channel);
            }
        }
        if (!held) {
            throw new RunLockedException(run + " is open in another process; wait until that has ended");
        }
        return new RunLock(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing was written through the channel, so nothing is lost
        }
    }

    boolean isHeld() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
