package dev.lion.run;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
 */
final class Disk {
    static final String PENDING = ".pending";

    private Disk() {}

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
        }
    }

    /** Writes a whole file: beside it first, then renamed over it. */
    static void replace(Path file, Stream<String> pieces) {
        attempt("write", file, () -> {
            Path pending = file.resolveSibling(file.getFileName() + PENDING);
            try (FileOutputStream out = new FileOutputStream(pending.toFile())) {
                write(pieces, out);
                out.getFD().sync();
            }
            return rename(pending, file);
        });
    }

    private static void write(Stream<String> pieces, FileOutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        for (String piece : (Iterable<String>) pieces::iterator) {
            buffered.write(piece.getBytes(StandardCharsets.UTF_8));
        }
        buffered.flush();
    }

    /** Forces a directory's files to disk, then gives it its name. */
    static void commitDirectory(Path pending, Path directory) {
        attempt("write", directory, () -> {
            for (Path path : contents(pending)) {
                if (Files.isRegularFile(path)) {
                    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                        file.getFD().sync();
                    }
                }
            }
            return rename(pending, directory);
        });
    }

    private static Path rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        forceEntries(to.toAbsolutePath().resolveSibling("."));
        return to;
    }

    // only a channel can be opened on a directory; the interrupt flag waits meanwhile
    private static void forceEntries(Path directory) throws IOException {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            // Windows opens no channel on a directory; there the rename itself is durable
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Makes a directory, and those above it, when they are missing. */
    static void createDirectories(Path directory) {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.toAbsolutePath().resolveSibling(".").normalize();
            createDirectories(parent);
            attempt("create", directory, () -> {
                Files.createDirectories(directory);
                forceEntries(parent);
                return directory;
            });
        }
    }

    /** Deletes a file or a directory with all it holds; nothing when there is none. */
    static void delete(Path path) {
        if (Files.exists(path)) {
            attempt("delete", path, () -> {
                for (Path each : contents(path)) {
                    Files.delete(each);
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
