package dev.lion.student.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The element types of the safetensors format; some of them hold weights. */
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
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    int bytes() {
        return bytes;
    }

    /** The same as a type of weights; empty for a type that lion does not read as weights. */
    Optional<StoredType> weights() {
        return Arrays.stream(StoredType.values())
                .filter(type -> type.name().equals(name()))
                .findFirst();
    }
}
