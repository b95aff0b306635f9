package dev.lion.student.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Safetensors files written by hand, sound or not. */
final class RawSafetensors {
    private RawSafetensors() {}

    /** A tensor's entry in the header. */
    static String entry(String name, String dtype, String shape, String offsets) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}".formatted(name, dtype, shape, offsets);
    }

    /** A header after the length that is claimed for it. */
    static byte[] claiming(long length, String header) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(json)
                .array();
    }

    /** A file of this header and data. */
    static void write(Path file, String header, byte[] data) throws IOException {
        Files.write(file, claiming(header.getBytes(StandardCharsets.UTF_8).length, header));
        Files.write(file, data, StandardOpenOption.APPEND);
    }
}
