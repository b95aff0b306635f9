package dev.lion.student.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.JsonFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The chat template that a model is published with. */
final class ModelTemplate {
    private static final String FILE = "chat_template.jinja";
    private static final String FIELD = "chat_template";

    private ModelTemplate() {}

    static Optional<String> read(Path folder, JsonNode config) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.isRegularFile(file)) {
            return Optional.of(text(file));
        }
        JsonNode template = config.path(FIELD);
        if (template.isMissingNode() || template.isNull()) {
            return Optional.empty();
        }
        return Optional.of(template.isTextual() ? template.asText() : named(folder, template));
    }

    /** Puts a template in the place of one that has a file of its own: tools read that before the field. */
    static void replace(Path folder, String template) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.isRegularFile(file)) {
            JsonFile.writeBytes(file, template.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(Path file) throws IOException {
        try {
            if (Files.size(file) > TemplateEngine.LONGEST_TEMPLATE) {
                throw new CheckpointException(
                        file + ": a chat template of more than " + TemplateEngine.LONGEST_TEMPLATE + " bytes");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new CheckpointException(file + ": holds bytes that are not UTF-8", e);
        }
    }

    private static String named(Path folder, JsonNode templates) {
        for (JsonNode template : templates) {
            if (template.path("name").asText().equals("default")
                    && template.path("template").isTextual()) {
                return template.path("template").asText();
            }
        }
        throw new CheckpointException(
                folder.resolve(PromptFormat.FILE) + ": " + FIELD
                        + " is neither a text nor a list with a template named 'default'; make it one, or choose a prompt format");
    }
}
