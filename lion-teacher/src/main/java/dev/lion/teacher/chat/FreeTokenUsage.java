package dev.lion.teacher.chat;

import dev.langchain4j.model.output.TokenUsage;

/**
 * The token usage of a reply for which no token was made, since it was kept from before: 0 read, 0 written. By its type an
 * application tells it from the zeros of a server that does not count; lion's roles report it as {@link
 * dev.lion.data.TokenUsage#FREE}, which a run's budget counts as nothing. Immutable.
 */
public final class FreeTokenUsage extends TokenUsage {
    /** The only one. */
    public static final FreeTokenUsage INSTANCE = new FreeTokenUsage();

    private FreeTokenUsage() {
        super(0, 0);
    }
}
