package dev.lion.student.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.data.Utf8Lines;
import dev.lion.student.prompt.Message.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads conversations from JSON Lines: one {@code {"messages": [{"role": "user", "content": "…"}, …]}} a line, with an {@code
 * "id"} or without; then it is {@code line N}. Further fields are ignored, lines without text skipped. Used once.
 */
public final class ConversationFile {
    private static final int REPORTED_FAULTS = 10;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** How the parser says where something began. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source: .*?column: (\\d+)]");

    private final Path file;
    private final List<Conversation> conversations = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private ConversationFile(Path file) {
        this.file = file;
    }

    /**
     * The conversations of a file, in its order.
     *
     * @throws PromptException naming file, line and field of the first ten faults
     */
    public static List<Conversation> read(Path file) {
        return new ConversationFile(file).read();
    }

    private List<Conversation> read() {
        if (Files.isDirectory(file)) {
            throw new PromptException(file + ": is a directory; give a file of conversations, as JSON Lines");
        }
        if (!Files.isRegularFile(file)) {
            throw new PromptException(file + ": there is no such file; give one of conversations, as JSON Lines");
        }
        try (var lines = new Utf8Lines(file)) {
            for (Optional<Utf8Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                read(line.get());
            }
        } catch (IOException e) {
            throw new PromptException(file + ": cannot be read: " + e, e);
        }
        if (!faults.isEmpty()) {
            throw new PromptException(file + ":\n  - "
                    + String.join("\n  - ", faults.subList(0, Math.min(REPORTED_FAULTS, faults.size())))
                    + (faults.size() > REPORTED_FAULTS
                            ? "\n  and " + (faults.size() - REPORTED_FAULTS) + " more"
                            : ""));
        }
        return List.copyOf(conversations);
    }

    private void read(Utf8Lines.Line line) {
        String place = "line " + line.number();
        try {
            String text = line.text().orElseThrow(() -> new IllegalArgumentException("bytes that are not UTF-8"));
            if (text.stripLeading().startsWith("[")) {
                throw new PromptException(file + ": " + place + ": this is a JSON list; give one object a line");
            }
            if (!text.isBlank()) {
                conversations.add(conversation(place, JSON.readTree(text)));
            }
        } catch (JsonProcessingException e) {
            faults.add(place + ": is not a JSON object: "
                    + SOURCE.matcher(e.getOriginalMessage()).replaceAll("column $1"));
        } catch (IllegalArgumentException e) {
            faults.add(place + ": " + e.getMessage());
        }
    }

    private static Conversation conversation(String place, JsonNode json) {
        JsonNode messages = json.path("messages");
        if (!messages.isArray()) {
            throw new IllegalArgumentException(otherFormat(json)
                    .map(other -> "has " + other + "; write {\"messages\": [{\"role\": \"user\", \"content\": …}, …]}")
                    .orElse("messages is missing or not a list"));
        }
        var read = new ArrayList<Message>();
        for (JsonNode message : messages) {
            read.add(message("messages[" + read.size() + "]", message));
        }
        JsonNode id = json.path("id");
        return new Conversation(id.isTextual() || id.isNumber() ? id.asText() : place, read);
    }

    private static Optional<String> otherFormat(JsonNode json) {
        if (json.has("instruction") && json.has("output")) {
            return Optional.of("instruction and output (Alpaca)");
        }
        return json.has("conversations") ? Optional.of("conversations (ShareGPT)") : Optional.empty();
    }

    private static Message message(String field, JsonNode message) {
        if (!message.path("content").isTextual()) {
            throw new IllegalArgumentException(field + ".content is missing or not a text");
        }
        String role = message.path("role").asText();
        return Arrays.stream(Role.values())
                .filter(known -> known.key().equals(role))
                .findFirst()
                .map(known -> new Message(known, message.path("content").asText()))
                .orElseThrow(() ->
                        new IllegalArgumentException(field + ".role is '" + role + "', not system, user or assistant"));
    }
}
