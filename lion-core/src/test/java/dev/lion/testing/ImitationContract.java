package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.Instruction;
import dev.lion.data.Preference;
import dev.lion.data.Response;
import dev.lion.role.StoppedException;
import dev.lion.role.Student;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the loop relies on when a student learns. Extend {@link StudentContract}, which adds the rest. */
public abstract sealed class ImitationContract permits StudentContract {
    @TempDir
    Path temp;

    /**
     * A student that has learnt nothing of {@link #lessons()}; each call makes one of the same state. The contract closes
     * it.
     */
    protected abstract Student create() throws Exception;

    /** At least four short demonstrations that the student can learn from; sums by default. */
    protected List<Demonstration> lessons() {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(i -> new Demonstration(
                        Instruction.of("What is " + i + " plus " + i + "?"), Response.of("It is " + 2 * i + ".")))
                .toList();
    }

    /**
     * Whether a student that does the same things gives the same answers and saves the same files, to the last bit; true by
     * default. Where it does not, a run that is resumed may end differently from one that was not.
     */
    protected boolean isDeterministic() {
        return true;
    }

    /**
     * Whether a stop ends an imitation between two of its steps; true by default. Without it the run ends only when the
     * imitation is done, and a kill costs the whole imitation.
     */
    protected boolean stopsBetweenSteps() {
        return true;
    }

    /** How long a call may take before it counts as hanging; one minute by default. */
    protected Duration patience() {
        return Duration.ofMinutes(1);
    }

    /** Every demonstration is either learnt from or counted as left out. */
    @Test
    public void imitate_lessons_accountsForEach() throws Exception {
        try (Student student = create()) {
            ImitationSummary summary = student.imitate(lessons(), training(1));
            assertThat(summary).as("what imitate returned").isNotNull();
            assertThat(summary.examples()).as("examples learnt from").isPositive();
            assertThat(summary.skipped()).as("examples left out").isNotNegative();
            assertThat(summary.examples() + summary.skipped())
                    .as("examples learnt from and left out")
                    .isEqualTo(lessons().size());
            assertThat(summary.tokens()).as("tokens").isNotNegative();
            assertThat(summary.skippedTokens())
                    .as("tokens of the %d examples left out", summary.skipped())
                    .isBetween(0L, summary.skipped() == 0 ? 0 : Long.MAX_VALUE);
        }
    }

    /** The steps are reported in order while they are made, and again in the summary. */
    @Test
    public void imitate_lessons_reportsItsStepsInOrder() throws Exception {
        try (Student student = create()) {
            ScriptedTraining training = training(1);
            List<LossPoint> losses = student.imitate(lessons(), training).losses();
            assertThat(losses).as("the summary's losses, against onStep").isEqualTo(training.points());
            assertThat(losses.stream().map(LossPoint::step))
                    .as("step numbers")
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .allMatch(step -> step >= 1);
            assertThat(losses)
                    .as("losses, learning rates and, where they are known, norms of the gradient")
                    .allMatch(point -> Double.isFinite(point.loss())
                            && point.learningRate() >= 0
                            && point.gradientNorm().stream().allMatch(norm -> norm >= 0 && Double.isFinite(norm)));
            for (int i = 0; i < losses.size(); i++) {
                assertThat(losses.get(i).step())
                        .as("a step, against the steps altogether")
                        .isLessThanOrEqualTo(training.totals().get(i));
            }
        }
    }

    /** The loss at the end is lower than at the beginning, where steps are reported. */
    @Test
    public void imitate_lessons_lowersTheLoss() throws Exception {
        try (Student student = create()) {
            List<LossPoint> losses = student.imitate(lessons(), training(1)).losses();
            int third = losses.size() / 3;
            assumeTrue(third > 0, "too few steps are reported to compare");
            assertThat(mean(losses.subList(losses.size() - third, losses.size())))
                    .as("mean loss of the last third of the steps, against the first")
                    .isLessThan(mean(losses.subList(0, third)));
        }
    }

    private static double mean(List<LossPoint> points) {
        return points.stream().mapToDouble(LossPoint::loss).average().orElseThrow();
    }

    /** The student answers differently afterwards. */
    @Test
    public void imitate_lessons_changesTheAnswers() throws Exception {
        try (Student student = create()) {
            List<Response> before = student.answer(instructions());
            student.imitate(lessons(), training(1));
            assertThat(student.answer(instructions()))
                    .as("answers to the lessons")
                    .isNotEqualTo(before);
        }
    }

    /** Equal lessons and seeds make equal students, if the adapter says so. */
    @Test
    public void imitate_sameSeed_endsTheSame() throws Exception {
        assumeTrue(isDeterministic(), "the adapter does not promise equal students");
        try (Student student = create();
                Student other = create()) {
            assertThat(other.imitate(lessons(), training(1)))
                    .as("the summary; override isDeterministic() if it may differ")
                    .isEqualTo(student.imitate(lessons(), training(1)));
            assertSame("a student that was taught alike", other, student);
        }
    }

    /** When a stop ends an imitation, and who continues it. */
    enum Stop {
        BEFORE_THE_FIRST_STEP(false),
        HALFWAY(false),
        HALFWAY_AND_CONTINUED_BY_ANOTHER(true);

        private final boolean continuedByAnother;

        Stop(boolean continuedByAnother) {
            this.continuedByAnother = continuedByAnother;
        }
    }

