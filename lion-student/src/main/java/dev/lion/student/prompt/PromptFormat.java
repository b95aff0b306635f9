package dev.lion.student.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How conversations are put to a student: {@link InstructionFormat#alpaca() the paper's way}, {@link ChatTemplate the model's
 * own}, or {@link InstructionFormat the user's}. Training and decoding use the same one; it is saved with the student, in
 * {@code tokenizer_config.json}. Immutable.
 */
public sealed interface PromptFormat permits InstructionFormat, ChatTemplate {
    /** Where a saved format stands. */
    String FILE = "tokenizer_config.json";
    /** What it is called there. */
    String FIELD = "lion_prompt_format";

    /** The paper's: see {@link InstructionFormat#alpaca()}. */
    static InstructionFormat alpaca() {
        return InstructionFormat.alpaca();
    }

    /** For tiny students: see {@link InstructionFormat#plain()}. */
    static InstructionFormat plain() {
        return InstructionFormat.plain();
    }

    /** What the student is told before anything else, unless a conversation has its own; default nothing. */
    Optional<String> system();

    /** The same format under a system message. */
    PromptFormat withSystem(String system);

    /**
     * Adds the format to the folder's {@code tokenizer_config.json}, which is made when there is none: for lion under {@code
     * lion_prompt_format}, and as a {@code chat_template} for other tools.
     *
     * @throws IOException naming the file, when it cannot be written in full
     */
    default void writeTo(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        ObjectNode config = Files.exists(file) ? JsonFile.read(file) : JsonNodeFactory.instance.objectNode();
        PromptFormatJson.write(this, config);
        ModelTemplate.replace(
                folder, this instanceof InstructionFormat own ? own.chatTemplate() : ((ChatTemplate) this).source());
        JsonFile.write(file, config);
    }

    /**
     * The format of a folder: what lion saved there, else the model's own chat template ({@code chat_template.jinja}, or
     * {@code chat_template} of {@code tokenizer_config.json}; of several the one named {@code default}); empty when it has
     * neither.
     *
     * @throws CheckpointException when what it holds is not a prompt format
     */
    static Optional<PromptFormat> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        JsonNode config = Files.exists(file) ? JsonFile.read(file) : JsonNodeFactory.instance.objectNode();
        Optional<String> template = ModelTemplate.read(folder, config);
        try {
            JsonNode saved = config.path(FIELD);
            return saved.isMissingNode()
                    ? template.map(ChatTemplate::of)
                    : Optional.of(PromptFormatJson.read(saved, template));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + FIELD + ": " + e.getMessage(), e);
        }
    }
}
