package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lion.role.RetryableRoleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the loop relies on alike in teacher, referee and generator: a call ends with a value or an exception, whatever the
 * text; several calls do not disturb each other; an interrupt ends a call and is passed on; failures say whether they may
 * pass.
 *
 * <p>Extend {@link TeacherContract}, {@link RefereeContract} or {@link GeneratorContract}. Each test makes a new adapter,
 * and works on the thread of the test but where it says otherwise.
 *
 * @param <R> the role
 * @param <Q> what it is asked
 * @param <A> what it returns
 */
public abstract sealed class RoleContract<R, Q, A> permits TeacherContract, RefereeContract, GeneratorContract {
    private static final int THREADS = 4;

    /** The adapter, ready to be called. */
    protected abstract R create() throws Exception;

    /**
     * Whether equal questions always get equal answers; true by default. A chat model that samples does not promise it, and
     * the loop does not need it: a run that is resumed then keeps the answers it has, and gets others for the rest.
     */
    protected boolean isDeterministic() {
        return true;
    }

    /** The adapter with a call that waits until it is interrupted; none by default, for adapters that never wait. */
    protected Optional<BlockedCall<R>> createBlocked() throws Exception {
        return Optional.empty();
    }

    /** The adapter in a trouble that may pass, such as an overloaded server; none by default. */
    protected Optional<R> createFailingForNow() throws Exception {
        return Optional.empty();
    }

    /** The adapter in a trouble that stays, such as a question that is refused; none by default. */
    protected Optional<R> createFailingForGood() throws Exception {
        return Optional.empty();
    }

    /** How long a call may take before it counts as hanging; one minute by default. */
    protected Duration patience() {
        return Duration.ofMinutes(1);
    }

    abstract A ask(R role, Q question) throws Exception;

    /** What any adapter of the role copes with, or the subclass says it does; at least two. */
    abstract List<Q> ordinary();

    /** Questions that contain a text. */
    abstract List<Q> unusual(String text);

    /** Whatever the text: a value or an exception. {@code null} and errors, such as a stack overflow, are neither. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lion.testing.UnusualTexts#all")
    public void call_unusualText_isAnsweredOrRefused(String text) throws Exception {
        R role = create();
        for (Q question : unusual(text)) {
            assertAnsweredOrRefused(role, question);
        }
    }

    private void assertAnsweredOrRefused(R role, Q question) {
        A answer;
        try {
            answer = ask(role, question);
        } catch (Exception refusal) {
            return;
        } catch (Throwable e) {
            throw new AssertionError(
                    "the call ended with " + e.getClass().getName()
                            + ", which ends the whole run; refuse with an exception instead",
                    e);
        }
        assertThat(answer)
                .as("what the call returned; refuse with an exception")
                .isNotNull();
    }

    /** Equal questions get equal answers, if the adapter says so. */
    @Test
    public void call_sameQuestionAgain_getsTheSameAnswer() throws Exception {
        assumeTrue(isDeterministic(), "the adapter does not promise equal answers");
        R role = create();
        R other = create();
        for (Q question : ordinary()) {
            A answer = ask(role, question);
            assertThat(List.of(ask(role, question), ask(other, question)))
                    .as("the answers to %s; override isDeterministic() if they may differ", question)
                    .allMatch(answer::equals);
        }
    }

    /** Calls from several threads at once all succeed, and get their own answers. */
    @Test
    public void call_severalThreadsAtOnce_eachGetsItsOwnAnswer() throws Exception {
        R role = create();
        List<A> alone = askAll(role, 0);
        List<Callable<List<A>>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int turn = thread;
            work.add(() -> askAll(role, turn));
        }
        for (List<A> answers : AtOnce.call(work, patience())) {
            assertThat(answers).as("answers to one of %d threads", THREADS).doesNotContainNull();
            if (isDeterministic()) {
                assertThat(answers).as("answers to one of %d threads", THREADS).isEqualTo(alone);
            }
        }
    }

    // the answers in the order of the questions, which are asked in another one in each turn
    private List<A> askAll(R role, int turn) throws Exception {
        List<Q> questions = new ArrayList<>(ordinary());
        Collections.rotate(questions, turn);
        List<A> answers = new ArrayList<>();
        for (Q question : questions) {
            answers.add(ask(role, question));
        }
        Collections.rotate(answers, -turn);
        return answers;
    }

    /** A call on an interrupted thread ends, and the interrupt is not lost. */
    @Test
    public void call_onAnInterruptedThread_passesTheInterruptOn() throws Exception {
        R role = create();
        Q question = ordinary().get(0);
        InterruptedCall.interruptedBefore(() -> ask(role, question), patience()).assertPassedOn();
    }

    /** A call that waits ends when its thread is interrupted, and the interrupt is not lost. */
    @Test
    public void call_interruptedWhileItWaits_endsAndPassesTheInterruptOn() throws Exception {
        Optional<BlockedCall<R>> blocked = createBlocked();
        assumeTrue(blocked.isPresent(), "no blocked call is given; override createBlocked() if a call can wait");
        R role = blocked.orElseThrow().role();
        Q question = ordinary().get(0);
        InterruptedCall.interruptedIn(
                        () -> ask(role, question), blocked.orElseThrow().reached(), patience())
                .assertPassedOn();
    }

    /** A failure that may pass is a {@link RetryableRoleException}: the loop tries again. */
    @Test
    public void call_failingForNow_isRetryable() throws Exception {
        Optional<R> failing = createFailingForNow();
        assumeTrue(failing.isPresent(), "no passing failure is given; override createFailingForNow() if there is one");
        assertThatThrownBy(() -> ask(failing.orElseThrow(), ordinary().get(0)))
                .isInstanceOf(RetryableRoleException.class);
    }

    /** A failure that stays is any other exception: the loop does not waste attempts on it. */
    @Test
    public void call_failingForGood_isNotRetryable() throws Exception {
        Optional<R> failing = createFailingForGood();
        assumeTrue(failing.isPresent(), "no lasting failure is given; override createFailingForGood() if there is one");
        assertThatThrownBy(() -> ask(failing.orElseThrow(), ordinary().get(0)))
                .isInstanceOf(Exception.class)
                .isNotInstanceOf(RetryableRoleException.class);
    }
}
