package dev.lion.teacher.chat;

import java.util.regex.Pattern;

/**
 * The words of a provider as they may be quoted in a message: on one line, the first {@value #MOST} characters, without
 * what looks like a key, since providers quote what they were sent. For any thread.
 */
public final class ProviderWords {
    private static final int MOST = 300;

    /** As much is searched for keys, which takes time that grows with the square of a word's length. */
    private static final int SEARCHED = 16 * MOST;

    /** What looks like a key: a word that holds a digit, after a word for a key, or so long that no name is. */
    private static final Pattern KEY = Pattern.compile(
            "(?i)(?:\\bsk|\\bpk|key|bearer|secret|token)['\"]?[-_ :='\"]+(?=\\S*\\d)[\\w.*-]{8,}|(?=\\w*\\d)\\w{32,}");

    private ProviderWords() {}

    /** The message of a failure, or its type when it has none. */
    public static String quote(Throwable failure) {
        return quote(failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage());
    }

    /** The beginning of a text. */
    public static String quote(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        String masked = KEY.matcher(beginning(line)).replaceAll("[removed]");
        return masked.length() <= MOST && line.length() <= SEARCHED
                ? masked
                : masked.substring(0, Math.min(MOST, masked.length())) + "…";
    }

    // of a word that is cut it could not be told that it is a key
    private static String beginning(String line) {
        if (line.length() <= SEARCHED) {
            return line;
        }
        int space = line.lastIndexOf(' ', SEARCHED);
        return line.substring(0, space < 0 ? SEARCHED : space);
    }
}
