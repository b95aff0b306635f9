package dev.lion.teacher.chat;

import java.util.regex.Pattern;

/**
 * The words of a provider as they may be quoted in a message: on one line, the first {@value #MOST} characters, without
 * what looks like a key, since providers quote what they were sent. For any thread.
 */
public final class ProviderWords {
    private static final int MOST = 300;

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
        String line = KEY.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("[removed]");
        return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
    }
}
