package dev.lion.examples.bench;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory for the time of a measurement.
 *
 * @param path the directory, empty at first; deleted with all it holds when this is closed
 */
public record ScratchDirectory(Path path) implements AutoCloseable {
    /** Makes one inside a directory, which decides what disk is measured. */
    public static ScratchDirectory in(Path parent) throws IOException {
        return new ScratchDirectory(Files.createTempDirectory(parent, "lion-bench-"));
    }

    @Override
    public void close() throws IOException {
        MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
    }
}
