package dev.lion.student.serving;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A key that clients must send as {@code Authorization: Bearer KEY}. Its text is in no message, no log and no {@code toString}. */
public final class ApiKey {
    private static final String SCHEME = "Bearer ";

    private final byte[] header;

    private ApiKey(byte[] header) {
        this.header = header;
    }

    /**
     * A key.
     *
     * @throws IllegalArgumentException when it is empty, or has blanks or characters that no header may have
     */
    public static ApiKey of(String key) {
        if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new IllegalArgumentException(
                    "a key has at least one character, and neither blanks nor characters that no header may have");
        }
        return new ApiKey((SCHEME + key).getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether a header has the key; takes as long for every wrong one. */
    boolean isIn(String authorization) {
        return MessageDigest.isEqual(header, authorization.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ApiKey";
    }
}
