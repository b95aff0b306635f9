package dev.lion.teacher.chat;

import java.util.regex.Pattern;

/** What a failure says, fit to be written down. Any thread may use it. */
final class FailureText {
    private static final int LONGEST = 300;

    /** What looks like a key: a word that holds a digit, after a word for a key, or so long that no name is. */
    private static final Pattern KEY = Pattern.compile(
            "(?i)(?:\\bsk|\\bpk|key|bearer|secret|token)['\"]?[-_ :='\"]+(?=\\S*\\d)[\\w.*-]{8,}|(?=\\w*\\d)\\w{32,}");

    private FailureText() {}

    /** The beginning of the failure's own words, without what looks like a key: providers quote what they were sent. */
    static String of(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        String line = KEY.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("[removed]");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
