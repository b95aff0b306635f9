package dev.lion.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a page in UTF-8, so that a reader sees the one that was there before or the whole new one, never a part. */
final class PageFile {
    private PageFile() {}

    static void write(Path file, String html) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = target.resolveSibling(".").normalize();
        Path pending = target.resolveSibling(target.getFileName() + ".pending");
        try {
            Files.createDirectories(directory);
            Files.writeString(pending, html, StandardCharsets.UTF_8);
            Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(
                    "could not write " + target + ": " + (e instanceof FileSystemException ? e : e.getMessage()), e);
        } finally {
            Files.deleteIfExists(pending);
        }
    }
}
