package dev.lion.teacher.batch;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.LionException;

/**
 * How a role's questions become requests and replies become answers, the same as in its single calls. For any thread.
 *
 * @param <Q> the questions
 * @param <A> the answers
 */
public interface BatchExchange<Q, A> {
    /** What is sent for a question. */
    ChatRequest request(Q question);

    /** What a reply to a question means; throws what a single call would. */
    A read(Q question, ChatResponse reply);

    /**
     * What a failure means in lion's terms.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    LionException failure(RuntimeException failure) throws InterruptedException;
}
