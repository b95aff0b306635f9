package dev.lion.student.gguf;

import java.util.Arrays;
import java.util.Optional;

/** What a token is. */
public enum TokenType {
    /** Comes from text by merging. */
    NORMAL(1),
    /** Stands for what is no token. */
    UNKNOWN(2),
    /** Steers the model; no text yields it. */
    CONTROL(3),
    /** Is found in a text before anything is merged. */
    USER_DEFINED(4),
    /** A row of the embedding that no token uses. */
    UNUSED(5),
    /** One byte, for what is no token. */
    BYTE(6);

    private final int id;

    TokenType(int id) {
        this.id = id;
    }

    static Optional<TokenType> ofId(int id) {
        return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
    }

    /** What {@code tokenizer.ggml.token_type} calls it. */
    int id() {
        return id;
    }
}
