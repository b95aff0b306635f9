package dev.lion.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Directories as values. */
public final class Trees {
    private static final Set<String> HAPPENED = Set.of("times.jsonl", "spending.jsonl", "lock");

    private Trees() {}

    /**
     * Contents by relative path of all files of a run, but for those that tell what happened rather than what came of it,
     * and so may differ between equal runs: times, spending, and the lock.
     */
    public static Map<String, String> of(Path directory) {
        Map<String, String> files = new TreeMap<>();
        for (Path file : files(directory)) {
            String name = directory.relativize(file).toString();
            if (!HAPPENED.contains(name)) {
                try {
                    files.put(name, Files.readString(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }

    /** Copies a directory as it is this moment, while others may write to it: what a power failure would leave. */
    public static void copy(Path from, Path to) {
        for (Path file : files(from)) {
            try {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling("."));
                Files.copy(file, copy);
            } catch (NoSuchFileException e) {
                // renamed or deleted meanwhile, so not there to be copied
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
