package dev.lion.student.chat;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RateLimitException;
import dev.lion.student.decoding.PromptTooLongException;
import dev.lion.student.decoding.QueueFullException;
import dev.lion.student.prompt.PromptException;
import java.util.concurrent.CancellationException;

/** What goes wrong with an answer, as LangChain4j's exceptions where it has one: its retries and its users go by them. */
final class ChatFailures {
    private ChatFailures() {}

    /** The exception for whoever asked. */
    static RuntimeException of(Throwable failure) {
        if (failure instanceof PromptException || failure instanceof PromptTooLongException) {
            return new InvalidRequestException(failure.getMessage(), failure);
        }
        if (failure instanceof QueueFullException) {
            return new RateLimitException(failure.getMessage(), failure);
        }
        if (failure instanceof CancellationException) {
            return closed(failure);
        }
        if (failure instanceof InterruptedException) {
            return new LangChain4jException("interrupted while the student answered", failure);
        }
        return failure instanceof RuntimeException known ? known : new LangChain4jException(failure);
    }

    private static IllegalStateException closed(Throwable failure) {
        return new IllegalStateException("the student was closed while it answered", failure);
    }
}
