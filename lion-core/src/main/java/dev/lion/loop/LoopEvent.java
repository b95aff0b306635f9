package dev.lion.loop;

import dev.lion.cost.Budget;
import dev.lion.data.Amount;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.PaidRole;
import dev.lion.data.Regression;
import dev.lion.role.StepMeasurement;
import dev.lion.run.IterationSummary;
import dev.lion.run.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a {@link LoopListener} is told. */
public sealed interface LoopEvent {
    /**
     * A new run begins.
     *
     * @param run its directory
     * @param config its settings
     * @param seeds number of seed instructions
     */
    record RunStarted(Path run, LoopConfig config, int seeds) implements LoopEvent {}

    /**
     * An earlier run goes on.
     *
     * @param run its directory
     * @param config its settings
     * @param seeds number of seed instructions
     * @param finished what was done before, in whole iterations
     */
    record RunResumed(Path run, LoopConfig config, int seeds, List<IterationSummary> finished) implements LoopEvent {}

    /**
     * A stage begins or goes on.
     *
     * @param iteration from 0
     * @param stage which
     * @param items what {@link Progress} counts up to: instructions to answer, to judge, or to accept; 0 when not known
     */
    record StageStarted(int iteration, Stage stage, int items) implements LoopEvent {}

    /**
     * Another item of a stage is done.
     *
     * @param iteration from 0
     * @param stage which
     * @param done items done so far, those of earlier sittings included
     * @param items all items
     */
    record Progress(int iteration, Stage stage, int done, int items) implements LoopEvent {}

    /**
     * The student took a training step.
     *
     * @param iteration from 0
     * @param point loss, learning rate and norm of the gradient
     * @param totalSteps steps of this imitation
     * @param measured tokens a second and memory, where the student measures them
     */
    record TrainingStep(int iteration, LossPoint point, long totalSteps, StepMeasurement measured)
            implements LoopEvent {}

    /**
     * A call failed and is made again.
     *
     * @param role who was called
     * @param iteration from 0
     * @param stage during which stage
     * @param instructionId about which instruction, when it was about one
     * @param attempt the attempt that failed, from 1
     * @param reason what the role said
     */
    record Retried(Role role, int iteration, Stage stage, Optional<String> instructionId, int attempt, String reason)
            implements LoopEvent {}

    /**
     * An item failed for good, or came back unusable; the stage goes on without it.
     *
     * @param role who was called
     * @param iteration from 0
     * @param stage during which stage
     * @param instructionId about which instruction
     * @param reason why it is left out
     */
    record ItemSetAside(Role role, int iteration, Stage stage, String instructionId, String reason)
            implements LoopEvent {}

    /**
     * Something that the user should know, which stops nothing.
     *
     * @param iteration from 0
     * @param stage during which stage
     * @param message what
     */
    record Notice(int iteration, Stage stage, String message) implements LoopEvent {}

    /**
     * Nothing was finished for {@link LoopConfig#stallWarning()}; told again each time the quiet has doubled. The run goes
     * on waiting, calls until {@link LoopConfig#callTimeout()}.
     *
     * @param role who is awaited longest; empty when no call is under way and the loop itself is at work
     * @param stage during which stage; empty before the first
     * @param instructionId about which instruction, when that call is about one
     * @param quiet how long nothing was finished
     * @param underWay calls under way, pauses before another attempt included
     * @param awaited all of this in words
     */
    record Stalled(
            Optional<Role> role,
            Optional<Stage> stage,
            Optional<String> instructionId,
            Duration quiet,
            int underWay,
            String awaited)
            implements LoopEvent {}

    /**
     * Another hundredth of a limit on money, tokens or calls is spent.
     *
     * @param iteration from 0
     * @param stage during which stage
     * @param soFar what is spent, in earlier sittings too
     * @param budget the limits
     */
    record Spent(int iteration, Stage stage, Amount soFar, Budget budget) implements LoopEvent {}

    /**
     * A batch of questions was submitted, or looked at, or ended; told at every look, so that a wait of hours is seen to be
     * one.
     *
     * @param role who was asked
     * @param iteration from 0
     * @param stage during which stage
     * @param id the provider's name for the batch
     * @param questions how many
     * @param state how far it has come
     * @param age how long ago it was submitted
     * @param detail the state in words, the provider's where it has some
     */
    record Batch(
            Role role, int iteration, Stage stage, String id, int questions, State state, Duration age, String detail)
            implements LoopEvent {
        /** How far a batch has come. */
        public enum State {
            /** The provider took it. */
            SUBMITTED,
            /** A later sitting goes on waiting for it. */
            TAKEN_UP,
            /** The provider is at it. */
            RUNNING,
            /** The provider cannot be asked about it for now. */
            UNREACHABLE,
            /** Its deadline passed, so the provider was asked to end it. */
            CANCELLED,
            /** The run stops, while the provider goes on with it. */
            LEFT_RUNNING,
            /** Its answers are kept. */
            ENDED,
            /** It brought nothing. */
            LOST
        }
    }

    /**
     * A stage is finished and its files are on disk.
     *
     * @param iteration from 0
     * @param stage which
     * @param duration how long this sitting took
     * @param result what it did, in words
     */
    record StageFinished(int iteration, Stage stage, Duration duration, String result) implements LoopEvent {}

    /**
     * What the calls of a stage took, told behind {@link StageFinished} when there were any that took tokens or failed; those of
     * earlier sittings are included.
     *
     * @param iteration from 0
     * @param stage which
     * @param byRole calls, failed ones among them, tokens and money, of every role that was called
     */
    record StageSpent(int iteration, Stage stage, Map<PaidRole, Amount> byRole) implements LoopEvent {
        public StageSpent {
            byRole = Collections.unmodifiableMap(new EnumMap<>(byRole));
        }

        /** All roles together. */
        public Amount total() {
            return byRole.values().stream().reduce(Amount.NONE, Amount::plus);
        }

        /** As in {@code generator 12 calls (1 failed), 3,400 tokens read, 560 written, $0.02}; roles are parted by semicolons. */
        public String inWords() {
            return byRole.entrySet().stream()
                    .map(each -> each.getKey() + " " + inWords(each.getValue()))
                    .collect(Collectors.joining("; "));
        }

        private static String inWords(Amount amount) {
            return String.format(
                    Locale.ROOT,
                    "%,d %s%s, %,d tokens read, %,d written%s",
                    amount.calls(),
                    amount.calls() == 1 ? "call" : "calls",
                    amount.failed() == 0 ? "" : String.format(Locale.ROOT, " (%,d failed)", amount.failed()),
                    amount.tokens().inputTokens(),
                    amount.tokens().outputTokens(),
                    amount.money().map(money -> ", " + money).orElse(""));
        }
    }

    /**
     * The student is worse than an earlier one by more than chance explains; told before {@link IterationFinished}.
     *
     * @param iteration from 0
     * @param regression by how much, and since when
     */
    record Regressed(int iteration, Regression regression) implements LoopEvent {}

    /** An iteration is finished. */
    record IterationFinished(IterationSummary summary) implements LoopEvent {}

    /** The run returned; not told when it ended by an exception. */
    record RunFinished(LoopResult result) implements LoopEvent {}
}
