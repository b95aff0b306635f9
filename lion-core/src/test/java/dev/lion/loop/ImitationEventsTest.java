package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.GenerationResponse;
import dev.lion.role.StepMeasurement;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import dev.lion.run.RunDirectory;
import dev.lion.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a student tells of its training reaches the listeners, and the files where it belongs there. */
class ImitationEventsTest {
    private static final LossPoint POINT = new LossPoint(1, 2.5, 1e-5, OptionalDouble.of(0.75));
    private static final StepMeasurement MEASURED =
            new StepMeasurement(OptionalDouble.of(3000), OptionalLong.of(1_000_000));

    @TempDir
    Path temp;

    private final List<LoopEvent> events = Collections.synchronizedList(new ArrayList<>());

    /** Takes one step and leaves one demonstration out. */
    private static final class TalkingStudent implements Student {
        @Override
        public List<Response> answer(List<Instruction> batch) {
            return batch.stream().map(instruction -> Response.of("wrong")).toList();
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) {
            context.onNotice("one is too long");
            context.onStep(POINT, 1, MEASURED);
            return new ImitationSummary(demonstrations.size() - 1, 1, 4100, 99, List.of(POINT));
        }

        @Override
        public void save(Path directory) {}

        @Override
        public void restore(Path directory) {}

        @Override
        public void close() {}
    }

    private ImitationSummary run() {
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            AdversarialLoop.builder()
                    .teacher(instruction -> Response.of("right"))
                    .referee(comparison -> Verdict.of(5, 5))
                    .generator(request -> GenerationResponse.of())
                    .student(new TalkingStudent())
                    .listener(events::add)
                    .config(LoopConfig.builder().iterations(0).build())
                    .build()
                    .run(
                            InstructionPool.of(List.of(Instruction.of("add 1 and 2"), Instruction.of("name a colour"))),
                            run);
            return run.summaries().get(0).imitation();
        }
    }

    private <E extends LoopEvent> Stream<E> told(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    @Test
    void run_studentTakesAStep_tellsWhatWasMeasuredAndKeepsTheRest() {
        ImitationSummary kept = run();

        assertThat(told(LoopEvent.TrainingStep.class))
                .containsExactly(new LoopEvent.TrainingStep(0, POINT, 1, MEASURED));
        assertThat(kept.losses()).containsExactly(POINT);
    }

    @Test
    void run_studentLeavesOneOut_saysSoWithItsTokens() {
        ImitationSummary kept = run();

        assertThat(told(LoopEvent.Notice.class)).contains(new LoopEvent.Notice(0, Stage.IMITATION, "one is too long"));
        assertThat(told(LoopEvent.StageFinished.class).map(LoopEvent.StageFinished::result))
                .anyMatch(words -> words.contains("learnt from 1 answers")
                        && words.contains("1 left out as too long or empty (4,100 tokens)"));
        assertThat(kept.skippedTokens()).isEqualTo(4100);
    }
}
