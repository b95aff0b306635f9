package dev.lion.teacher.chat;

import dev.lion.data.Utf8Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that {@link RecordingChatModel} wrote. It is read anew each time, line by line, so that it may be larger than the
 * memory. A last line that was cut off, as its process was killed or is still writing it, does not count. Any thread may
 * use it.
 */
public final class Recording {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    private static final String OPENING = "{\"capabilities\":[";

    private final Path file;

    private Recording(Path file) {
        this.file = file;
    }

    /** The recording in a file. */
    public static Recording of(Path file) {
        return new Recording(Objects.requireNonNull(file, "file"));
    }

    /**
     * Shows every call, in the order in which they ended.
     *
     * @throws RecordingException naming the file and the first line that cannot be read
     */
    public void forEach(Consumer<RecordedCall> visitor) {
        forEach(CallForm::read, visitor);
    }

    /** Shows what a function makes of every line, which it is given as maps, lists and plain values. */
    <T> void forEach(Function<Map<?, ?>, T> reader, Consumer<T> visitor) {
        try (Utf8Lines lines = new Utf8Lines(file)) {
            for (Optional<Utf8Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (line.get().terminated()) {
                    visitor.accept(read(line.get(), reader));
                } else {
                    LOG.warn("{}: the last line was cut off while it was written; it is left out", file);
                }
            }
        } catch (IOException e) {
            throw new RecordingException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Checks that a file is empty or begins as a recording does, be its first line cut off.
     *
     * @throws RecordingException naming the file when it is something else, or cannot be read
     */
    void requireRecording() {
        try (Utf8Lines lines = new Utf8Lines(file)) {
            lines.next().filter(first -> !isCutOff(first)).ifPresent(first -> read(first, CallForm::key));
        } catch (IOException e) {
            throw new RecordingException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isCutOff(Utf8Lines.Line first) {
        String text = new String(first.bytes(), StandardCharsets.UTF_8); // it may end within a character
        return !first.terminated() && (text.startsWith(OPENING) || OPENING.startsWith(text)) && !isJson(text);
    }

    private static boolean isJson(String text) {
        try {
            RequestForm.read(text);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private <T> T read(Utf8Lines.Line line, Function<Map<?, ?>, T> reader) {
        try {
            String text =
                    line.text().orElseThrow(() -> new IllegalArgumentException("it holds bytes that are not UTF-8"));
            Map<?, ?> form = (Map<?, ?>) RequestForm.read(text);
            CallForm.requireVersion(form);
            return reader.apply(form);
        } catch (RuntimeException e) {
            throw new RecordingException(
                    file + ", line " + line.number() + ": not a recorded call: " + e.getMessage(), e);
        }
    }
}
