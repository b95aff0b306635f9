package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.student.decoder.LabelledSequence;
import dev.lion.testing.ScriptedTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LengthLimitTest {
    private static final int CONTEXT = 96;

    @TempDir
    Path temp;

    private static LabelledSequence ofLength(int length) {
        return LabelledSequence.of("of-" + length, new int[length], 3);
    }

    private static TrainingConfig upTo(int maxLength) {
        return TrainingConfig.builder().epochs(2).maxLength(maxLength).build();
    }

    @Test
    void train_someLongerThanTheLimit_countsExamplesAndTokensAndTellsTheUser() throws IOException {
        try (var model = TinyModel.full()) {
            var context = ScriptedTraining.in(temp, 1);
            var summary =
                    model.train(upTo(20), List.of(ofLength(20), ofLength(21), ofLength(8), ofLength(90)), context);

            assertThat(summary.examples()).isEqualTo(2);
            assertThat(summary.skipped()).isEqualTo(2);
            assertThat(summary.skippedTokens()).isEqualTo(111);
            assertThat(summary.tokens()).isEqualTo(2 * (19 + 7));
            assertThat(context.notices())
                    .containsExactly(
                            "2 of 4 examples (111 tokens) are left out, as they are longer than maxLength 20;"
                                    + " raise it (this model's context is 96 tokens) or shorten them: of-21 has 21, of-90 has 90");
        }
    }

    @Test
    void train_longerThanTheContext_namesExampleLengthAndLimit() throws IOException {
        try (var model = TinyModel.full()) {
            var context = ScriptedTraining.in(temp, 1);
            var summary = model.train(upTo(1024), List.of(ofLength(CONTEXT), ofLength(CONTEXT + 1)), context);

            assertThat(summary.examples()).isEqualTo(1);
            assertThat(context.notices())
                    .singleElement()
                    .asString()
                    .contains("the model's context of 96 tokens", "of-97 has 97");
        }
    }

    @Test
    void train_allTooLong_isRefusedWithAdvice() {
        try (var model = TinyModel.full()) {
            var examples =
                    IntStream.range(30, 38).mapToObj(LengthLimitTest::ofLength).toList();

            assertThatThrownBy(() -> model.train(upTo(20), examples, ScriptedTraining.in(temp, 1)))
                    .isInstanceOf(ExamplesTooLongException.class)
                    .hasMessageContainingAll("nothing can be learnt", "8 of 8", "raise it", "of-34 has 34 and 3 more");
        }
    }

    @Test
    void train_noneTooLong_saysNothing() throws IOException {
        try (var model = TinyModel.full()) {
            var context = ScriptedTraining.in(temp, 1);

            assertThat(model.train(upTo(20), List.of(ofLength(20)), context).skippedTokens())
                    .isZero();
            assertThat(context.notices()).isEmpty();
        }
    }
}
