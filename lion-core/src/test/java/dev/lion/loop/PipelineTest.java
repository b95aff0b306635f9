package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.Referee;
import dev.lion.role.Student;
import dev.lion.role.Teacher;
import dev.lion.role.TrainingContext;
import dev.lion.run.RunDirectory;
import dev.lion.run.Stage;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Discrimination as a pipeline: who works while whom. Roles wait for each other, never for a time. */
@Timeout(60)
class PipelineTest {
    private static final InstructionPool SEEDS = InstructionPool.of(IntStream.range(0, 8)
            .mapToObj(i -> Instruction.of("seed number " + i))
            .toList());

    @TempDir
    Path temp;

    private final Set<String> discriminating = ConcurrentHashMap.newKeySet();

    private LoopResult run(AdversarialLoop.Builder loop) {
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            return loop.build().run(SEEDS, run);
        }
    }

    private AdversarialLoop.Builder loop(Student student) {
        return LoopFixture.loop(ScriptedRoles.prompt(), student)
                .config(LoopFixture.config()
                        .iterations(1)
                        .generatedPerIteration(1)
                        .maxConcurrentCalls(8)
                        .studentBatch(4)
                        .build())
                .listener(event -> {
                    if (event instanceof LoopEvent.StageStarted started && started.stage() == Stage.DISCRIMINATION) {
                        discriminating.add("yes");
                    }
                });
    }

    private boolean isDiscriminating() {
        return !discriminating.isEmpty();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS))
                .as("the other one works too")
                .isTrue();
    }

    /** Its second batch is not done before somebody else is seen at work. */
    private static final class WaitingStudent implements Student {
        private final CountingStudent sound = new CountingStudent();
        private final CountDownLatch second = new CountDownLatch(2);
        private final CountDownLatch others;

        private WaitingStudent(CountDownLatch others) {
            this.others = others;
        }

        @Override
        public List<Response> answer(List<Instruction> batch) throws InterruptedException {
            second.countDown();
            if (second.getCount() == 0) {
                await(others);
            }
            return sound.answer(batch);
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> lessons, TrainingContext context) throws IOException {
            return sound.imitate(lessons, context);
        }

        @Override
        public void save(Path directory) throws IOException {
            sound.save(directory);
        }

        @Override
        public void restore(Path directory) throws IOException {
            sound.restore(directory);
        }

        @Override
        public void close() {}
    }

    private record CountedBatches(CountingStudent sound, AtomicInteger batches, CountDownLatch some)
            implements Student {
        private CountedBatches(AtomicInteger batches, CountDownLatch some) {
            this(new CountingStudent(), batches, some);
        }

        @Override
        public List<Response> answer(List<Instruction> batch) {
            batches.incrementAndGet();
            some.countDown();
            return sound.answer(batch);
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> lessons, TrainingContext context) throws IOException {
            return sound.imitate(lessons, context);
        }

        @Override
        public void save(Path directory) throws IOException {
            sound.save(directory);
        }

        @Override
        public void restore(Path directory) throws IOException {
            sound.restore(directory);
        }

        @Override
        public void close() {}
    }

    @Test
    void discrimination_studentAtItsSecondBatch_teacherAndRefereeWorkOnTheFirst() {
        CountDownLatch others = new CountDownLatch(2);
        WaitingStudent student = new WaitingStudent(others);
        Teacher teacher = instruction -> {
            boolean late = instruction.text().equals("seed number 1");
            if (late && !isDiscriminating()) {
                throw new IllegalStateException("not now");
            }
            if (late) {
                others.countDown();
                await(student.second);
            }
            return Response.of("fine");
        };
        AtomicInteger judged = new AtomicInteger();
        Referee referee = comparison -> {
            if (judged.getAndIncrement() == 0) {
                others.countDown();
                await(student.second);
                await(others); // teacher, referee and student, all three at the same moment
            }
            return Verdict.of(5, 5);
        };
        assertThat(run(loop(student).teacher(teacher).referee(referee)).status())
                .isEqualTo(LoopResult.Status.COMPLETED);
    }

    @Test
    void discrimination_refereeIsSlow_studentRunsAheadAFewBatchesAndNoFurther() {
        InstructionPool many = InstructionPool.of(IntStream.range(0, 200)
                .mapToObj(i -> Instruction.of("seed number " + i))
                .toList());
        AtomicInteger batches = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        Teacher teacher = instruction -> Response.of("fine");
        AtomicInteger judged = new AtomicInteger();
        AtomicInteger furthest = new AtomicInteger();
        Referee referee = comparison -> {
            await(three);
            furthest.accumulateAndGet(8 * batches.get() - judged.getAndIncrement(), Math::max);
            return Verdict.of(5, 5);
        };
        LoopConfig config = LoopFixture.config()
                .iterations(1)
                .generatedPerIteration(1)
                .studentBatch(4)
                .build();
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            loop(new CountedBatches(batches, three))
                    .teacher(teacher)
                    .referee(referee)
                    .config(config)
                    .build()
                    .run(many, run);
        }
        assertThat(furthest).hasValueLessThanOrEqualTo(24); // 16 calls may be outstanding when a batch of 8 begins
        assertThat(batches).hasValue(50);
    }

    @Test
    void discrimination_teacherFailedBefore_isAskedOnceMoreAndItsAnswerKept() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        Teacher teacher = instruction -> {
            asked.add(instruction.text());
            if (instruction.text().equals("seed number 1") && !isDiscriminating()) {
                throw new IllegalStateException("not now");
            }
            return Response.of("fine");
        };
        LoopConfig config =
                LoopFixture.config().iterations(2).generatedPerIteration(1).build();
        LoopResult result = run(loop(new CountingStudent())
                .teacher(teacher)
                .referee(comparison -> Verdict.of(5, 5))
                .config(config));
        assertThat(result.iterations().get(0).unanswered()).isEqualTo(1);
        assertThat(result.iterations().get(1).discrimination().orElseThrow().missing())
                .isZero();
        assertThat(result.iterations().get(2).discrimination().orElseThrow().missing())
                .isZero();
        assertThat(Collections.frequency(asked, "seed number 1")).isEqualTo(2);
        RunDirectory run = RunDirectory.read(temp.resolve("run"));
        assertThat(run.teacherAnswers())
                .containsEntry(SEEDS.instructions().get(1).id(), Response.of("fine"));
        assertThat(run.path().resolve("iteration-1/late-answers.jsonl"))
                .content()
                .hasLineCount(1);
        assertThat(run.path().resolve("iteration-2/late-answers.jsonl")).doesNotExist();
    }

    @Test
    void discrimination_teacherFailsAgain_isLeftOutAndNotCountedTwice() {
        Teacher teacher = instruction -> {
            if (instruction.text().equals("seed number 1")) {
                throw new IllegalStateException("never");
            }
            return Response.of("fine");
        };
        LoopConfig config = LoopFixture.config()
                .iterations(1)
                .generatedPerIteration(1)
                .maxAttempts(1)
                .toleratedFailureShare(0.13)
                .build();
        Referee referee = comparison -> {
            if (comparison.instruction().text().equals("seed number 2")) {
                throw new IllegalStateException("no verdict"); // 1 of 8 items, with the teacher's it would be 2
            }
            return Verdict.of(5, 5);
        };
        LoopResult result = run(
                loop(new CountingStudent()).teacher(teacher).referee(referee).config(config));
        assertThat(result.iterations().get(1).discrimination().orElseThrow().missing())
                .isEqualTo(2);
    }

    @Test
    void discrimination_cutOffAfterALateAnswer_endsAsIfItHadNotBeen() {
        // one late answer is cut, so it must not change which instructions take part when the stage goes on
        Teacher teacher = instruction -> {
            boolean late = List.of("seed number 0", "seed number 1").contains(instruction.text());
            if (late && !isDiscriminating()) {
                throw new IllegalStateException("not now");
            }
            return Response.of(instruction.text().endsWith(" 1") ? "" : "fine " + instruction.text());
        };
        LoopConfig config = LoopFixture.config()
                .iterations(1)
                .generatedPerIteration(1)
                .studentBatch(2)
                .maxConcurrentCalls(1)
                .build();
        run(loop(new CountingStudent()).teacher(teacher).config(config));
        Path whole = temp.resolve("whole");
        Trees.copy(temp.resolve("run"), whole);

        for (int cutAt = 1; cutAt < 10; cutAt++) {
            discriminating.clear();
            temp = temp.resolve("cut " + cutAt);
            breakDownAndGoOn(cutAt, teacher, config);
            assertThat(Trees.of(temp.resolve("run")))
                    .as("cut at call %d", cutAt)
                    .isEqualTo(Trees.of(whole));
        }
    }

    private void breakDownAndGoOn(int cutAt, Teacher teacher, LoopConfig config) {
        AtomicInteger calls = new AtomicInteger();
        Teacher breaking = instruction -> {
            if (isDiscriminating() && calls.incrementAndGet() == cutAt) {
                throw new ScriptedRoles.InjectedFault();
            }
            return teacher.answer(instruction);
        };
        Referee sound = ScriptedRoles.prompt().referee();
        Referee breakingReferee = comparison -> {
            if (calls.incrementAndGet() == cutAt) {
                throw new ScriptedRoles.InjectedFault();
            }
            return sound.judge(comparison);
        };
        try {
            run(loop(new CountingStudent())
                    .teacher(breaking)
                    .referee(breakingReferee)
                    .config(config));
        } catch (ScriptedRoles.InjectedFault e) {
            run(loop(new CountingStudent()).teacher(teacher).config(config));
        }
    }
}
