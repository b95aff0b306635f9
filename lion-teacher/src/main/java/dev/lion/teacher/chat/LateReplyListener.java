package dev.lion.teacher.chat;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

/**
 * Is told of replies that came after {@link DeadlineChatModel} had stopped waiting for them, on the thread of the call; they
 * were paid for, though nobody used them. What it throws is logged.
 */
@FunctionalInterface
public interface LateReplyListener {
    /** A reply came too late. */
    void arrived(ChatRequest request, ChatResponse response);
}
