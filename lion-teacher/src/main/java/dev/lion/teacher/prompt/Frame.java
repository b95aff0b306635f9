package dev.lion.teacher.prompt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The lines around text that is not to be trusted, so that a model can tell the text from what is said about it.
 *
 * <p>Both lines carry a code of 64 bits that is a hash of all framed texts of the message. Nobody can put the code of a
 * message into one of its texts on purpose, since every change of a text changes the code; should a text contain it by
 * chance, the next code is taken. Unlike a random code it makes equal calls equal requests, so that a recorded reply can
 * be found again. Immutable, so any thread may use it.
 */
public final class Frame {
    private static final int CODE_DIGITS = 16;
    private static final int MARK_DIGITS = 8;

    /** The letters that the sixteen digits of a mark are written with: no vowels, so no words; no digits, so no scores. */
    private static final String MARK_LETTERS = "bcdfghjkmnpqrtvw";

    private final String code;
    private final String mark;

    private Frame(String hash) {
        this.code = hash.substring(0, CODE_DIGITS);
        var letters = new StringBuilder();
        hash.substring(CODE_DIGITS, CODE_DIGITS + MARK_DIGITS)
                .chars()
                .forEach(digit -> letters.append(MARK_LETTERS.charAt(Character.digit(digit, 16))));
        this.mark = letters.toString();
    }

    /** A frame for the texts of one message. */
    public static Frame around(List<String> texts) {
        return around(0, texts);
    }

    /** A frame for the texts of one message whose code also depends on a seed: equal texts, different requests. */
    public static Frame around(long seed, List<String> texts) {
        long attempt = 0;
        Frame frame = new Frame(hash(seed, attempt, texts));
        while (texts.stream().anyMatch(frame::occursIn)) {
            attempt++;
            frame = new Frame(hash(seed, attempt, texts));
        }
        return frame;
    }

    private static String hash(long seed, long attempt, List<String> texts) {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(seed)
                .putLong(attempt)
                .flip());
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The code on the lines of this frame, 16 hexadecimal digits. */
    public String code() {
        return code;
    }

    /**
     * A short word, eight letters, that a model puts beside what it says itself, so that nothing it repeats from the texts
     * passes for its own words.
     */
    String mark() {
        return mark;
    }

    /** Whether a text contains this frame's code or its mark, in either case. */
    public boolean occursIn(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains(code) || lower.contains(mark);
    }

    /**
     * The text between its two lines.
     *
     * @param title what the text is, such as {@code ANSWER 1}
     * @throws IllegalArgumentException if the text contains the code, which no text does that the frame was made for
     */
    public String wrap(String title, String text) {
        if (occursIn(text)) {
            throw new IllegalArgumentException(
                    "the text framed as " + title + " contains the frame's code: make the frame around all its texts");
        }
        return "<<<BEGIN " + title + " " + code + ">>>\n" + text + "\n<<<END " + title + " " + code + ">>>";
    }

    /** The text between its two lines, with a line in its middle where a part is left out. */
    String wrap(String title, Excerpt text) {
        if (!text.isCut()) {
            return wrap(title, text.head());
        }
        String gap = "\n<<<LEFT OUT " + text.leftOut() + " CHARACTERS " + code + ">>>\n";
        String whole = wrap(title, text.head() + "\n" + text.tail());
        int middle = whole.indexOf('\n') + 1 + text.head().length();
        return whole.substring(0, middle) + gap + whole.substring(middle + 1);
    }
}
