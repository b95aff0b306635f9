package dev.lion.student.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** The number types that weights are kept in on disk; in memory they are handed over as fp32, exactly. */
public enum StoredType {
    /** IEEE 754 binary32. */
    F32("float32", 4) {
        @Override
        void decode(ByteBuffer littleEndian, float[] values, int count) {
            littleEndian.asFloatBuffer().get(values, 0, count);
        }

        @Override
        public float rounded(float value) {
            return value;
        }

        @Override
        void put(ByteBuffer littleEndian, float value) {
            littleEndian.putFloat(value);
        }
    },
    /** IEEE 754 binary16: 11 bits of precision, nothing above 65,504. */
    F16("float16", 2) {
        @Override
        void decode(ByteBuffer littleEndian, float[] values, int count) {
            var halves = littleEndian.asShortBuffer();
            for (int i = 0; i < count; i++) {
                values[i] = HalfPrecision.fromF16(halves.get(i) & 0xffff);
            }
        }

        @Override
        public float rounded(float value) {
            return HalfPrecision.fromF16(HalfPrecision.toF16(value));
        }

        @Override
        void put(ByteBuffer littleEndian, float value) {
            littleEndian.putShort((short) HalfPrecision.toF16(value));
        }
    },
    /** The upper half of a binary32: its range with 8 bits of precision. */
    BF16("bfloat16", 2) {
        @Override
        void decode(ByteBuffer littleEndian, float[] values, int count) {
            var halves = littleEndian.asShortBuffer();
            for (int i = 0; i < count; i++) {
                values[i] = HalfPrecision.fromBf16(halves.get(i) & 0xffff);
            }
        }

        @Override
        public float rounded(float value) {
            return HalfPrecision.fromBf16(HalfPrecision.toBf16(value));
        }

        @Override
        void put(ByteBuffer littleEndian, float value) {
            littleEndian.putShort((short) HalfPrecision.toBf16(value));
        }
    };

    private final String torchName;
    private final int bytes;

    StoredType(String torchName, int bytes) {
        this.torchName = torchName;
        this.bytes = bytes;
    }

    /** What {@code config.json} calls it under {@code torch_dtype}, such as {@code bfloat16}. */
    public String torchName() {
        return torchName;
    }

    /** Bytes that a number takes. */
    public int bytes() {
        return bytes;
    }

    /** Fills {@code values} with the first {@code count} numbers. */
    abstract void decode(ByteBuffer littleEndian, float[] values, int count);

    /** The nearest number of this type, of two equally near ones the even one; infinite beyond the type's range. */
    public abstract float rounded(float value);

    /** Puts the nearest number of this type. */
    abstract void put(ByteBuffer littleEndian, float value);

    /**
     * Moves as many numbers as the target has room for.
     *
     * @return whether all of them are numbers of this type: none is NaN, infinite or beyond its range
     */
    boolean encode(FloatBuffer from, ByteBuffer littleEndian) {
        boolean finite = true;
        while (from.hasRemaining() && littleEndian.remaining() >= bytes) {
            float value = from.get();
            finite &= Float.isFinite(rounded(value));
            put(littleEndian, value);
        }
        return finite;
    }
}
