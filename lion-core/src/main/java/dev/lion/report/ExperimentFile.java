package dev.lion.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.LionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an experiment found as a JSON file: {@link ExperimentResult} field by field. What is read is equal to what was
 * written, and equal results whose settings and provenance are in equal order give equal bytes, on every system. For any
 * thread.
 */
public final class ExperimentFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ExperimentFile() {}

    /**
     * Reads a result.
     *
     * @throws IOException when the file cannot be read
     * @throws LionException when it does not hold a result; says what is wrong, and where in the file
     */
    public static ExperimentResult read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new LionException(file + " is not in UTF-8", e);
        }
        try {
            return parse(text);
        } catch (JsonPlace.FaultException e) {
            throw new LionException(file + " does not hold the result of an experiment: " + e.getMessage(), e);
        }
    }

    private static ExperimentResult parse(String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw new JsonPlace.FaultException("is not JSON: " + e.getOriginalMessage() + where);
        }
        try {
            return ExperimentReader.read(new JsonPlace(root, ""));
        } catch (IllegalArgumentException e) {
            throw new JsonPlace.FaultException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Writes a result in UTF-8. A reader sees the file that was there before or the whole new one, never a part.
     *
     * @param file where to; an existing file is replaced, missing directories are made
     * @throws IOException naming the file, when it cannot be written; what was there before is then unchanged
     */
    public static void write(ExperimentResult result, Path file) throws IOException {
        PageFile.write(file, ExperimentWriter.json(result));
    }
}
