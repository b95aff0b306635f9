package dev.lion.teacher.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;

/**
 * What a call will use of tokens, in and out: a quarter of its characters and what calls used beyond that lately, or its own
 * limit of output while no call was answered. For any thread.
 */
final class TokenEstimate {
    private static final double CHARACTERS_A_TOKEN = 4;
    private static final double FIRST_OUTPUT = 500;
    private static final double WEIGHT = 0.1;

    private double beyond = Double.NaN;

    double of(ChatRequest request) {
        double output = beyond();
        if (Double.isNaN(output)) {
            Integer most = request.maxOutputTokens();
            output = most == null ? FIRST_OUTPUT : most;
        }
        return Math.max(1, input(request) + output);
    }

    private synchronized double beyond() {
        return beyond;
    }

    synchronized void learn(ChatRequest request, double used) {
        double present = used - input(request);
        beyond = Double.isNaN(beyond) ? present : (1 - WEIGHT) * beyond + WEIGHT * present;
    }

    private static double input(ChatRequest request) {
        return request.messages().stream().mapToInt(TokenEstimate::length).sum() / CHARACTERS_A_TOKEN;
    }

    private static int length(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return user.hasSingleText()
                    ? user.singleText().length()
                    : user.toString().length();
        }
        if (message instanceof SystemMessage system) {
            return system.text().length();
        }
        return message instanceof AiMessage answer && answer.text() != null
                ? answer.text().length()
                : message.toString().length();
    }
}
