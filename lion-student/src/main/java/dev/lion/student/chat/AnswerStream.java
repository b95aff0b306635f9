package dev.lion.student.chat;

import static dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils.onCompleteResponse;
import static dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils.onPartialResponse;
import static dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils.withLoggingExceptions;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.lion.student.decoding.Decoding;
import dev.lion.student.prompt.Message;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One answer on its way to a handler: the engine puts text in and never waits, one other thread takes it out. What waits is
 * at most the answer, which is bounded by the tokens that it may have.
 */
final class AnswerStream implements StreamingHandle {
    private final Answering answering;
    private final StreamingChatResponseHandler handler;
    /** The text, then an empty one at its end. */
    private final BlockingQueue<Optional<String>> text = new LinkedBlockingQueue<>();

    private Optional<Decoding> decoding = Optional.empty();
    private Optional<RuntimeException> refusal = Optional.empty();
    private volatile boolean cancelled;

    AnswerStream(Answering answering, StreamingChatResponseHandler handler) {
        this.answering = answering;
        this.handler = handler;
    }

    /** Begins the answer, on the caller's thread; a failure is kept for the handler. */
    void begin(List<Message> messages, ChatRequest request) {
        try {
            Decoding begun = answering.begin(messages, request, piece -> text.add(Optional.of(piece)));
            decoding = Optional.of(begun);
            var unused = begun.result().whenComplete((answer, failure) -> text.add(Optional.empty()));
        } catch (RuntimeException e) {
            refusal = Optional.of(e);
        }
    }

    /** Tells the handler all of it, on the thread that it is called on. */
    void tell() {
        if (refusal.isPresent()) {
            fail(refusal.get());
            return;
        }
        Decoding begun = decoding.orElseThrow();
        try {
            tellText();
            if (!cancelled) {
                tellEnd(begun);
            }
        } catch (InterruptedException e) {
            fail(ChatFailures.of(e));
        } catch (Error e) {
            fail(new IllegalStateException("whoever reads the answer failed: " + e, e));
            throw e;
        } finally {
            begun.cancel(); // changes nothing once the answer is complete
        }
    }

    private void tellText() throws InterruptedException {
        for (var piece = text.take(); piece.isPresent() && !cancelled; piece = text.take()) {
            onPartialResponse(handler, piece.get(), this);
        }
    }

    private void tellEnd(Decoding begun) {
        try {
            onCompleteResponse(handler, answering.response(begun, begun.result().join()));
        } catch (CompletionException e) {
            fail(ChatFailures.of(e.getCause() == null ? e : e.getCause()));
        } catch (RuntimeException e) {
            fail(ChatFailures.of(e));
        }
    }

    private void fail(RuntimeException failure) {
        withLoggingExceptions(() -> handler.onError(failure));
    }

    @Override
    public void cancel() {
        cancelled = true;
        decoding.ifPresent(Decoding::cancel);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
