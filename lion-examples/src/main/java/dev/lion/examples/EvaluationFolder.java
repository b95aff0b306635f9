package dev.lion.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.LionException;
import dev.lion.data.ItemOutcome;
import dev.lion.evaluation.EvaluationReport;
import dev.lion.evaluation.OutcomeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a result is kept. An earlier one is replaced only by one of the same student and the same items, or of more, and
 * never by a part of itself.
 */
final class EvaluationFolder {
    /** What the names of these entries of the report begin with. */
    static final String MEASURED = "measured ";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PENDING = ".pending";

    private final Path folder;

    private EvaluationFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks at a folder, and writes nothing.
     *
     * @param measured what is measured on what, by name, as it will be in the report
     * @throws LionException when the folder holds a run, or an evaluation of something else
     */
    static EvaluationFolder open(Path folder, Map<String, String> measured) throws IOException {
        if (Files.exists(folder.resolve("run.json"))) {
            throw new LionException("--out " + folder + " holds a run; give the evaluation a folder of its own");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new LionException("--out " + folder + " is a file, not a directory");
        }
        EvaluationFolder kept = new EvaluationFolder(folder);
        Optional<JsonNode> earlier = kept.earlier();
        if (earlier.isPresent()) {
            kept.requireSame(earlier.get().path("about"), measured);
        }
        return kept;
    }

    private void requireSame(JsonNode earlier, Map<String, String> measured) {
        if (!earlier.has(MEASURED + "student") && !earlier.has(MEASURED + "questions")) {
            throw new LionException(file() + " is no evaluation that can be continued; choose another --out");
        }
        earlier.properties().stream()
                .filter(before -> before.getKey().startsWith(MEASURED))
                .forEach(before -> {
                    String now = measured.getOrDefault(before.getKey(), "nothing");
                    if (!now.equals(before.getValue().asText())) {
                        throw new LionException(file() + " is of another evaluation (" + before.getKey() + ": "
                                + before.getValue().asText() + ", now " + now
                                + "); choose another --out, or repeat the command that made it");
                    }
                });
    }

    private Optional<JsonNode> earlier() throws IOException {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(Files.readString(file())));
        } catch (JsonProcessingException e) {
            throw new LionException(file() + " cannot be read as an evaluation; choose another --out", e);
        }
    }

    private Path file() {
        return folder.resolve("evaluation.json");
    }

    /** Writes the result, unless the one that is there has verdicts and this one has none. */
    void keep(EvaluationReport report, List<ItemOutcome> outcomes) throws IOException {
        boolean judged =
                report.relative().filter(it -> it.overall().isPresent()).isPresent();
        boolean judgedBefore = earlier()
                .filter(it -> it.at("/relativeQuality/overall").isObject())
                .isPresent();
        if (judgedBefore && !judged) {
            return;
        }
        Files.createDirectories(folder);
        if (!outcomes.isEmpty()) {
            Path pending = folder.resolve("items.jsonl" + PENDING);
            OutcomeFile.write(pending, outcomes);
            become(pending, folder.resolve("items.jsonl"));
        }
        Path pending = folder.resolve("evaluation.json" + PENDING);
        Files.writeString(pending, report.toJson() + System.lineSeparator());
        become(pending, file());
    }

    private static void become(Path pending, Path file) throws IOException {
        Files.move(pending, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
