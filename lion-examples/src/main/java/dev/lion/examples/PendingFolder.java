package dev.lion.examples;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder that is written beside the one that it becomes, which thus appears complete or not at all. */
final class PendingFolder {
    private PendingFolder() {}

    /** Writes into an empty directory. */
    @FunctionalInterface
    interface Writing {
        /** Writes all of it. */
        void into(Path folder) throws IOException;
    }

    /** Makes the folder, which must not be there yet; what a failed try has written is deleted. */
    static void become(Path folder, Writing writing) throws IOException {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        Files.createDirectories(parent == null ? folder : parent);
        Path pending = Files.createTempDirectory(parent, folder.getFileName() + ".pending-");
        try {
            writing.into(pending);
            Files.move(pending, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            if (Files.exists(pending)) {
                MoreFiles.deleteRecursively(pending, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        }
    }
}