    /**
     * A stop ends the imitation with a {@link StoppedException}, and the same call on the same student, or on another that
     * was made alike after a restart, ends as if there had been no stop.
     */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    public void imitate_stoppedAndContinued_endsAsUninterrupted(Stop stop) throws Exception {
        assumeTrue(stopsBetweenSteps(), "the adapter does not stop between steps");
        try (Student whole = create();
                Student cut = create();
                Student another = create()) {
            ScriptedTraining uninterrupted = training(1);
            ImitationSummary summary = whole.imitate(lessons(), uninterrupted);
            int steps = stop == Stop.BEFORE_THE_FIRST_STEP
                    ? 0
                    : uninterrupted.points().size() / 2;
            ScriptedTraining training = training(1);

            assertThatThrownBy(() -> cut.imitate(lessons(), training.stoppedAfter(steps)))
                    .as("a stop requested after %d steps; override stopsBetweenSteps() if none is possible", steps)
                    .isInstanceOf(StoppedException.class);
            Student continued = stop.continuedByAnother ? another : cut;
            ImitationSummary afterwards = continued.imitate(lessons(), training);

            assertThat(afterwards.examples()).as("examples").isEqualTo(summary.examples());
            if (isDeterministic()) {
                assertThat(afterwards)
                        .as("the summary of a continued imitation")
                        .isEqualTo(summary);
                assertSame("a student whose imitation was continued", continued, whole);
            }
        }
    }

    /** Preferences beside the demonstrations change nothing about how those are accounted for; whoever learns from them says so. */
    @Test
    public void imitate_withPreferences_accountsForEach() throws Exception {
        try (Student student = create()) {
            ScriptedTraining training = training(1).preferring(preferences());
            ImitationSummary summary = student.imitate(lessons(), training);
            assertThat(summary.examples() + summary.skipped())
                    .as("examples learnt from and left out, without the preferences")
                    .isEqualTo(lessons().size());
            summary.preferences()
                    .ifPresent(part -> assertThat(part.pairs() + part.skipped())
                            .as("pairs of answers learnt from and left out")
                            .isEqualTo(preferences().size()));
            assertThat(summary.losses())
                    .as("the summary's losses, against onStep")
                    .isEqualTo(training.points());
        }
    }

    /** An imitation with preferences that was stopped near its end goes on to the same end with the same preferences. */
    @Test
    public void imitate_withPreferencesStoppedAndContinued_endsAsUninterrupted() throws Exception {
        assumeTrue(stopsBetweenSteps(), "the adapter does not stop between steps");
        assumeTrue(isDeterministic(), "the adapter does not promise equal students");
        try (Student whole = create();
                Student cut = create()) {
            ScriptedTraining uninterrupted = training(1).preferring(preferences());
            ImitationSummary summary = whole.imitate(lessons(), uninterrupted);
            int steps = uninterrupted.points().size() * 3 / 4;
            ScriptedTraining training = training(1).preferring(preferences());
            assertThatThrownBy(() -> cut.imitate(lessons(), training.stoppedAfter(steps)))
                    .as("a stop requested after %d steps", steps)
                    .isInstanceOf(StoppedException.class);
            assertThat(cut.imitate(lessons(), training))
                    .as("the summary of a continued imitation")
                    .isEqualTo(summary);
            assertSame("a student whose imitation was continued", cut, whole);
        }
    }

    /** A student that was restored learns on as the one that was saved. */
    @Test
    public void imitate_afterRestore_endsAsUninterrupted() throws Exception {
        assumeTrue(isDeterministic(), "the adapter does not promise equal students");
        try (Student whole = create();
                Student restored = create()) {
            whole.imitate(lessons(), training(1));
            Path saved = directory();
            whole.save(saved);
            restored.restore(saved);
            assertThat(restored.imitate(lessons(), training(2)))
                    .as("the summary of what was learnt after a restore")
                    .isEqualTo(whole.imitate(lessons(), training(2)));
            assertSame("a student that learnt on after a restore", restored, whole);
        }
    }

    /** An interrupt may end an imitation, and is not lost. */
    @Test
    public void imitate_onAnInterruptedThread_passesTheInterruptOn() throws Exception {
        try (Student student = create()) {
            ScriptedTraining training = training(1);
            InterruptedCall.interruptedBefore(() -> student.imitate(lessons(), training), patience())
                    .assertPassedOn();
        }
    }

    /** Each lesson's answer is preferred to the next lesson's. */
    private List<Preference> preferences() {
        List<Demonstration> lessons = lessons();
        return IntStream.range(0, lessons.size() - 1)
                .filter(i -> !text(lessons, i).equals(text(lessons, i + 1)))
                .mapToObj(i -> new Preference(
                        lessons.get(i).instruction(),
                        lessons.get(i).response(),
                        lessons.get(i + 1).response()))
                .toList();
    }

    private static String text(List<Demonstration> lessons, int index) {
        return lessons.get(index).response().text();
    }

    final List<Instruction> instructions() {
        return lessons().stream().map(Demonstration::instruction).toList();
    }

    /** An imitation with a directory of its own. */
    final ScriptedTraining training(long seed) throws IOException {
        return ScriptedTraining.in(directory(), seed);
    }

    final Path directory() throws IOException {
        return Files.createTempDirectory(temp, "d");
    }

    final StudentState state(Student student) throws Exception {
        return StudentState.of(student, instructions(), directory());
    }

    final void assertSame(String who, Student student, Student expected) throws Exception {
        assertSame(who, state(student), state(expected));
    }

    final void assertSame(String who, StudentState state, StudentState expected) {
        assumeTrue(isDeterministic(), "the adapter does not promise equal answers");
        assertThat(state.answers()).as("answers of " + who).isEqualTo(expected.answers());
        assertThat(state.files()).as("files of " + who).isEqualTo(expected.files());
    }
}
