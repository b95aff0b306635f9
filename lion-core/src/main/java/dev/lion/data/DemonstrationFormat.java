package dev.lion.data;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** File formats in which demonstrations can be handed to other trainers, always UTF-8. */
public enum DemonstrationFormat {
    /** A JSON array of {@code instruction}, {@code input}, {@code output}. */
    ALPACA_JSON {
        @Override
        ObjectNode encode(Demonstration demonstration) {
            return alpaca(demonstration);
        }

        @Override
        void writeAll(BufferedWriter out, Iterator<Demonstration> demonstrations) throws IOException {
            out.write("[");
            while (demonstrations.hasNext()) {
                out.write("\n" + encode(demonstrations.next()) + (demonstrations.hasNext() ? "," : ""));
            }
            out.write("\n]\n");
        }
    },

    /** One object with {@code instruction}, {@code input}, {@code output} in each line. */
    JSON_LINES {
        @Override
        ObjectNode encode(Demonstration demonstration) {
            return alpaca(demonstration);
        }
    },

    /** One object with {@code messages}, a user turn and an assistant turn, in each line. */
    CHAT_MESSAGES {
        @Override
        ObjectNode encode(Demonstration demonstration) {
            ObjectNode node = JSON.createObjectNode();
            node.putArray("messages")
                    .add(turn("user", demonstration.instruction().fullText()))
                    .add(turn("assistant", demonstration.response().text()));
            return node;
        }
    };

    private static final JsonMapper JSON = new JsonMapper();

    abstract ObjectNode encode(Demonstration demonstration);

    void writeAll(BufferedWriter out, Iterator<Demonstration> demonstrations) throws IOException {
        while (demonstrations.hasNext()) {
            out.write(encode(demonstrations.next()) + "\n");
        }
    }

    /**
     * Writes the demonstrations in their order, replacing the file when it exists; its folder is made when it is missing.
     *
     * @throws IOException when the file cannot be written; a file of that name is then as it was before
     */
    public void write(List<Demonstration> demonstrations, Path file) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        Files.createDirectories(folder);
        Path pending = folder.resolve(file.getFileName() + ".pending");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(pending)) {
                writeAll(out, demonstrations.iterator());
            }
            Files.move(pending, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(pending);
        }
    }

    private static ObjectNode alpaca(Demonstration demonstration) {
        return JSON.createObjectNode()
                .put("instruction", demonstration.instruction().text())
                .put("input", demonstration.instruction().input())
                .put("output", demonstration.response().text());
    }

    private static ObjectNode turn(String role, String content) {
        return JSON.createObjectNode().put("role", role).put("content", content);
    }
}
