package dev.lion.student.checkpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The JSON files of a checkpoint's folder: each one object, read strictly, written indented and forced to the disk. */
public final class JsonFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFile() {}

    /**
     * Reads the file's object.
     *
     * @throws CheckpointException when the file does not hold exactly one JSON object, without a repeated field
     */
    public static ObjectNode read(Path file) throws IOException {
        return parse(file, Files.readAllBytes(file));
    }

    /** The object that these bytes of the file hold; errors as for {@link #read}. */
    public static ObjectNode parse(Path file, byte[] json) throws IOException {
        try {
            return parseObject(json);
        } catch (JacksonException e) {
            throw new CheckpointException(file + ": not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    static ObjectNode parseObject(byte[] json) throws JacksonException {
        JsonNode node = MAPPER.readTree(decoded(json));
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new JsonParseException("it holds " + node.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    /** As UTF-8 and nothing else: the parser would guess at UTF-16 and UTF-32. */
    private static String decoded(byte[] json) throws JacksonException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonParseException("it is not UTF-8");
        }
    }

    /**
     * Writes the object, replacing what was there, and forces it to the disk.
     *
     * @throws IOException naming the file, when it cannot be written in full
     */
    public static void write(Path file, ObjectNode json) throws IOException {
        writeBytes(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    /** Writes JSON that is already in its final form; otherwise as {@link #write}. */
    public static void writeBytes(Path file, byte[] json) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(json);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new IOException("could not write " + file + ": " + e.getMessage(), e);
        }
    }
}
