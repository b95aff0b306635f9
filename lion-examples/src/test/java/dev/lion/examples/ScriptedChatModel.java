package dev.lion.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a chat model behind the loopback server says in each role: the teacher answers in capitals, the referee prefers the
 * first answer a little and the teacher's style a lot, the generator numbers its inventions.
 */
final class ScriptedChatModel {
    private final List<String> taught = new CopyOnWriteArrayList<>();
    private final AtomicInteger invented = new AtomicInteger();

    Reply reply(JsonNode request) {
        return reply(request, 11, 7);
    }

    Reply reply(JsonNode request, int inputTokens, int outputTokens) {
        return ChatCompletionsServer.completion(text(request), "stop", inputTokens, outputTokens);
    }

    private String text(JsonNode request) {
        String system = ChatCompletionsServer.message(request, "system");
        String user = ChatCompletionsServer.message(request, "user");
        if (system.contains("invent tasks")) {
            int number = invented.incrementAndGet();
            return "Describe ox" + number + " and hut" + number * 7 + " near oak" + number * 13 + " briefly";
        }
        if (system.contains("compare two answers")) {
            return "Both were read.\nScore of answer 1: 7\nScore of answer 2: 6";
        }
        taught.add(user);
        return "ANSWER TO " + Iterables.getLast(Splitter.on(' ').split(user));
    }

    /** The instructions that the teacher was asked, in order. */
    List<String> taught() {
        return taught;
    }
}
