package dev.lion.examples.bench.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.examples.bench.ChildProcess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrainingBenchTest {
    private static Figures figures(double tokensPerSecond) {
        return new Figures(
                "5m-fp32-full", 2048, tokensPerSecond, tokensPerSecond / 2, 100, 50, 0.6, OptionalLong.of(900));
    }

    private static Optional<JsonNode> peer(double tokensPerSecond) {
        return Optional.of(new JsonMapper().createObjectNode().put("tokens_per_s", tokensPerSecond));
    }

    @Test
    void of_figuresAsJson_areTheSame() {
        assertThat(Figures.of(figures(3000).toJson())).isEqualTo(figures(3000));
    }

    @Test
    void text_severalRounds_showsMediansAndTheSpanOfRatiosWithinARound() {
        var table = new TrainingTable();
        table.add(figures(1000), peer(1000));
        table.add(figures(3000), peer(1500));
        table.add(figures(9000), peer(2000));

        assertThat(table.text()).contains("5m-fp32-full", " 3000 ", " 2.00 ", "1.00-4.50");
    }

    @Test
    void ofToken_smallDecoder_isSixTimesItsMatricesAndAttention() {
        double matrices = 4096 * 256 + 6 * (256.0 * (256 + 128 + 128 + 256) + 3 * 256 * 688);

        assertThat(Operations.ofToken(TrainingCase.named("5m-fp32-full"), 128))
                .isCloseTo(6 * matrices + 6.0 * 6 * 256 * 129, within(1.0));
        assertThat(Operations.ofToken(TrainingCase.named("5m-fp32-lora"), 128)).isBetween(4 * matrices, 5 * matrices);
    }

    @Test
    void named_unknownCase_isRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> TrainingCase.named("5m-fp64"))
                .hasMessageContaining("no case 5m-fp64")
                .hasMessageContaining("135m-bf16-lora");
    }

    @Test
    void run_commandThatPrintsJsonLast_givesIt() throws IOException, InterruptedException {
        assertThat(ChildProcess.run(List.of("sh", "-c", "echo first; echo '{\"tokens_per_s\": 7}'"))
                        .get("tokens_per_s")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void run_commandThatFailsOrPrintsNoJson_isRefusedWithItsName() {
        assertThatThrownBy(() -> ChildProcess.run(List.of("sh", "-c", "echo hello; exit 3")))
                .hasMessageContaining("echo hello; exit 3 ended with code 3");
        assertThatThrownBy(() -> ChildProcess.run(List.of("sh", "-c", "echo hello")))
                .hasMessageContaining("must print a JSON object last, not: hello");
    }
}
