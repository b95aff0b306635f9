package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.LionException;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentFileTest {
    @TempDir
    Path temp;

    @Test
    void read_whatWasWritten_isEqualAndWritesEqualBytes() throws Exception {
        for (ExperimentResult result : List.of(
                ExperimentFixture.seeded(1).build(),
                ExperimentFixture.seeded(2).size(12, 1, 0).build(),
                ExperimentFixture.seeded(3).only(run -> false).build(),
                ExperimentFixture.seeded(4).words(Hostile::text).build(),
                ExperimentFixture.seeded(5).words(text -> text + "\ud800").build())) {
            Path file = temp.resolve("new/result.json");
            ExperimentFile.write(result, file);
            ExperimentResult read = ExperimentFile.read(file);
            ExperimentFile.write(read, temp.resolve("again.json"));

            assertThat(read).isEqualTo(result);
            assertThat(temp.resolve("again.json")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void read_figuresThatJsonDoesNotKnow_areThere() throws Exception {
        ExperimentResult result = withInterval(Double.NaN, Double.POSITIVE_INFINITY);
        ExperimentFile.write(result, temp.resolve("r.json"));

        assertThat(ExperimentFile.read(temp.resolve("r.json"))).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"seed\" : 1, | \"seed\" : 1.5, | runs[0].seed must be a whole number, but is 1.5",
                "\"seed\" : 1, | '' | runs[0].seed is missing",
                "\"iteration\" : 2, | \"iteration\" : -2, | runs[0].points[2].iteration must be an iteration, but is -2",
                "\"bbh\" : 0. | \"bbh\" : \"?\", \"x\" : 0. | runs[0].points[0].values.bbh must be a number, but is \"?\"",
                "\"points\" : [ | \"points\" : [ ], \"x\" : [ | a run needs a point: arm-0, seed 1",
                "\"notes\" : [ | \"notes\" : {}, \"x\" : [ | notes must be a list, but is {}",
                "\"name\" : | name : | is not JSON: Unexpected character ('n'",
            })
    void read_damaged_saysWhatAndWhere(String from, String to, String message) throws Exception {
        Path file = temp.resolve("result.json");
        ExperimentFile.write(ExperimentFixture.seeded(1).build(), file);
        String text = Files.readString(file);
        int at = text.indexOf(from);
        Files.writeString(file, text.substring(0, at) + to + text.substring(at + from.length()));

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(LionException.class)
                .hasMessageStartingWith(file + " does not hold the result of an experiment: ")
                .hasMessageContaining(message);
    }

    @Test
    void read_notText_saysSo() throws Exception {
        Path file = Files.write(temp.resolve("r.json"), new byte[] {(byte) 0xC3, 0x28});

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(LionException.class)
                .hasMessageContaining("UTF-8");
    }

    private static ExperimentResult withInterval(double low, double high) {
        return new ExperimentResult(
                "one",
                "?",
                "",
                List.of(),
                List.of(new Measure("m", "m", "")),
                List.of(new ExperimentResult.Arm("a", "a", "")),
                List.of(),
                List.of(new Comparison("a", "a", "m", List.of(0.0), 0, low, high)),
                List.of(),
                List.of(),
                Map.of(),
                Map.of());
    }
}
