package dev.lion.data;

/** Why a model stopped writing a {@link Response}. */
public enum FinishReason {
    /** The model ended by itself. */
    STOP,
    /** The limit on new tokens cut the text. */
    LENGTH,
    /** The provider withheld or cut the text. */
    CONTENT_FILTER,
    /** Anything else, or not said. */
    OTHER
}
