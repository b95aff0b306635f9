package dev.lion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.EvaluationSummary.Score;
import dev.lion.evaluation.RelativeResult.Compared;
import dev.lion.evaluation.RelativeResult.Quality;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelativeResultTest {
    private static List<Compared> alike(int count, String category) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Compared(category + i, category, 8, 6, 0, false))
                .toList();
    }

    private static RelativeResult result(List<Compared> compared) {
        return RelativeResult.of(compared.size(), compared, List.of(), 1);
    }

    @Test
    void shares_ofEqualOutcomes_haveWilsonsWidth() {
        Quality all = result(alike(20, "generic")).overall().orElseThrow();
        assertThat(all.wins()).isEqualTo(Estimate.wilson(new Score(20, 20)));
        assertThat(all.losses()).isEqualTo(Estimate.wilson(new Score(0, 20)));
    }

    @Test
    void category_ofFewQuestions_mayBeAnything() {
        assertThat(result(alike(4, "math")).categories())
                .hasEntrySatisfying(
                        "math", few -> assertThat(few.relative()).isEqualTo(new Estimate(8.0 / 6, 0.1, 10)));
    }

    @Test
    void overall_withCategoriesOfOneQuestionEach_isDrawnFromAllTogether() {
        List<Compared> compared = IntStream.range(0, 12)
                .mapToObj(i -> new Compared("q" + i, "category " + i, 1 + i % 9, 6, 0, false))
                .toList();
        Estimate relative = result(compared).overall().orElseThrow().relative();
        assertThat(relative.high() - relative.low()).isGreaterThan(0.1);
    }
}
