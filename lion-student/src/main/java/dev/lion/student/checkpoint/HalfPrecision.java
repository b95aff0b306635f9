package dev.lion.student.checkpoint;

/** Floating-point numbers of 16 bits as bits in an int, to and from fp32; rounded to the nearest, ties to even. */
public final class HalfPrecision {
    private static final int INFINITY = 0x7c00;
    private static final int SMALLEST_NORMAL = Float.floatToRawIntBits(0x1p-14f);
    private static final int BEYOND = Float.floatToRawIntBits(0x1p16f);
    private static final int EXPONENT_SHIFT = (127 - 15) << 23;

    private HalfPrecision() {}

    /** IEEE 754 binary16 to binary32; JDK 20 has {@code Float.float16ToFloat} for it. */
    public static float fromF16(int half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) { // zero or subnormal: fraction · 2⁻²⁴
            float magnitude = fraction * 0x1p-24f;
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
        }
        int wideExponent = exponent == 0x1f ? 0xff : exponent - 15 + 127; // infinity and NaN stay what they are
        return Float.intBitsToFloat(sign | wideExponent << 23 | fraction << 13);
    }

    /** The nearest binary16, infinity from 65,520 on; a NaN stays one. */
    public static int toF16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (Float.isNaN(value)) {
            return sign | INFINITY | 0x200;
        }
        if (magnitude >= BEYOND) {
            return sign | INFINITY;
        }
        if (magnitude < SMALLEST_NORMAL) { // a multiple of 2⁻²⁴
            return sign | (int) Math.rint(Math.abs((double) value) * 0x1p24);
        }
        int even = magnitude >>> 13 & 1;
        return sign | ((magnitude - EXPONENT_SHIFT + 0xfff + even) >>> 13);
    }

    /** The upper half of a binary32 made whole. */
    static float fromBf16(int half) {
        return Float.intBitsToFloat(half << 16);
    }

    /** The nearest upper half of a binary32; a NaN stays one. */
    static int toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return bits >>> 16 | 0x40;
        }
        int even = bits >>> 16 & 1;
        return (bits + 0x7fff + even) >>> 16;
    }
}
