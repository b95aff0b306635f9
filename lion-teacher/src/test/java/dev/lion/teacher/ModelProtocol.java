package dev.lion.teacher;

import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;

/** A provider's protocol: how a real client of it reaches a server on loopback. The roles' contracts are run over each. */
public interface ModelProtocol {
    /** What the model says. */
    @FunctionalInterface
    interface Script {
        /** The answer to a system message and a user message. */
        Answer answer(String system, String user);
    }

    /** An answer, or why there is none. */
    sealed interface Answer {
        /** Text, and whether the limit on its length cut it. */
        record Text(String text, boolean isCut) implements Answer {}

        /** The model declines, perhaps after some text. */
        record Declined(String text) implements Answer {}

        /** An error, as the provider words it. */
        record Failure(Kind kind) implements Answer {}
    }

    /** Errors that every provider has. */
    enum Kind {
        /** Too much to do; another attempt may succeed. */
        OVERLOADED,
        /** Too many requests; another attempt may succeed. */
        RATE_LIMITED,
        /** The key is wrong. */
        WRONG_KEY
    }

    /** A running server. */
    interface Server extends AutoCloseable {
        /** The provider's real client, which does not repeat calls. */
        ChatModel client();

        /** How many requests have arrived. */
        int requests();

        @Override
        void close();
    }

    /** Starts a server on a free port. */
    Server start(Script script) throws IOException;

    /** A complete text. */
    static Answer text(String text) {
        return new Answer.Text(text, false);
    }
}
