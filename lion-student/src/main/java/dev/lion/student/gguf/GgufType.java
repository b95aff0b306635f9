package dev.lion.student.gguf;

import dev.lion.student.checkpoint.HalfPrecision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The number types that lion writes weights in, by their GGUF names. Norms, biases and other tensors of one dimension are
 * always {@link #F32}; so is, for {@link #Q8_0}, {@link #F16} a matrix whose rows are no multiple of a block.
 */
public enum GgufType {
    /** IEEE 754 binary32: nothing is lost. */
    F32(0, 0, 1, Float.BYTES) {
        @Override
        void encode(float[] values, int from, ByteBuffer target) {
            target.putFloat(values[from]);
        }

        @Override
        void decode(ByteBuffer source, float[] values, int from) {
            values[from] = source.getFloat();
        }
    },
    /** IEEE 754 binary16: 11 bits of precision, nothing above 65,504. */
    F16(1, 1, 1, Short.BYTES) {
        @Override
        void encode(float[] values, int from, ByteBuffer target) {
            target.putShort((short) HalfPrecision.toF16(values[from]));
        }

        @Override
        void decode(ByteBuffer source, float[] values, int from) {
            values[from] = HalfPrecision.fromF16(source.getShort() & 0xffff);
        }
    },
    /** Blocks of 32 numbers of 8 bits that share a scale in binary16; rounded as llama.cpp rounds them. */
    Q8_0(8, 7, 32, Short.BYTES + 32) {
        private static final int LARGEST = 127;

        @Override
        void encode(float[] values, int from, ByteBuffer target) {
            float largest = 0;
            for (int i = from; i < from + block(); i++) {
                largest = Math.max(largest, Math.abs(values[i]));
            }
            float scale = largest / LARGEST;
            float inverse = scale == 0 ? 0 : 1 / scale;
            target.putShort((short) HalfPrecision.toF16(scale));
            for (int i = from; i < from + block(); i++) {
                target.put((byte) awayFromZero(values[i] * inverse));
            }
        }

        /** C's {@code roundf}: Java's rounds a half up. */
        private long awayFromZero(float value) {
            long magnitude = (long) Math.floor(Math.abs((double) value) + 0.5);
            return value < 0 ? -magnitude : magnitude;
        }

        @Override
        void decode(ByteBuffer source, float[] values, int from) {
            float scale = HalfPrecision.fromF16(source.getShort() & 0xffff);
            for (int i = from; i < from + block(); i++) {
                values[i] = source.get() * scale;
            }
        }
    };

    private final int id;
    private final int fileType;
    private final int block;
    private final int blockBytes;

    GgufType(int id, int fileType, int block, int blockBytes) {
        this.id = id;
        this.fileType = fileType;
        this.block = block;
        this.blockBytes = blockBytes;
    }

    /** The type that tensors give by this number. */
    static Optional<GgufType> ofId(long id) {
        return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
    }

    /** What tensors call it. */
    int id() {
        return id;
    }

    /** What {@code general.file_type} calls a file with most of its weights in it. */
    int fileType() {
        return fileType;
    }

    /** Numbers that are written together. */
    int block() {
        return block;
    }

    /** Bytes of so many numbers, which are whole blocks. */
    long bytes(long numbers) {
        return Math.multiplyExact(numbers / block, blockBytes);
    }

    /** Writes one block, which begins at {@code from}. */
    abstract void encode(float[] values, int from, ByteBuffer target);

    /** Reads one block to the place {@code from}. */
    abstract void decode(ByteBuffer source, float[] values, int from);

    /** The numbers as a file in this type gives them back; whole blocks. */
    public void round(float[] values, int count) {
        var bytes = ByteBuffer.allocate(blockBytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i += block) {
            encode(values, i, bytes.clear());
            decode(bytes.flip(), values, i);
        }
    }
}
