package dev.lion.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * The last field of a JSON object, {@code "check"}: eight hexadecimal digits that sum up all that stands before it and the
 * object's place in its file. So it is noticed when a line was changed into other JSON, lost, repeated or moved.
 *
 * <p>The number is the CRC-32C of the bytes before the field, plus the place, modulo 2³².
 */
final class Seal {
    /** For an object on one line. Its place is its line number; negative for the last line of a finished file. */
    static final Seal LINE = new Seal(",\"check\":\"", "\"}");

    /** For an object on several lines, which has a file of its own. Its place is 0. */
    static final Seal DOCUMENT = new Seal(",\n  \"check\" : \"", "\"\n}");

    private static final int DIGITS = 8;

    private final byte[] opening;
    private final byte[] closing;

    private Seal(String opening, String closing) {
        this.opening = opening.getBytes(StandardCharsets.UTF_8);
        this.closing = closing.getBytes(StandardCharsets.UTF_8);
    }

    /** A text that waits for its place. For one thread. */
    static final class Unsealed {
        private final byte[] bytes;
        private final int digits;
        private final int sum;

        private Unsealed(byte[] bytes, int digits, int sum) {
            this.bytes = bytes;
            this.digits = digits;
            this.sum = sum;
        }

        /** The whole text with its line end. */
        byte[] seal(int place) {
            byte[] check = HexFormat.of().toHexDigits(sum + place).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(check, 0, bytes, digits, DIGITS);
            return bytes;
        }

        int length() {
            return bytes.length;
        }
    }

    /** Puts a check at the end of an object's text, as soon as its place is known. */
    Unsealed on(String object) {
        byte[] text = object.getBytes(StandardCharsets.UTF_8);
        int body =
                text.length - closing.length + 1; // a line's text ends with }, a document's with a line end before it
        ByteBuffer sealed = ByteBuffer.allocate(body + opening.length + DIGITS + closing.length + 1);
        sealed.put(text, 0, body).put(opening).position(body + opening.length + DIGITS);
        sealed.put(closing).put((byte) '\n');
        return new Unsealed(sealed.array(), body + opening.length, sum(text, body));
    }

    /** The place that a text without its line end was sealed for; empty when it has no check. */
    OptionalInt place(byte[] text) {
        int end = text.length - closing.length;
        int body = end - DIGITS - opening.length;
        if (body < 0
                || !Arrays.equals(text, body, body + opening.length, opening, 0, opening.length)
                || !Arrays.equals(text, end, text.length, closing, 0, closing.length)) {
            return OptionalInt.empty();
        }
        String digits = new String(text, end - DIGITS, DIGITS, StandardCharsets.US_ASCII);
        return digits.chars().allMatch(HexFormat::isHexDigit)
                ? OptionalInt.of(Integer.parseUnsignedInt(digits, 16) - sum(text, body))
                : OptionalInt.empty();
    }

    private static int sum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
