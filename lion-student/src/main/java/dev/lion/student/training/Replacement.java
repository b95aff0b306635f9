package dev.lion.student.training;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** How a file of an unfinished training takes the place of the one before, so that a power failure leaves one of the two. */
final class Replacement {
    private Replacement() {}

    interface FileAction {
        void run() throws IOException;
    }

    /** Gives a file, whose contents are on disk, the name of another; that is on disk too when this returns. */
    static void move(Path pending, Path file) throws IOException {
        Files.move(pending, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        uninterrupted(
                () -> forceEntries(file.toAbsolutePath().resolveSibling(".").normalize()));
    }

    // only a channel can be opened on a directory
    private static void forceEntries(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            // Windows opens no channel on a directory; there the move itself is durable
        }
    }

    /** An interrupt closes a file's channel, whenever it comes; it is kept for the caller, and the action made again. */
    static void uninterrupted(FileAction action) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    action.run();
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
