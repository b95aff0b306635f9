package dev.lion.examples.bench.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DecodingBenchTest {
    private static DecodingFigures figures(String name, double decoded, double all) {
        return new DecodingFigures(name, 8, decoded, all, 12.5, 0.25, 70);
    }

    @Test
    void of_figuresAsJson_areTheSame() {
        var figures = figures("5m-fp32", 100, 80);

        assertThat(DecodingFigures.of("5m-fp32", 8, figures.toJson())).isEqualTo(figures);
    }

    @Test
    void text_severalRounds_showsMediansAndTheSpanOfRatiosWithinARound() {
        var table = new DecodingTable();
        table.add("5m", figures("5m-fp32", 100, 50), List.of(figures("peer", 100, 50)));
        table.add("5m", figures("5m-fp32", 300, 90), List.of(figures("peer", 150, 30)));
        table.add("5m", figures("5m-fp32", 900, 70), List.of(figures("peer", 200, 10)));

        assertThat(table.text()).contains("5m-fp32", " 300.0 ", " 70.0 ", "peer 2.00 (1.00-4.50) 3.00");
    }

    @Test
    void named_unknownCase_isRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> DecodingCase.named("5m-fp64"))
                .hasMessageContaining("no case 5m-fp64")
                .hasMessageContaining("135m-int8");
    }

    @Test
    void bench_optionsThatCannotBe_areAllNamedBeforeAnythingStarts() {
        var err = new StringWriter();

        int code = new CommandLine(new DecodingBench())
                .setErr(new PrintWriter(err))
                .execute(
                        "--cases=9b-fp32,5m-fp32",
                        "--batches=0,65",
                        "--new=0",
                        "--rounds=0",
                        "--repeats=0",
                        "--threads=0",
                        "--peer=one=no-such-program");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--cases must be of", "but is 9b-fp32", "--batches must be 1 or more", "at most 64 with --peer")
                .contains("--new must be 2", "--rounds must be 1", "--repeats must be 1", "--threads must be 1")
                .doesNotContain("but is 5m-fp32")
                .contains("(default: 5m-fp32,5m-int8,135m-fp32,135m-int8)");
    }

    @Test
    void soak_optionsThatCannotBe_areAllNamedBeforeAnythingStarts() {
        var err = new StringWriter();

        int code = new CommandLine(new DecodingSoak())
                .setErr(new PrintWriter(err))
                .execute("--case=9b-fp32", "--batches=0", "--rows=0", "--longest=0", "--threads=0");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("--case must be of", "but is 9b-fp32", "--batches must be 5", "--rows must be 1")
                .contains("--longest must be 1", "--threads must be 1");
    }

    @Test
    void weightBytes_smallDecoder_areItsNumbersInTheirTypes() {
        long layers = 6L * (256 * (256 + 128 + 128 + 256) + 3 * 256 * 688);
        long norms = 6L * 2 * 256 + 256;

        assertThat(DecodingCase.named("5m-fp32").weightBytes()).isEqualTo(4 * (4096L * 256 + layers + norms));
        assertThat(DecodingCase.named("5m-int8").weightBytes()).isEqualTo(2 * 4096L * 256 + layers + 4 * norms);
    }

    @Test
    void of_anotherRound_isPromptsOfTheSameLengthsThatBeginOtherwise() {
        var first = MixedPrompts.of(4, 1, 0);
        var second = MixedPrompts.of(4, 1, 1);

        assertThat(second).doesNotContainAnyElementsOf(first).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i)).startsWith("1.").hasSameSizeAs(first.get(i));
        }
    }
}
