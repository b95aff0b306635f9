package dev.lion.student.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Builds what stands before the numbers of a GGUF file of version 3: keys with their values, and the tensors' places. */
final class GgufHeader {
    static final int MAGIC = 0x46554747; // "GGUF", the first letter first
    static final int VERSION = 3;
    static final int ALIGNMENT = 32;

    /** The numbers by which the format calls types of values. */
    static final int UINT8 = 0;

    static final int INT8 = 1;
    static final int UINT16 = 2;
    static final int INT16 = 3;
    static final int UINT32 = 4;
    static final int INT32 = 5;
    static final int FLOAT32 = 6;
    static final int BOOL = 7;
    static final int STRING = 8;
    static final int ARRAY = 9;
    static final int UINT64 = 10;
    static final int INT64 = 11;
    static final int FLOAT64 = 12;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private GgufHeader() {}

    /** The bytes, filled up to the alignment. */
    static byte[] of(Map<String, GgufValue> metadata, List<GgufTensor> tensors) {
        var header = new GgufHeader();
        header.int32(MAGIC).int32(VERSION).int64(tensors.size()).int64(metadata.size());
        metadata.forEach((key, value) -> header.text(key).value(value));
        long place = 0;
        for (GgufTensor tensor : tensors) {
            header.tensor(tensor, place);
            place = aligned(place + tensor.bytes());
        }
        header.fill();
        return header.bytes.toByteArray();
    }

    /** The next place that a tensor may begin at. */
    static long aligned(long place) {
        return (place + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void tensor(GgufTensor tensor, long place) {
        List<Long> shape = tensor.shape();
        text(tensor.name()).int32(shape.size());
        for (int i = shape.size() - 1; i >= 0; i--) {
            int64(shape.get(i));
        }
        int32(tensor.type().id()).int64(place);
    }

    private void value(GgufValue value) {
        if (value instanceof GgufValue.Whole whole) {
            int32(UINT32).int32(Math.toIntExact(whole.value()));
        } else if (value instanceof GgufValue.Real real) {
            int32(FLOAT32).float32((float) real.value());
        } else if (value instanceof GgufValue.Flag flag) {
            int32(BOOL).bytes.write(flag.value() ? 1 : 0);
        } else if (value instanceof GgufValue.Text text) {
            int32(STRING).text(text.value());
        } else if (value instanceof GgufValue.Texts texts) {
            array(STRING, texts.values().size());
            texts.values().forEach(this::text);
        } else if (value instanceof GgufValue.Wholes wholes) {
            array(INT32, wholes.values().size());
            wholes.values().forEach(this::int32);
        } else if (value instanceof GgufValue.Reals reals) {
            array(FLOAT32, reals.values().size());
            reals.values().forEach(this::float32);
        }
    }

    private void array(int type, int count) {
        int32(ARRAY).int32(type).int64(count);
    }

    private void fill() {
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(0);
        }
    }

    private GgufHeader text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int64(utf8.length).bytes.writeBytes(utf8);
        return this;
    }

    private GgufHeader int32(int value) {
        bytes.writeBytes(little(Integer.BYTES).putInt(value).array());
        return this;
    }

    private GgufHeader int64(long value) {
        bytes.writeBytes(little(Long.BYTES).putLong(value).array());
        return this;
    }

    private GgufHeader float32(float value) {
        bytes.writeBytes(little(Float.BYTES).putFloat(value).array());
        return this;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
