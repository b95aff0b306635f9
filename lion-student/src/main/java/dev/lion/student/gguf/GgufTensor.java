package dev.lion.student.gguf;

import java.util.List;

/**
 * A tensor's entry in a GGUF file.
 *
 * @param name what llama.cpp calls it
 * @param shape rows first, as everywhere in lion; files give it the other way round
 * @param type of its numbers
 */
record GgufTensor(String name, List<Long> shape, GgufType type) {
    GgufTensor {
        shape = List.copyOf(shape);
    }

    /** A tensor of a file of a type: as that says for matrices, with what it does not do in a type that does. */
    static GgufTensor of(String name, List<Long> shape, GgufType wanted) {
        return new GgufTensor(name, shape, typeOf(shape, wanted));
    }

    private static GgufType typeOf(List<Long> shape, GgufType wanted) {
        if (shape.size() == 1) {
            return GgufType.F32;
        }
        return shape.get(shape.size() - 1) % wanted.block() == 0 ? wanted : GgufType.F16;
    }

    /** Numbers that it has. */
    long count() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Bytes that it takes. */
    long bytes() {
        return type.bytes(count());
    }
}
