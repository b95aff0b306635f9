package dev.lion.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Public data sets that are not part of the project: in LION_DATA, else in shared/data beside the checkout. */
public final class RealData {
    private RealData() {}

    /** The file or folder of this name; the test is skipped when it is not there. */
    public static Path require(String name) {
        Path data = Optional.ofNullable(System.getenv("LION_DATA"))
                .map(Path::of)
                .orElseGet(() -> checkout().resolveSibling("shared").resolve("data"));
        Path file = data.resolve(name);
        assumeTrue(Files.exists(file), () -> "skipped: set LION_DATA to a folder that holds " + name);
        return file;
    }

    private static Path checkout() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve(".mvn"))) {
            directory = Optional.ofNullable(directory.getParent()).orElseThrow();
        }
        return directory;
    }
}
