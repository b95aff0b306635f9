package dev.lion.student.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.student.decoding.Continuation;
import dev.lion.student.decoding.Decoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A student in the place of the chat model that it learnt from. Messages go through the model's chat template. How it answers
 * is by default what the student was loaded with ({@link dev.lion.student.LoadConfig#decoding()}), and the same request always
 * gets the same answer, unless {@link StudentChatRequestParameters#seed()} says otherwise.
 *
 * <p>May be called from any thread; callers share batches, and each waits for its own answer. An interrupt frees the answer's
 * place. The metadata of an answer are {@link StudentChatResponseMetadata}.
 *
 * <p>Images, tools, JSON formats, penalties other than lion's and names of other models are refused with LangChain4j's {@link
 * dev.langchain4j.exception.UnsupportedFeatureException}; what the chat template refuses, what does not fit the context and
 * values out of range with {@link dev.langchain4j.exception.InvalidRequestException}; when too many wait already, with {@link
 * dev.langchain4j.exception.RateLimitException}.
 */
public final class StudentChatModel implements ChatModel, AutoCloseable {
    private final Answering answering;

    StudentChatModel(Answering answering) {
        this.answering = answering;
    }

    /** The student of a folder, with the default settings. */
    public static StudentChatModel load(Path folder) throws IOException {
        return builder().folder(folder).build();
    }

    /** A model to be configured. */
    public static StudentChatModelBuilder<StudentChatModel> builder() {
        return new StudentChatModelBuilder<>(StudentChatModel::new);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        Decoding decoding = answering.begin(answering.supported(request), request, text -> {});
        return answering.response(decoding, answer(decoding));
    }

    private static Continuation answer(Decoding decoding) {
        try {
            return decoding.await();
        } catch (InterruptedException e) {
            decoding.cancel();
            Thread.currentThread().interrupt();
            throw ChatFailures.of(e);
        } catch (RuntimeException e) {
            throw ChatFailures.of(e);
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
     * Frees the student, if it was loaded for this model; one that was given stays its caller's. Answers under way fail, as
     * later calls do, with an {@link IllegalStateException}.
     */
    @Override
    public void close() {
        answering.close();
    }
}
