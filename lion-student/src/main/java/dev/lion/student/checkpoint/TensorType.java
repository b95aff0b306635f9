package dev.lion.student.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;

/** The element types of the safetensors format; those that hold model weights can be read as fp32. */
enum TensorType {
    F32(4),
    F16(2),
    BF16(2),
    F64(8),
    F8_E4M3(1),
    F8_E5M2(1),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    static Optional<TensorType> named(String name) {
        for (TensorType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    int bytes() {
        return bytes;
    }

    boolean isReadable() {
        return this == F32 || this == F16 || this == BF16;
    }

    /** The little-endian bytes as fp32: a view of F32, a converted copy of BF16 and F16, both exact. */
    FloatBuffer toFloats(ByteBuffer littleEndian) {
        return switch (this) {
            case F32 -> littleEndian.asFloatBuffer();
            case BF16 -> convert(littleEndian, half -> Float.intBitsToFloat(half << 16));
            case F16 -> convert(littleEndian, TensorType::fromF16);
            default -> throw new IllegalStateException(this + " is not a type of weights");
        };
    }

    private static FloatBuffer convert(ByteBuffer littleEndian, HalfToFloat conversion) {
        var halves = littleEndian.asShortBuffer();
        var floats = new float[halves.remaining()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = conversion.apply(halves.get(i) & 0xffff);
        }
        return FloatBuffer.wrap(floats);
    }

    /** IEEE 754 binary16 to binary32; JDK 20 has {@code Float.float16ToFloat} for it. */
    static float fromF16(int half) {
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

    @FunctionalInterface
    private interface HalfToFloat {
        float apply(int half);
    }
}
