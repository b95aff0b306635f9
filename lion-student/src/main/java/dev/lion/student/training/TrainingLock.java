package dev.lion.student.training;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second training out of a directory: two that saved their progress there would go on from each other's. The
 * operating system lets go of it when the process ends, however it ends; its file stays, empty.
 */
final class TrainingLock implements AutoCloseable {
    static final String FILE = "training.lock";

    // on POSIX systems a process loses its lock when it closes the file anywhere, so it must not even be opened again
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final RandomAccessFile file;

    private TrainingLock(Path directory, RandomAccessFile file) {
        this.directory = directory;
        this.file = file;
    }

    /**
     * Locks a directory, which is made when it is missing.
     *
     * @throws DirectoryInUseException when another training holds it, in this process or another
     * @throws IOException when it cannot be made or its file system knows no locks
     */
    static TrainingLock hold(Path directory) throws IOException {
        Path real = Files.createDirectories(directory.toAbsolutePath()).toRealPath();
        if (!HELD_HERE.add(real)) {
            throw inThisProcess(directory);
        }
        boolean held = false;
        try {
            var lock = new TrainingLock(real, locked(directory));
            held = true;
            return lock;
        } finally {
            if (!held) {
                HELD_HERE.remove(real);
            }
        }
    }

    private static RandomAccessFile locked(Path directory) throws IOException {
        var file = new RandomAccessFile(directory.resolve(FILE).toFile(), "rw");
        boolean held = false;
        try {
            held = file.getChannel().tryLock() != null;
            if (!held) {
                throw new DirectoryInUseException("another process trains in " + directory
                        + "; wait until it has ended or end it, or give this training a directory of its own");
            }
            return file;
        } catch (OverlappingFileLockException e) { // another class loader's lion
            throw inThisProcess(directory);
        } catch (IOException e) {
            throw new IOException("could not lock " + directory.resolve(FILE) + ": " + e.getMessage(), e);
        } finally {
            if (!held) {
                file.close();
            }
        }
    }

    private static DirectoryInUseException inThisProcess(Path directory) {
        return new DirectoryInUseException("another training of this process is under way in " + directory
                + "; wait until it has ended, or give this one a directory of its own");
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
