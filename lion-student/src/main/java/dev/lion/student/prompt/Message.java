package dev.lion.student.prompt;

import java.util.Locale;
import java.util.Objects;

/**
 * What one side says in a {@link Conversation}.
 *
 * @param role who says it
 * @param content the words; may be empty
 */
public record Message(Role role, String content) {
    /** Who speaks. */
    public enum Role {
        /** Whoever set the conversation up; speaks first or not at all. */
        SYSTEM,
        /** Who asks. */
        USER,
        /** Who answers: the student. */
        ASSISTANT;

        /** The name in files and chat templates. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Message {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }

    /** What the student is told before anything else. */
    public static Message system(String content) {
        return new Message(Role.SYSTEM, content);
    }

    /** A question. */
    public static Message user(String content) {
        return new Message(Role.USER, content);
    }

    /** An answer. */
    public static Message assistant(String content) {
        return new Message(Role.ASSISTANT, content);
    }
}
