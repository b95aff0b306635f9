package dev.lion.novelty;

import java.util.Arrays;

/** Non-negative numbers in as few bytes as they need: seven bits a byte, the lowest first, the sign bit for "more". */
final class Varint {
    /** The most bytes that a number takes. */
    static final int LONGEST = 5;

    private static final int BITS = 7;
    private static final int LOW = 0x7F;

    private Varint() {}

    /** Writes a number and returns the position after it. */
    static int write(byte[] bytes, int at, int value) {
        int position = at;
        int rest = value;
        while (rest > LOW) {
            bytes[position++] = (byte) (rest | ~LOW);
            rest >>>= BITS;
        }
        bytes[position++] = (byte) rest;
        return position;
    }

    /** Bytes grown geometrically to hold this many. */
    static byte[] ensure(byte[] bytes, int needed) {
        return needed <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(needed, bytes.length + bytes.length / 2));
    }

    /** Reads one number after another. */
    static final class Reader {
        private byte[] bytes = new byte[0];
        private int position;

        void moveTo(byte[] source, int at) {
            bytes = source;
            position = at;
        }

        int next() {
            int value = bytes[position++];
            if (value >= 0) {
                return value;
            }
            value &= LOW;
            int shift = BITS;
            int b;
            do {
                b = bytes[position++];
                value |= (b & LOW) << shift;
                shift += BITS;
            } while (b < 0);
            return value;
        }
    }
}
