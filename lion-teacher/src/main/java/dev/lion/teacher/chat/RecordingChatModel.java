package dev.lion.teacher.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.data.JsonLinesWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every call of a model to a file of JSON Lines, one line a call once it has ended: time, milliseconds, provider and
 * model, messages, parameters, and the reply with its finish reason and tokens or the failure with its reason. Calls are
 * handed on as they are. {@link Recording} reads the file, and {@link RecordedChatModel} answers from it.
 *
 * <p>The file holds what users wrote and models replied, in full; keep it as you keep those. Keys are not in it: a failure's
 * words are written without what looks like one, though a key that an application puts into a message or a parameter of its
 * own is.
 *
 * <p>A file that exists is gone on with; a last line that was cut off by a killed process is removed. A line is with the
 * operating system before the call returns, written by the calling thread in less than a tenth of a millisecond. When the disk fails, that is
 * logged once and the calls go on. One process at a time may write a file. For any thread.
 */
public final class RecordingChatModel extends ChatModelDecorator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingChatModel.class);

    private final JsonLinesWriter file;
    private final Clock clock;
    private final AtomicLong recorded = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();

    RecordingChatModel(ChatModel model, JsonLinesWriter file, Clock clock) {
        super(model);
        this.file = file;
        this.clock = clock;
    }

    /**
     * Records a model's calls to a file, made when it is missing.
     *
     * @throws RecordingException when it cannot be written, is being written already, or is something else than a recording,
     *     which is left as it is
     */
    public static RecordingChatModel open(ChatModel model, Path file) {
        try {
            if (Files.exists(file)) {
                Recording.of(file).requireRecording();
            }
            return new RecordingChatModel(model, JsonLinesWriter.open(file), Clock.systemUTC());
        } catch (IOException e) {
            throw new RecordingException("calls cannot be recorded to " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        Instant at = clock.instant();
        long begun = System.nanoTime();
        ChatResponse reply;
        try {
            reply = ask(request, options);
        } catch (Throwable failure) {
            record(request, at, begun, "failure", () -> CallForm.failure(failure));
            throw failure;
        }
        record(request, at, begun, "reply", () -> ReplyForm.of(reply));
        return reply;
    }

    private interface Form {
        Map<String, Object> make();
    }

    // whatever goes wrong here, the call itself is as it is without a recording
    private void record(ChatRequest request, Instant at, long begun, String kind, Form form) {
        try {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("time", at.toString());
            line.put("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            line.putAll(CallForm.asked(wrapped(), request));
            line.put(kind, form.make());
            file.append(RequestForm.text(line));
            recorded.incrementAndGet();
        } catch (IOException | RuntimeException e) {
            lost.incrementAndGet();
            if (told.compareAndSet(false, true)) {
                LOG.warn("{}: a call cannot be recorded: {}; this is said once", file.path(), e.toString());
            }
        }
    }

    /** How many calls were written since the file was opened. */
    public long recorded() {
        return recorded.get();
    }

    /** How many calls could not be written. */
    public long lost() {
        return lost.get();
    }

    /** Ends the recording; later calls are handed on and not recorded. Idempotent. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("{}: cannot be closed: {}", file.path(), e.toString());
        }
    }
}
