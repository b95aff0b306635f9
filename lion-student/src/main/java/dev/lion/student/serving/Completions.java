package dev.lion.student.serving;

import dev.lion.role.StoppedException;
import dev.lion.student.LoadedStudent;
import dev.lion.student.decoding.Continuation;
import dev.lion.student.decoding.Decoding;
import dev.lion.student.decoding.PromptTooLongException;
import dev.lion.student.decoding.QueueFullException;
import dev.lion.student.prompt.PromptException;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers chat completions. Each is served by its request's own thread, which waits for the engine and for the client; the
 * engine waits for nobody. What waits for a slow client is at most its answer. A client that has gone is noticed when it is
 * written to, and once every {@value #KNOCK_SECONDS} seconds of silence; its answer is then given up. A whole answer that
 * waits for its turn has no status yet, so its client is not looked for before the first words; a whole answer that takes
 * longer than that has the status 200, and what fails then is said in the body.
 */
final class Completions {
    /** Time without a word after which it is seen whether the client is still there. */
    static final int KNOCK_SECONDS = 2;

    /** Comes after the pieces of an answer, none of which is empty. */
    private static final String END = "";

    private static final Logger log = LoggerFactory.getLogger(Completions.class);

    private final LoadedStudent student;
    private final String model;
    private final ChatCallReader reader;
    private final int maxBodyBytes;
    private final Clock clock;
    private final Set<Decoding> underWay = ConcurrentHashMap.newKeySet();

    Completions(LoadedStudent student, String model, ServingConfig config, Clock clock) {
        this.student = student;
        this.model = model;
        this.reader = new ChatCallReader(model, student.decoding(), config);
        this.maxBodyBytes = config.maxBodyBytes();
        this.clock = clock;
    }

    /** Answers one. */
    void answer(Connection connection) throws IOException, InterruptedException {
        Admission.requireJson(connection);
        ChatCall call = reader.read(connection.body(maxBodyBytes));
        BlockingQueue<String> text = new LinkedBlockingQueue<>();
        var begun = new AtomicBoolean();
        Decoding decoding = begin(call, call.streamed() ? piece -> text.add(piece) : piece -> begun.set(true));
        underWay.add(decoding);
        var unused = decoding.result().whenComplete((answer, failure) -> text.add(END));
        try {
            var replies = new Replies(
                    "chatcmpl-" + UUID.randomUUID(), model, clock.instant().getEpochSecond());
            if (call.streamed()) {
                stream(connection, call, decoding, text, replies);
            } else {
                Continuation answer = awaited(connection, decoding, begun);
                connection.reply(200, replies.whole(answer, decoding.promptTokens()));
            }
        } finally {
            decoding.cancel(); // changes nothing once the answer is complete
            underWay.remove(decoding);
        }
    }

    private Decoding begin(ChatCall call, Consumer<String> onText) {
        try {
            return student.answer(call.messages(), call.decoding(), call.seed(), onText);
        } catch (PromptTooLongException e) {
            throw RefusedException.messages("context_length_exceeded", String.valueOf(e.getMessage()));
        } catch (PromptException e) {
            throw RefusedException.messages("invalid_messages", String.valueOf(e.getMessage()));
        } catch (QueueFullException e) {
            throw RefusedException.later(429, "queue_full", String.valueOf(e.getMessage()));
        } catch (IllegalStateException | StoppedException e) {
            throw closed();
        }
    }

    private static void stream(
            Connection connection, ChatCall call, Decoding decoding, BlockingQueue<String> text, Replies replies)
            throws IOException, InterruptedException {
        connection.beginEvents();
        connection.event(replies.opening());
        for (String piece = next(connection, text); !piece.equals(END); piece = next(connection, text)) {
            connection.event(replies.piece(piece));
        }
        Continuation answer = finished(decoding);
        connection.event(replies.ending(answer));
        if (call.usageWanted()) {
            connection.event(replies.usageChunk(answer, decoding.promptTokens()));
        }
        connection.event("[DONE]");
        connection.end();
    }

    private static String next(Connection connection, BlockingQueue<String> text)
            throws IOException, InterruptedException {
        @Nullable String piece = text.poll(KNOCK_SECONDS, TimeUnit.SECONDS);
        while (piece == null) {
            connection.knock();
            piece = text.poll(KNOCK_SECONDS, TimeUnit.SECONDS);
        }
        return piece;
    }

    /** The whole answer. Its reply begins early for a slow answer only, not for one that waits for its turn. */
    private static Continuation awaited(Connection connection, Decoding decoding, AtomicBoolean begun)
            throws IOException, InterruptedException {
        while (true) {
            try {
                decoding.result().get(KNOCK_SECONDS, TimeUnit.SECONDS);
                return finished(decoding);
            } catch (TimeoutException e) {
                if (begun.get()) {
                    knockOnJson(connection);
                }
            } catch (CancellationException | ExecutionException e) {
                return finished(decoding);
            }
        }
    }

    private static void knockOnJson(Connection connection) throws IOException {
        if (!connection.isBegun()) {
            connection.beginJson();
        }
        connection.knock();
    }

    private static Continuation finished(Decoding decoding) throws InterruptedException {
        try {
            return decoding.result().get();
        } catch (CancellationException e) {
            throw closed();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException || e.getCause() instanceof StoppedException) {
                throw closed();
            }
            log.error("an answer failed", e.getCause());
            throw RefusedException.internal();
        }
    }

    private static RefusedException closed() {
        return RefusedException.later(503, "server_closed", "the server was closed before the answer was complete");
    }

    /** Gives up what is under way. */
    void cancel() {
        underWay.forEach(Decoding::cancel);
    }
}
