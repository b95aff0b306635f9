package dev.lion.examples.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EqualTokensTest {
    private final Taught taught = new Taught();

    private List<Demonstration> lessons(List<Demonstration> demonstrations, long budget, long seed) throws Exception {
        new EqualTokens(taught, each -> each.response().text().length(), iteration -> budget)
                .imitate(demonstrations, new At(seed));
        return taught.lessons;
    }

    private static List<Demonstration> demonstrations(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Demonstration(Instruction.of("text " + i), Response.of("x".repeat(length))))
                .toList();
    }

    @Test
    void imitate_budgetOfSeveralPasses_repeatsEachAboutEquallyOften() throws Exception {
        List<Demonstration> lessons = lessons(demonstrations(10, 4), 4 * 25, 1);
        assertThat(lessons).hasSize(25);
        for (Demonstration each : demonstrations(10, 4)) {
            assertThat(lessons.stream().filter(each::equals).count()).isBetween(2L, 3L);
        }
    }

    @Test
    void imitate_longTexts_areSeenLessOften() throws Exception {
        assertThat(lessons(demonstrations(10, 10), 100, 1)).hasSize(10);
        assertThat(lessons(demonstrations(10, 20), 100, 1)).hasSize(5);
    }

    @Test
    void imitate_equalSeeds_giveEqualLessons() throws Exception {
        List<Demonstration> once = lessons(demonstrations(9, 3), 60, 8);
        assertThat(lessons(demonstrations(9, 3), 60, 8)).isEqualTo(once);
        assertThat(lessons(demonstrations(9, 3), 60, 9)).isNotEqualTo(once);
    }

    private record At(long randomSeed) implements TrainingContext {
        @Override
        public int iteration() {
            return 0;
        }

        @Override
        public boolean stopRequested() {
            return false;
        }

        @Override
        public Path checkpointDirectory() {
            return Path.of("unused");
        }

        @Override
        public void onStep(ImitationSummary.LossPoint point, long totalSteps, dev.lion.role.StepMeasurement measured) {}

        @Override
        public void onNotice(String message) {}
    }

    /** Remembers what it was taught. */
    private static final class Taught implements Student {
        private List<Demonstration> lessons = new ArrayList<>();

        @Override
        public List<Response> answer(List<Instruction> batch) {
            return List.of();
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) {
            lessons = demonstrations;
            return ImitationSummary.ofAll(demonstrations.size(), 0, List.of());
        }

        @Override
        public void save(Path directory) {}

        @Override
        public void restore(Path directory) {}

        @Override
        public void close() {}
    }
}
