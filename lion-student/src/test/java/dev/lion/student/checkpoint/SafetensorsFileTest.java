package dev.lion.student.checkpoint;

import static dev.lion.student.checkpoint.RawSafetensors.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    @TempDir
    Path temp;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = temp.resolve("model.safetensors");
    }

    @Test
    void write_thenRead_givesNamesOrderShapesAndValuesBack() throws IOException {
        var shapes = new LinkedHashMap<String, List<Long>>();
        shapes.put("z", List.of(2L, 3L));
        shapes.put("scalar", List.of());
        shapes.put("empty", List.of(0L, 4L));
        shapes.put("a \"quoted\" ü", List.of(1L));
        var asked = new ArrayList<String>();

        SafetensorsFile.write(file, shapes, name -> {
            asked.add(name);
            return FloatBuffer.wrap(values(shapes, name));
        });

        var read = SafetensorsFile.read(file);
        assertThat(asked).containsExactlyElementsOf(shapes.keySet());
        assertThat(read.shapes()).isEqualTo(shapes);
        assertThat(read.shapes().keySet()).containsExactlyElementsOf(shapes.keySet());
        for (String name : shapes.keySet()) {
            assertThat(floats(read.floats(name))).isEqualTo(values(shapes, name));
        }
    }

    @Test
    void write_ofMoreThanItsBuffer_losesNothing() throws IOException {
        int count = 700_001; // several chunks and a part of one
        var values = new float[count];
        var random = new Random(3);
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }

        SafetensorsFile.write(file, Map.of("w", List.of((long) count)), name -> FloatBuffer.wrap(values));

        assertThat(floats(SafetensorsFile.read(file).floats("w"))).isEqualTo(values);
    }

    @Test
    void write_header_isAlignedAndSaysPyTorch() throws IOException {
        SafetensorsFile.write(file, Map.of("w", List.of(1L)), name -> FloatBuffer.allocate(1));

        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long length = bytes.getLong();
        assertThat(length % 8).isZero();
        assertThat(bytes.capacity()).isEqualTo(8 + length + 4);
        assertThat(new String(bytes.array(), 8, (int) length, StandardCharsets.UTF_8))
                .matches("\\{\"__metadata__\":\\{\"format\":\"pt\"},"
                        + "\"w\":\\{\"dtype\":\"F32\",\"shape\":\\[1],\"data_offsets\":\\[0,4]}} *");
    }

    @Test
    void write_fromAPositionedBuffer_takesPositionToLimitAndLeavesThem() throws IOException {
        var values = FloatBuffer.wrap(new float[] {1, 2, 3, 4}).position(1).limit(3);

        SafetensorsFile.write(file, Map.of("w", List.of(2L)), name -> values);

        assertThat(floats(SafetensorsFile.read(file).floats("w"))).containsExactly(2, 3);
        assertThat(values.position()).isEqualTo(1);
    }

    @Test
    void write_withTooFewValues_namesTheTensor() {
        assertThatThrownBy(() ->
                        SafetensorsFile.write(file, Map.of("w", List.of(2L, 3L)), name -> FloatBuffer.allocate(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("w", "[2, 3]", "5");
    }

    @Test
    void write_toAFullDisk_namesTheFile() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full to stand for a full disk");
        Files.createSymbolicLink(file, full);

        assertThatThrownBy(() -> SafetensorsFile.write(file, Map.of("w", List.of(1L)), name -> FloatBuffer.allocate(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), "No space left");
    }

    @Test
    void floats_ofBf16_areExact() throws IOException {
        int[] halves = {0x3f80, 0xc000, 0x4049, 0x7f80, 0xff80, 0x7fc1, 0x0001, 0x8000, 0x7f7f};
        int[] expected = {
            0x3f800000, 0xc0000000, 0x40490000, 0x7f800000, 0xff800000, 0x7fc10000, 0x00010000, 0x80000000, 0x7f7f0000
        };
        writeHalves("BF16", halves);

        assertThat(bits(SafetensorsFile.read(file).floats("h"))).containsExactly(expected);
    }

    @Test
    void floats_ofF16_areExact() throws IOException {
        int[] halves = {0x3c00, 0xc000, 0x3555, 0x7bff, 0x0400, 0x03ff, 0x0001, 0x8001, 0x0000, 0x8000, 0x7c00, 0xfc00};
        float[] expected = {
            1,
            -2,
            1365 / 4096f,
            65504,
            0x1p-14f,
            1023 * 0x1p-24f,
            0x1p-24f,
            -0x1p-24f,
            0f,
            -0f,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY
        };
        writeHalves("F16", halves);

        assertThat(bits(SafetensorsFile.read(file).floats("h"))).containsExactly(bits(FloatBuffer.wrap(expected)));
    }

    @Test
    void fromF16_ofEveryValue_isItsDefinition() {
        for (int half = 0; half <= 0xffff; half++) {
            int exponent = half >>> 10 & 0x1f;
            double fraction = (half & 0x3ff) / 1024.0;
            double magnitude = exponent == 0 ? Math.scalb(fraction, -14) : Math.scalb(1 + fraction, exponent - 15);
            if (exponent == 0x1f) {
                magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            float expected = (float) (half < 0x8000 ? magnitude : -magnitude);

            assertThat(Float.floatToIntBits(TensorType.fromF16(half)))
                    .as("0x%04x", half)
                    .isEqualTo(Float.floatToIntBits(expected));
        }
    }

    @Test
    void floats_ofATensorBehind2GiB_areFound() throws IOException {
        long big = 2_300_000_000L;
        writeSparse(big);

        var read = SafetensorsFile.read(file);

        assertThat(floats(read.floats("w"))).containsExactly(1.5f, -2f);
        assertThatThrownBy(() -> read.floats("big"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(file.toString(), "big", "2300000000", "2 GiB");
    }

    @Test
    void floats_ofATypeThatHoldsNoWeights_isRefused() throws IOException {
        RawSafetensors.write(file, "{\"i\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);

        assertThatThrownBy(() -> SafetensorsFile.read(file).floats("i"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(file.toString(), "i", "I64");
    }

    @Test
    void floats_ofAnUnknownName_isRefused() throws IOException {
        RawSafetensors.write(file, "{}", new byte[0]);

        assertThatThrownBy(() -> SafetensorsFile.read(file).floats("w"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(file.toString(), "no tensor w");
    }

    private void writeHalves(String dtype, int... halves) throws IOException {
        var data = ByteBuffer.allocate(2 * halves.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int half : halves) {
            data.putShort((short) half);
        }
        String header = "{" + entry("h", dtype, "[" + halves.length + "]", "[0," + data.capacity() + "]") + "}";
        RawSafetensors.write(file, header, data.array());
    }

    /** A file of over 2 GiB that takes up almost no space on disk. */
    private void writeSparse(long big) throws IOException {
        String header = "{" + entry("big", "F32", "[" + big / 4 + "]", "[0," + big + "]") + ","
                + entry("w", "F32", "[2]", "[" + big + "," + (big + 8) + "]") + "}";
        RawSafetensors.write(file, header, new byte[0]);
        var data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(1.5f).putFloat(-2).flip();
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(data, channel.size() + big);
        }
    }

    private static float[] values(Map<String, List<Long>> shapes, String name) {
        var values = new float[(int) SafetensorsHeader.count(shapes.getOrDefault(name, List.of()))];
        for (int i = 0; i < values.length; i++) {
            values[i] = name.hashCode() + i / 8f;
        }
        return values;
    }

    private static float[] floats(FloatBuffer buffer) {
        var floats = new float[buffer.remaining()];
        buffer.duplicate().get(floats);
        return floats;
    }

    private static int[] bits(FloatBuffer buffer) {
        float[] floats = floats(buffer);
        var bits = new int[floats.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(floats[i]);
        }
        return bits;
    }
}
