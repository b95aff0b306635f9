package dev.lion.student.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.TokenUsage;
import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.decoder.WeightType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CascadeDocumentTest {
    @TempDir
    Path student;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(student.resolve("config.json"), "{}");
        file = student.resolve(CascadeDocument.FILE_NAME);
        document(400).writeTo(file);
    }

    @Test
    void read_whatWasWritten_isTheSame() throws Exception {
        var read = CascadeThreshold.read(file, student, WeightType.INT8);

        assertThat(read.threshold()).isBetween(0.5, 0.8);
        assertThat(read.maxNewTokens()).isEqualTo(60);
        assertThat(read.weights()).isEqualTo(WeightType.INT8);
    }

    @Test
    void of_curve_hasThresholdsFromZeroToOneAndNoneForTheTeacherAlone() throws Exception {
        var curve = JsonFile.read(file).get("curve");

        assertThat(curve.get(0).has("threshold")).isFalse();
        assertThat(curve.get(0).get("local").asInt()).isZero();
        assertThat(curve).hasSizeGreaterThan(10);
        for (int i = 1; i < curve.size(); i++) {
            assertThat(curve.get(i).get("threshold").asDouble()).isBetween(0.0, 1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"threshold", "maxNewTokens", "weights", "finding", "student"})
    void read_fieldMissing_saysThatTheFileIsDamaged(String field) throws Exception {
        requireRefused(document -> document.remove(field)).hasMessageContaining("damaged");
    }

    @Test
    void read_valuesThatCannotBe_saysThatTheFileIsDamaged() throws Exception {
        requireRefused(document -> document.put("threshold", "NaN")).hasMessageContaining("damaged: threshold must be");
        requireRefused(document -> document.put("threshold", 1.5)).hasMessageContaining("but is 1.5");
        requireRefused(document -> document.put("maxNewTokens", 12.5)).hasMessageContaining("but is 12.5");
        requireRefused(document -> document.put("maxNewTokens", 1L << 40))
                .hasMessageContaining("damaged: maxNewTokens");
        requireRefused(document -> document.put("maxNewTokens", "60")).hasMessageContaining("damaged: maxNewTokens");
        requireRefused(document -> document.put("maxNewTokens", 0)).hasMessageContaining("but is 0");
        requireRefused(document -> document.put("student", "x")).hasMessageContaining("which student");
    }

    @Test
    void read_longAndHostileWords_areShortenedAndCannotSteerATerminal() throws Exception {
        document(20).writeTo(file);

        requireRefused(document -> document.put("words", "\u001b[2J\u202e" + "long ".repeat(10_000)))
                .hasMessageContaining("no threshold reached the wanted quality")
                .satisfies(failure ->
                        assertThat(failure.getMessage()).hasSizeLessThan(1000).doesNotContain("\u001b", "\u202e"));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> requireRefused(Consumer<ObjectNode> damage)
            throws Exception {
        ObjectNode document = JsonFile.read(file);
        damage.accept(document);
        Path damaged = student.resolve("damaged.json");
        JsonFile.write(damaged, document);
        return assertThatThrownBy(() -> CascadeThreshold.read(damaged, student, WeightType.INT8))
                .isInstanceOf(CascadeException.class)
                .hasMessageContaining("damaged.json: ");
    }

    private CascadeDocument document(int verdicts) throws Exception {
        var answers = IntStream.range(0, verdicts)
                .mapToObj(
                        i -> new GradedAnswer((double) i / verdicts, i < 0.6 * verdicts ? 1 : 10, 10, TokenUsage.NONE))
                .toList();
        var calibration = CascadeCalibration.of(answers, WantedQuality.ofTeacher(0.9), 1);
        return CascadeDocument.of(calibration, student, 60, WeightType.INT8);
    }
}
