package dev.lion.student.checkpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
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
    private static final int MEBIBYTE = 1 << 20;

    /** The largest file but a tokenizer's, in MiB; the published ones have less than 2. */
    static final int MOST_MEBIBYTES = 16;

    /** Names, values and brackets of the largest file: a tokenizer of a quarter of a million tokens has 3 million. */
    private static final int MOST_PARTS = 16_000_000;

    private static final JsonMapper MAPPER = mapper(MOST_PARTS);

    private JsonFile() {}

    /** A strict reader of texts with so many parts: a text of empty lists becomes many times as large in memory. */
    static JsonMapper mapper(int mostParts) {
        var limits = StreamReadConstraints.builder().maxTokenCount(mostParts).build();
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(limits).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * Reads the file's object.
     *
     * @throws CheckpointException when the file does not hold exactly one JSON object, without a repeated field, or has more
     *     than 16 MiB
     */
    public static ObjectNode read(Path file) throws IOException {
        return parse(file, readBytes(file, MOST_MEBIBYTES));
    }

    /**
     * A file's content.
     *
     * @throws CheckpointException when there are more than so many MiB, of which no more are read
     */
    public static byte[] readBytes(Path file, int mostMebibytes) throws IOException {
        int most = mostMebibytes * MEBIBYTE;
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new CheckpointException(
                        file + ": has more than " + mostMebibytes + " MiB, which no such file has; is it another one?");
            }
            return bytes;
        }
    }

    /** The object that these bytes of the file hold; errors as for {@link #read}. */
    public static ObjectNode parse(Path file, byte[] json) throws IOException {
        try {
            return parseObject(MAPPER, json);
        } catch (JacksonException e) {
            throw new CheckpointException(
                    file + ": not a JSON object: " + CheckpointException.shortened(e.getOriginalMessage()), e);
        }
    }

    /** As UTF-8 and nothing else: left to itself, the parser would guess at UTF-16 and UTF-32. */
    static ObjectNode parseObject(JsonMapper mapper, byte[] json) throws IOException {
        var text = new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
        try {
            JsonNode node = mapper.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new JsonParseException("it holds " + node.getNodeType().name().toLowerCase(Locale.ROOT));
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
