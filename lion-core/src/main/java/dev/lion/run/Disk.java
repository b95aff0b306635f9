package dev.lion.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * File operations after which what was written survives a power failure, or was never there. They are not disturbed by an
 * interrupted thread, as channels would be, so that a run that is interrupted can still put its affairs in order.
 *
 * <p>The steps that change the disk are methods of their own, {@link #open} to {@link #forceEntries}, so that a test can
 * make each of them fail, as it can those of {@link DiskFile}.
 */
class Disk {
    static final String PENDING = ".pending";

    /** An operation on a path. */
    interface Operation<T> {
        T run() throws IOException;
    }

    /** Runs an operation; a failure names what was done, and to which path. */
    static <T> T attempt(String action, Path path, Operation<T> operation) {
        try {
            return operation.run();
        } catch (IOException e) {
            throw new RunStorageException(action, path, e);
        } catch (UncheckedIOException e) { // from a stream over a directory
            throw new RunStorageException(action, path, new IOException(e.getMessage(), e));
        }
    }

    DiskFile open(Path file) throws IOException {
        return new DiskFile(file);
    }

    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory);
    }

    void deleteOne(Path path) throws IOException {
        Files.delete(path);
    }

    // only a channel can be opened on a directory; the interrupt flag waits meanwhile
    void forceEntries(Path directory) throws IOException {
        boolean interrupted = false;
        boolean done = false;
        while (!done) {
            interrupted |= Thread.interrupted();
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
                done = true;
            } catch (ClosedByInterruptException e) {
                interrupted = true;
            } catch (AccessDeniedException e) {
                done = true; // Windows opens no channel on a directory; there the rename itself is durable
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens a file to append to, behind this many bytes of what it holds. */
    final DiskFile openToAppend(Path file, long length) {
        return attempt("open", file, () -> {
            boolean isNew = !Files.exists(file);
            DiskFile opened = open(file);
            try {
                opened.cutTo(length);
                if (isNew) {
                    forceEntries(parent(file));
                }
                return opened;
            } catch (IOException e) {
                opened.close();
                throw e;
            }
        });
    }

    /** Writes a whole file: beside it first, then renamed over it. */
    final void replace(Path file, Stream<byte[]> pieces) {
        attempt("write", file, () -> {
            Path pending = file.resolveSibling(file.getFileName() + PENDING);
            try (DiskFile out = open(pending)) {
                out.cutTo(0);
                write(pieces, out);
                out.force();
            }
            return rename(pending, file);
        });
    }

    private static void write(Stream<byte[]> pieces, OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        for (byte[] piece : (Iterable<byte[]>) pieces::iterator) {
            buffered.write(piece);
        }
        buffered.flush();
    }

    /** Forces a directory with all it holds to disk, then gives it its name. */
    final void commitDirectory(Path pending, Path directory) {
        attempt("write", directory, () -> {
            for (Path path : contents(pending)) {
                if (Files.isDirectory(path)) {
                    forceEntries(path);
                } else {
                    forceContents(path);
                }
            }
            return rename(pending, directory);
        });
    }

    private void forceContents(Path path) throws IOException {
        try (DiskFile file = open(path)) {
            file.force();
        }
    }

    private Path rename(Path from, Path to) throws IOException {
        move(from, to);
        forceEntries(parent(to));
        return to;
    }

    private static Path parent(Path path) {
        return path.toAbsolutePath().resolveSibling(".").normalize();
    }

    /** Makes a directory, and those above it, when they are missing. */
    final void createDirectories(Path directory) {
        if (!Files.isDirectory(directory)) {
            Path parent = parent(directory);
            createDirectories(parent);
            attempt("create", directory, () -> {
                createDirectory(directory);
                forceEntries(parent);
                return directory;
            });
        }
    }

    /** Deletes a file or a directory with all it holds; nothing when there is none. */
    final void delete(Path path) {
        if (Files.exists(path)) {
            attempt("delete", path, () -> {
                for (Path each : contents(path)) {
                    deleteOne(each);
                }
                return path;
            });
        }
    }

    // deepest first
    private static List<Path> contents(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }

    static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        return attempt("list", directory, () -> {
            try (Stream<Path> paths = Files.list(directory)) {
                return paths.sorted().toList();
            }
        });
    }
}
