package dev.lion.student.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * As {@link StudentChatModel}, for answers that are told as they are written: whole characters, in order, on one thread that is
 * not the caller's. A handler may take its time, or never return: nobody else waits for it, and what is not told yet of its
 * answer waits in memory.
 *
 * <p>What a student cannot do is refused by the call itself; every other failure is told to {@code onError}, once, and so is,
 * with the answer going on, each exception that the handler throws. Cancelling through the {@link
 * dev.langchain4j.model.chat.response.StreamingHandle} frees the answer's place, and no call follows it.
 */
public final class StudentStreamingChatModel implements StreamingChatModel, AutoCloseable {
    private static final long IDLE_SECONDS = 5;

    private final Answering answering;
    /** A thread for each answer that is being told, and for a moment after. */
    private final Executor tellers = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            StudentStreamingChatModel::thread);

    StudentStreamingChatModel(Answering answering) {
        this.answering = answering;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "lion-stream");
        thread.setDaemon(true);
        return thread;
    }

    /** The student of a folder, with the default settings. */
    public static StudentStreamingChatModel load(Path folder) throws IOException {
        return builder().folder(folder).build();
    }

    /** A model to be configured. */
    public static StudentChatModelBuilder<StudentStreamingChatModel> builder() {
        return new StudentChatModelBuilder<>(StudentStreamingChatModel::new);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        var stream = new AnswerStream(answering, handler);
        stream.begin(answering.supported(request), request);
        try {
            tellers.execute(stream::tell);
        } catch (RuntimeException | Error e) {
            stream.cancel();
            throw e;
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return answering.defaults();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return answering.listeners();
    }

    /**
     * Frees the student, if it was loaded for this model; one that was given stays its caller's. The handlers of answers under
     * way are told of an {@link IllegalStateException}, as those of later calls are.
     */
    @Override
    public void close() {
        answering.close();
    }
}
