package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.ImitationSummary;
import dev.lion.run.IterationSummary;
import dev.lion.student.Fidelity;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.prompt.PromptFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardTest {
    private static final Map<String, String> MODELS =
            Map.of("student", "/models/base", "teacher.model", "big", "teacher.provider", "SOMEONE");

    @Test
    void text_withoutRun_saysOnlyWhatIsKnown() {
        String card = card(Optional.empty(), Optional.empty()).text();

        assertThat(card)
                .contains("Prompt format: plain", "exported with the library lion", "is not known here")
                .doesNotContain("-distillation\n", "Its teacher", "fine-tuned", "base_model", "figures above");
    }

    @Test
    void text_ofPuzzles_hasNoDutiesToOthers() {
        String card = card(Optional.empty(), Optional.of(run(Map.of("quickstart.epochs", "3"), 2, true)))
                .text();

        assertThat(card)
                .contains("  - adversarial-distillation\n", "2 seed instructions, 1 adversarial iteration,")
                .contains("puzzles by lion's own programs", "greedy", "exact match", "not in the number type")
                .contains("no data of others", "There are none: a program", "There is none: this student began")
                .doesNotContain("model of others", "Check what the provider");
    }

    @Test
    void text_ofModels_namesThemAndTheDuties() {
        String card = card(Optional.empty(), Optional.of(run(MODELS, 3, true))).text();

        assertThat(card)
                .contains("fine-tuned from base", "Its teacher was big of SOMEONE.", "2 adversarial iterations")
                .contains("a file that the run's user gave", "| 50.0 % of 4 |", "figures above")
                .contains("Check what the provider of big of SOMEONE lets you do")
                .doesNotContain("base_model");
    }

    @Test
    void text_ofRunThatMeasuredNothing_speaksOfNoFigures() {
        String card = card(Optional.empty(), Optional.of(run(MODELS, 1, false))).text();

        assertThat(card)
                .contains("made by distillation with", "0 adversarial iterations", "nobody has measured")
                .doesNotContain("  - adversarial-distillation", "exact match", "figures above");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org/name", "gpt2", "Qwen/Qwen3-0.6B"})
    void text_baseWithNameOfTheHub_isInTheFrontMatter(String base) {
        assertThat(card(Optional.of(base), Optional.empty()).text()).contains("\nbase_model: \"" + base + "\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my own model", "/models/base", "a/b/c", "../up", "x\nlicense: mit"})
    void text_baseWithAnotherName_isInTheProseOnly(String base) {
        assertThat(card(Optional.of(base), Optional.empty()).text())
                .contains("fine-tuned from ")
                .doesNotContain("base_model", "\nlicense: mit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "..", "a/\0"})
    void run_oddSettings_areUnknown(String value) {
        var run = run(Map.of("student", value, "teacher.model", " ", "teacher.provider", value), 1, false);

        assertThat(run.base()).isEmpty();
        assertThat(run.teacher()).isEmpty();
    }

    private static CardRun run(Map<String, String> settings, int iterations, boolean measured) {
        var found = new EvaluationSummary(Map.of("task", new EvaluationSummary.Score(2, 4)));
        var summaries = IntStream.range(0, iterations)
                .mapToObj(k -> new IterationSummary(
                        k,
                        Optional.empty(),
                        Optional.empty(),
                        2,
                        2,
                        0,
                        ImitationSummary.ofAll(1, 1, List.of()),
                        Optional.of(found).filter(each -> measured),
                        k))
                .toList();
        return new CardRun("run", 1, 2, settings, summaries);
    }

    private static ModelCard card(Optional<String> base, Optional<CardRun> run) {
        var shape = DecoderConfig.builder()
                .vocabSize(300)
                .hiddenSize(32)
                .intermediateSize(64)
                .numHiddenLayers(1)
                .numAttentionHeads(4)
                .maxPositionEmbeddings(64)
                .build();
        return new ModelCard(
                "name",
                base,
                Optional.empty(),
                Optional.empty(),
                shape,
                "GGUF",
                "gguf",
                PromptFormat.plain(),
                new Fidelity(0, 1, 1, 1),
                CardUsage.ofGguf("a.gguf"),
                run);
    }
}
