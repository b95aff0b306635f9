package dev.lion.student.checkpoint;

import static dev.lion.student.checkpoint.RawSafetensors.claiming;
import static dev.lion.student.checkpoint.RawSafetensors.entry;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a safetensors file is found before a tensor is read, and said with the file and the tensor. */
class DamagedSafetensorsTest {
    @TempDir
    Path temp;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = temp.resolve("model.safetensors");
    }

    static List<Arguments> damagedHeaders() {
        return List.of(
                Arguments.of("{\"w\":{\"dtype\":\"F32\"", 4, "not a JSON object"),
                Arguments.of("[1,2]", 0, "not a JSON object"),
                Arguments.of("{} x", 0, "not a JSON object"),
                Arguments.of(
                        "{" + entry("w", "F32", "[1]", "[0,4]") + "," + entry("w", "F32", "[1]", "[4,8]") + "}",
                        8,
                        "w"),
                Arguments.of("{\"__metadata__\":{\"format\":1}}", 0, "__metadata__ has format 1"),
                Arguments.of("{\u0000\u0000\u0000", 0, "not a JSON object"),
                Arguments.of("[".repeat(100_000), 0, "not a JSON object"),
                Arguments.of("{\"w\":7}", 0, "tensor w has the unknown dtype ''"),
                Arguments.of("{" + entry("w", "F12", "[1]", "[0,4]") + "}", 4, "tensor w has the unknown dtype 'F12'"),
                Arguments.of("{" + entry("w", "F32", "[-1]", "[0,4]") + "}", 4, "tensor w has shape [-1]"),
                Arguments.of("{" + entry("w", "F32", "[1.5]", "[0,4]") + "}", 4, "tensor w has shape [1.5]"),
                Arguments.of("{" + entry("w", "F32", "4", "[0,4]") + "}", 4, "tensor w has shape 4"),
                Arguments.of("{" + entry("w", "F32", "[1]", "[4,0]") + "}", 4, "tensor w has data_offsets [4, 0]"),
                Arguments.of("{" + entry("w", "F32", "[1]", "[0,4,8]") + "}", 8, "tensor w has data_offsets [0, 4, 8]"),
                Arguments.of("{" + entry("w", "F32", "[2]", "[0,4]") + "}", 4, "tensor w of shape [2] and dtype F32"),
                Arguments.of("{" + entry("w", "BF16", "[1]", "[0,4]") + "}", 4, "tensor w of shape [1] and dtype BF16"),
                Arguments.of(
                        "{" + entry("w", "F32", "[4294967296,4294967296]", "[0,4]") + "}",
                        4,
                        "w has an impossible shape"),
                Arguments.of("{" + entry("w", "F32", "[2]", "[0,8]") + "}", 7, "tensor w ends at byte 8"),
                Arguments.of("{" + entry("w", "F32", "[1]", "[4,8]") + "}", 8, "tensor w begins at byte 4"),
                Arguments.of(
                        "{" + entry("v", "F32", "[2]", "[0,8]") + "," + entry("w", "F32", "[1]", "[4,8]") + "}",
                        8,
                        "tensor w begins at byte 4"),
                Arguments.of("{" + entry("w", "F32", "[1]", "[0,4]") + "}", 9, "5 bytes at the end"));
    }

    @ParameterizedTest
    @MethodSource("damagedHeaders")
    void open_ofADamagedHeader_namesFileAndFault(String header, int dataBytes, String fault) throws IOException {
        RawSafetensors.write(file, header, new byte[dataBytes]);

        assertRefused(fault);
    }

    @ParameterizedTest
    @MethodSource("damagedLengths")
    void open_ofADamagedLength_namesFileAndFault(byte[] content, String fault) throws IOException {
        Files.write(file, content);

        assertRefused(fault);
    }

    static List<Arguments> damagedLengths() {
        return List.of(
                Arguments.of(new byte[0], "0 bytes"),
                Arguments.of(new byte[7], "7 bytes"),
                Arguments.of(new byte[8], "given as 0 bytes"),
                Arguments.of(claiming(16, "{}"), "given as 16 bytes in a file of 10"),
                Arguments.of(claiming(-1, "{}"), "given as 18446744073709551615 bytes"),
                Arguments.of(claiming(1L << 40, "{}"), "given as 1099511627776 bytes"));
    }

    @Test
    void open_ofAHeaderThatIsNotUtf8_namesFileAndFault() throws IOException {
        byte[] content = claiming(4, "{  }");
        content[9] = (byte) 0xff;
        Files.write(file, content);

        assertRefused("not UTF-8");
    }

    /** The file is as long as its header claims to be, and takes up almost no space on disk. */
    @Test
    void open_ofAHeaderOf100Gigabytes_refusesWithoutReadingIt() throws IOException {
        long length = 100_000_000_000L;
        Files.write(file, claiming(length, "{}"));
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {' '}), length + 7);
        }

        assertRefused("given as 100000000000 bytes in a file of 100000000008");
    }

    @Test
    void open_ofAnEndlessShape_quotesItsBeginningAndEnd() throws IOException {
        String shape = "[" + "1,".repeat(100_000) + "-7]";
        RawSafetensors.write(file, "{" + entry("w", "F32", shape, "[0,4]") + "}", new byte[4]);

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(CheckpointException.class)
                .message()
                .contains("tensor w has shape [1,1,", "1,-7], not a list of whole numbers")
                .hasSizeLessThan(file.toString().length() + 500);
    }

    /** Each of the lists would take some 50 bytes of memory. */
    @Test
    void open_ofAHeaderOfMillionsOfLists_refusesBeforeTheyFillTheMemory() throws IOException {
        RawSafetensors.write(file, "{\"w\":[" + "[],".repeat(2_000_000) + "[]]}", new byte[0]);

        assertRefused("the header is not a JSON object", "4000000");
    }

    private void assertRefused(String... faults) {
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(faults);
    }
}
