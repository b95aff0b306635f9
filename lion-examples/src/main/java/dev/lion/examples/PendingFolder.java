package dev.lion.examples;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

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
        Path target = folder.toAbsolutePath().normalize();
        Path parent = target.getParent();
        Files.createDirectories(parent == null ? target : parent);
        // not a temporary directory, which nobody but its owner may look into
        Path pending =
                Files.createDirectory(target.resolveSibling(target.getFileName() + ".pending-" + UUID.randomUUID()));
        try {
            writing.into(pending);
            Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            if (Files.exists(pending)) {
                MoreFiles.deleteRecursively(pending, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        }
    }
}
