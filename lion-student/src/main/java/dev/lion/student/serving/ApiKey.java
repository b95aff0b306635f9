package dev.lion.student.serving;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/** A key that clients must send as {@code Authorization: Bearer KEY}. Its text is in no message, no log and no {@code toString}. */
public final class ApiKey {
    private static final Pattern HEADER = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr][ \t]+(\\S+)[ \t]*");

    private final byte[] bytes;

    private ApiKey(byte[] bytes) {
        this.bytes = bytes;
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
        return new ApiKey(key.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether a header has the key, after the scheme's name in any case and any blanks; takes as long for every wrong one. */
    boolean isIn(String authorization) {
        var sent = HEADER.matcher(authorization);
        String key = sent.matches() ? sent.group(1) : "";
        return MessageDigest.isEqual(bytes, key.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ApiKey";
    }
}
