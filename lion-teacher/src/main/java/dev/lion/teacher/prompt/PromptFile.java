package dev.lion.teacher.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a text that a person wrote for a model. */
final class PromptFile {
    private PromptFile() {}

    /** The text of a file in UTF-8, with or without a byte order mark. */
    static String read(Path file) {
        String text = decoded(file, bytes(file));
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static byte[] bytes(Path file) {
        // a character has at most 4 bytes; a larger file, such as a device, is not read to its end
        int most = 4 * PromptTemplate.MAX_LENGTH;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new PromptFileException(
                        "the prompt file " + file + " is too large: a prompt has at most " + PromptTemplate.MAX_LENGTH
                                + " characters; is it the right file?",
                        null);
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new PromptFileException("the prompt file " + file + " does not exist", e);
        } catch (IOException e) {
            throw new PromptFileException("the prompt file " + file + " cannot be read: " + e, e);
        }
    }

    private static String decoded(Path file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PromptFileException("the prompt file " + file + " is not text in UTF-8: save it in UTF-8", e);
        }
    }
}
