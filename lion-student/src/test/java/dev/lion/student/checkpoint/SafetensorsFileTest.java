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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
    private static final long BEYOND_2_GIB = 2_300_000_000L;

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

        SafetensorsFile.write(file, shapes, StoredType.F32, (name, chunks) -> {
            asked.add(name);
            chunks.accept(FloatBuffer.wrap(values(shapes, name)));
        });

        var read = SafetensorsFile.open(file);
        assertThat(asked).containsExactlyElementsOf(shapes.keySet());
        assertThat(read.shapes()).isEqualTo(shapes);
        assertThat(read.shapes().keySet()).containsExactlyElementsOf(shapes.keySet());
        for (String name : shapes.keySet()) {
            assertThat(floats(read, name)).isEqualTo(values(shapes, name));
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

        SafetensorsFile.write(
                file,
                Map.of("w", List.of((long) count)),
                StoredType.F32,
                (name, chunks) -> chunks.accept(FloatBuffer.wrap(values)));

        assertThat(floats(SafetensorsFile.open(file), "w")).isEqualTo(values);
    }

    @Test
    void write_header_isAlignedAndSaysPyTorch() throws IOException {
        SafetensorsFile.write(
                file,
                Map.of("w", List.of(1L)),
                StoredType.F32,
                (name, chunks) -> chunks.accept(FloatBuffer.allocate(1)));

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

        SafetensorsFile.write(file, Map.of("w", List.of(2L)), StoredType.F32, (name, chunks) -> chunks.accept(values));

        assertThat(floats(SafetensorsFile.open(file), "w")).containsExactly(2, 3);
        assertThat(values.position()).isEqualTo(1);
    }

    @Test
    void write_inPieces_isTheSame() throws IOException {
        SafetensorsFile.write(file, Map.of("w", List.of(3L)), StoredType.F32, (name, chunks) -> {
            chunks.accept(FloatBuffer.wrap(new float[] {1, 2}));
            chunks.accept(FloatBuffer.allocate(0));
            chunks.accept(FloatBuffer.wrap(new float[] {3}));
        });

        assertThat(floats(SafetensorsFile.open(file), "w")).containsExactly(1, 2, 3);
    }

    @Test
    void write_withTooFewValues_namesTheTensor() {
        assertThatThrownBy(() -> SafetensorsFile.write(
                        file,
                        Map.of("w", List.of(2L, 3L)),
                        StoredType.F32,
                        (name, chunks) -> chunks.accept(FloatBuffer.allocate(5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("w", "[2, 3]", "5");
    }

    @Test
    void write_toAFullDisk_namesTheFile() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full to stand for a full disk");
        Files.createSymbolicLink(file, full);

        assertThatThrownBy(() -> SafetensorsFile.write(
                        file,
                        Map.of("w", List.of(1L)),
                        StoredType.F32,
                        (name, chunks) -> chunks.accept(FloatBuffer.allocate(1))))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), "No space left");
    }

    @Test
    void read_ofBf16_areExact() throws IOException {
        int[] halves = {0x3f80, 0xc000, 0x4049, 0x0001, 0x8000, 0x7f7f};
        int[] expected = {0x3f800000, 0xc0000000, 0x40490000, 0x00010000, 0x80000000, 0x7f7f0000};
        writeHalves("BF16", halves);

        assertThat(bits(floats(SafetensorsFile.open(file), "h"))).containsExactly(expected);
    }

    @Test
    void read_ofF16_areExact() throws IOException {
        int[] halves = {0x3c00, 0xc000, 0x3555, 0x7bff, 0x0400, 0x03ff, 0x0001, 0x8001, 0x0000, 0x8000};
        float[] expected = {1, -2, 1365 / 4096f, 65504, 0x1p-14f, 1023 * 0x1p-24f, 0x1p-24f, -0x1p-24f, 0f, -0f};
        writeHalves("F16", halves);

        assertThat(bits(floats(SafetensorsFile.open(file), "h"))).containsExactly(bits(expected));
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

            assertThat(Float.floatToIntBits(HalfPrecision.fromF16(half)))
                    .as("0x%04x", half)
                    .isEqualTo(Float.floatToIntBits(expected));
        }
    }

    @Test
    void read_ofATensorBehind2GiB_findsIt() throws IOException {
        writeSparse(BEYOND_2_GIB);

        var read = SafetensorsFile.open(file);

        assertThat(floats(read, "w")).containsExactly(1.5f, -2f);
    }

    @Tag("slow")
    @Test
    void read_ofATensorBeyond2GiB_givesAllOfItInOrder() throws IOException {
        writeSparse(BEYOND_2_GIB);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 7), channel.size() - 12);
        }
        var count = new AtomicLong();
        var last = new AtomicReference<Float>();

        SafetensorsFile.open(file).read("big", chunk -> {
            count.addAndGet(chunk.remaining());
            last.set(chunk.get(chunk.limit() - 1));
        });

        assertThat(count.get()).isEqualTo(BEYOND_2_GIB / 4);
        assertThat(last.get()).isEqualTo(7f);
    }

    @Test
    void read_ofSeveralChunks_losesNothing() throws IOException {
        int count = 700_001;
        SafetensorsFile.write(
                file,
                Map.of("w", List.of((long) count)),
                StoredType.BF16,
                (name, chunks) -> chunks.accept(counting(count)));
        var sizes = new ArrayList<Integer>();
        var all = FloatBuffer.allocate(count);

        SafetensorsFile.open(file).read("w", chunk -> {
            sizes.add(chunk.remaining());
            all.put(chunk);
        });

        assertThat(sizes).hasSize(43).startsWith(16_384, 16_384).endsWith(16_384, 11_873);
        assertThat(all.flip()).isEqualTo(counting(count));
    }

    @ParameterizedTest
    @CsvSource({"F32, 7fc00000, NaN", "F32, ff800000, -Infinity", "F16, 7c00, Infinity", "BF16, 7fc1, NaN"})
    void read_ofANumberThatIsNone_namesFileTensorAndPlace(String dtype, String hex, String shown) throws IOException {
        int bytes = hex.length() / 2;
        var data = ByteBuffer.allocate(3 * bytes).order(ByteOrder.LITTLE_ENDIAN);
        int bits = Integer.parseUnsignedInt(hex, 16);
        if (bytes == 4) {
            data.putInt(8, bits);
        } else {
            data.putShort(4, (short) bits);
        }
        RawSafetensors.write(file, "{" + entry("h", dtype, "[3]", "[0," + 3 * bytes + "]") + "}", data.array());

        assertThatThrownBy(() -> floats(SafetensorsFile.open(file), "h"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(file.toString(), "tensor h is " + shown + " at place 2");
    }

    @Test
    void readInto_aBufferOfAnotherSize_isRefused() throws IOException {
        SafetensorsFile.write(
                file,
                Map.of("w", List.of(3L)),
                StoredType.F32,
                (name, chunks) -> chunks.accept(FloatBuffer.allocate(3)));
        var read = SafetensorsFile.open(file);

        assertThatThrownBy(() -> read.readInto("w", FloatBuffer.allocate(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("w", "more", "2");
        assertThatThrownBy(() -> read.readInto("w", FloatBuffer.allocate(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("w", "3 numbers", "4");
    }

    @Test
    void write_inSixteenBits_roundsToTheNearest() throws IOException {
        float[] values = {1, 1 + 0x1p-11f, 1 + 0x1.8p-10f, -65504, 0x1.8p-24f, 1e-9f, -0f};
        var shapes = Map.of("w", List.of(7L));
        SafetensorsFile.write(file, shapes, StoredType.F16, (name, chunks) -> chunks.accept(FloatBuffer.wrap(values)));
        assertThat(bits(floats(SafetensorsFile.open(file), "w")))
                .containsExactly(bits(1, 1, 1 + 0x1p-9f, -65504, 0x1p-23f, 0, -0f));

        float[] wide = {1, 1 + 0x1p-8f, 1 + 0x1.8p-7f, -65504, 0x1.01p-130f, 3e38f, -0f};
        SafetensorsFile.write(file, shapes, StoredType.BF16, (name, chunks) -> chunks.accept(FloatBuffer.wrap(wide)));
        assertThat(bits(floats(SafetensorsFile.open(file), "w")))
                .containsExactly(bits(1, 1, 1 + 0x1p-6f, -65536, 0x1p-130f, 0x1.C4p127f, -0f));
        assertThat(Files.size(file) % 8).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"F16, 65520", "F16, -1e6", "BF16, 3.4e38", "F32, NaN", "BF16, Infinity"})
    void write_ofANumberBeyondTheType_namesFileTensorAndType(StoredType type, float value) {
        assertThatThrownBy(() -> SafetensorsFile.write(
                        file,
                        Map.of("w", List.of(2L)),
                        type,
                        (name, chunks) -> chunks.accept(FloatBuffer.wrap(new float[] {1, value}))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(file.toString(), "tensor w", type.name());
    }

    @Test
    void toF16_ofEveryValueAndTheMiddlesBetween_isTheNearest() {
        for (int half = 0; half < 0x7bff; half++) {
            float value = HalfPrecision.fromF16(half);
            float middle = (value + HalfPrecision.fromF16(half + 1)) / 2;
            int even = half + (half & 1);

            assertThat(HalfPrecision.toF16(value)).as("0x%04x", half).isEqualTo(half);
            assertThat(HalfPrecision.toF16(-middle)).as("0x%04x", half).isEqualTo(0x8000 | even);
            assertThat(HalfPrecision.toF16(Math.nextUp(middle)))
                    .as("0x%04x", half)
                    .isEqualTo(half + 1);
            assertThat(HalfPrecision.toF16(Math.nextDown(middle)))
                    .as("0x%04x", half)
                    .isEqualTo(half);
        }
    }

    @Test
    void read_ofATypeThatHoldsNoWeights_isRefused() throws IOException {
        RawSafetensors.write(file, "{\"i\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);

        assertThatThrownBy(() -> floats(SafetensorsFile.open(file), "i"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(file.toString(), "i", "I64");
    }

    @Test
    void read_ofAnUnknownName_isRefused() throws IOException {
        RawSafetensors.write(file, "{}", new byte[0]);

        assertThatThrownBy(() -> floats(SafetensorsFile.open(file), "w"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(file.toString(), "no tensor w");
    }

    private static FloatBuffer counting(int count) {
        var values = FloatBuffer.allocate(count);
        for (int i = 0; i < count; i++) {
            values.put(i, i % 256);
        }
        return values;
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

    private static float[] floats(SafetensorsFile file, String name) throws IOException {
        var floats =
                FloatBuffer.allocate((int) SafetensorsHeader.count(file.shapes().getOrDefault(name, List.of())));
        file.readInto(name, floats);
        return floats.array();
    }

    private static int[] bits(float... floats) {
        var bits = new int[floats.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(floats[i]);
        }
        return bits;
    }
}
