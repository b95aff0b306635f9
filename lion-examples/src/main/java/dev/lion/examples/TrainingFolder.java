package dev.lion.examples;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.LionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder with the progress of a fine-tuning, and what was asked for when it was made: another folder, or another
 * training's, is never taken up, changed or deleted.
 */
final class TrainingFolder {
    private static final String ASKED = "finetune.json";

    /** All that a training puts there. */
    private static final List<String> FILES =
            List.of("training.state", "training.state.pending", "training.lock", ASKED);

    private final Path folder;

    private TrainingFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder, or takes up one that was made for the same.
     *
     * @param asked what decides the training, by name
     * @throws LionException when it is another's
     */
    static TrainingFolder open(Path folder, Map<String, String> asked) throws IOException {
        Path file = folder.resolve(ASKED);
        var mapper = new JsonMapper();
        if (Files.isRegularFile(file)) {
            var made = new TreeMap<String, String>();
            mapper.readTree(file.toFile())
                    .properties()
                    .forEach(field -> made.put(field.getKey(), field.getValue().asText()));
            requireSame(folder, made, asked);
        } else if (Files.exists(folder)) {
            throw new LionException(folder + " exists and holds no training that this command began; move it away, or"
                    + " choose another --out");
        } else {
            Files.createDirectories(folder);
            Files.write(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(new TreeMap<>(asked)));
        }
        return new TrainingFolder(folder);
    }

    private static void requireSame(Path folder, Map<String, String> made, Map<String, String> asked) {
        var names = new TreeMap<String, String>(made);
        names.putAll(asked);
        List<String> differences = names.keySet().stream()
                .filter(name -> !made.getOrDefault(name, "nothing").equals(asked.getOrDefault(name, "nothing")))
                .map(name -> name + " was " + made.getOrDefault(name, "nothing") + ", now "
                        + asked.getOrDefault(name, "nothing"))
                .toList();
        if (!differences.isEmpty()) {
            throw new LionException(folder + " holds the progress of another training ("
                    + String.join("; ", differences)
                    + "); repeat the command that began it, or delete that folder, or choose another --out");
        }
    }

    /** Where the student keeps its progress. */
    Path path() {
        return folder;
    }

    /** Deletes what a training puts there, and the folder unless somebody has put something else there. */
    void delete() throws IOException {
        for (String name : FILES) {
            Files.deleteIfExists(folder.resolve(name));
        }
        try (var left = Files.list(folder)) {
            if (left.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }
}
