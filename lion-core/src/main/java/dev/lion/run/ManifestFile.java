package dev.lion.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code run.json}: read with nothing taken for granted but that it may be of another version. */
final class ManifestFile {
    static final String NAME = "run.json";

    private static final Codec<RunManifest> CODEC = new ManifestCodec();

    private final Path run;
    private final Path file;

    ManifestFile(Path run) {
        this.run = run;
        this.file = run.resolve(NAME);
    }

    /**
     * The manifest; empty when the run was not begun.
     *
     * @throws RunFormatException when the run is of another format than this version's
     * @throws DamagedRunException when it cannot be read for another reason
     */
    Optional<RunManifest> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode node = Json.parse(new String(Records.bytes(file), StandardCharsets.UTF_8));
            requireFormat(node.path("format"));
            return Optional.of(CODEC.read(node));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DamagedRunException(file, String.valueOf(e.getMessage()));
        }
    }

    private void requireFormat(JsonNode format) {
        if (!format.isIntegralNumber() || format.bigIntegerValue().signum() <= 0) {
            throw new RunFormatException(
                    file + ": names no run format that any version of lion writes (field \"format\" is "
                            + (format.isMissingNode() ? "missing" : format) + ", this version writes "
                            + RunManifest.FORMAT + ")");
        }
        int order = format.bigIntegerValue().compareTo(BigInteger.valueOf(RunManifest.FORMAT));
        if (order != 0) {
            throw new RunFormatException(file + ": the run was written by "
                    + (order < 0 ? "an older" : "a newer") + " version of lion, in format " + format
                    + "; this version reads format " + RunManifest.FORMAT + " only");
        }
    }

    /** @throws ManifestMismatchException when the run was begun with something else */
    void requireEqual(RunManifest before, RunManifest now) {
        List<String> differences = before.differencesTo(now);
        if (!differences.isEmpty()) {
            throw new ManifestMismatchException(run, differences);
        }
    }

    void write(Disk disk, RunManifest manifest) {
        String text = Json.document(CODEC.write(manifest)) + "\n";
        disk.replace(file, Stream.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
