package dev.lion.student.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoder.TinyDecoders;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clock is moved by hand: a call takes what the test says. */
class ProcessorChoiceTest {
    private static final int TOKENS = 16;
    private static final long MILLISECOND = 1_000_000;

    private final AtomicLong clock = new AtomicLong();
    private TensorThreads threads;
    private ProcessorChoice choice;

    @BeforeEach
    void open() {
        threads = TensorThreads.of(2, TinyDecoders.TIED);
        choice = new ProcessorChoice(threads, clock::get);
    }

    @AfterEach
    void close() {
        threads.close();
    }

    /** One call, each token of which takes so long on one processor or on all; gives what it took. */
    private long call(long onOne, long onAll) {
        return call(onOne, onAll, TOKENS);
    }

    /** The same where the answer ends after so many tokens. */
    private long call(long onOne, long onAll, int left) {
        int tokens = Math.min(choice.tokens(TOKENS), left);
        long nanos = tokens * (choice.isOnAll() ? onAll : onOne);
        Supplier<Integer> writes = () -> {
            clock.addAndGet(nanos);
            return tokens;
        };
        threads.run(() -> choice.run(writes, Integer::intValue));
        return nanos;
    }

    private void callUntilAll(long onOne, long onAll) {
        while (!choice.isOnAll()) {
            call(onOne, onAll);
        }
    }

    @Test
    void run_allAreFaster_staysOnAllButForAComparison() {
        callUntilAll(MILLISECOND, MILLISECOND / 2);

        int onAll = 0;
        for (int i = 0; i < 1000; i++) {
            onAll += choice.isOnAll() ? 1 : 0;
            call(MILLISECOND, MILLISECOND / 2);
        }

        assertThat(onAll).isBetween(980, 990);
    }

    @Test
    void run_allAreManyTimesSlower_losesAFewPercent() {
        long took = 0;
        long calls = 0;
        for (; calls < 20_000; calls++) {
            took += call(MILLISECOND, 30 * MILLISECOND);
        }

        long tokens = calls * TOKENS;
        assertThat((double) took / (tokens * MILLISECOND)).isBetween(1.0, 1.04);
    }

    @Test
    void run_machineBecomesBusy_leavesAllAfterOneCallAndComesBackWhenItIsIdle() {
        callUntilAll(MILLISECOND, MILLISECOND / 2);
        call(MILLISECOND, MILLISECOND / 2);
        call(MILLISECOND, 30 * MILLISECOND);
        assertThat(choice.isOnAll()).isFalse();

        callUntilAll(MILLISECOND, MILLISECOND / 2);
        call(MILLISECOND, MILLISECOND / 2);

        assertThat(choice.isOnAll()).isTrue();
    }

    @Test
    void run_firstCallOnAllHasToMakeThreads_isTriedOnceMore() {
        callUntilAll(MILLISECOND, MILLISECOND / 2);
        call(MILLISECOND, 6 * MILLISECOND);
        assertThat(choice.isOnAll()).isTrue();

        call(MILLISECOND, MILLISECOND / 2);

        assertThat(choice.isOnAll()).isTrue();
    }

    @Test
    void run_answersEndEarlyOnOne_isComparedByTheTokensThatWereWritten() {
        while (!choice.isOnAll()) {
            call(MILLISECOND, MILLISECOND / 2, 1);
        }

        call(MILLISECOND, MILLISECOND / 2);

        assertThat(choice.isOnAll()).isTrue();
    }

    @Test
    void run_answerEndsEarlyOnAll_doesNotCountAsFaster() {
        callUntilAll(MILLISECOND, MILLISECOND);
        call(MILLISECOND, MILLISECOND);
        assertThat(choice.isOnAll()).isTrue();

        call(MILLISECOND, 2 * MILLISECOND, 1);

        assertThat(choice.isOnAll()).isFalse();
    }

    @Test
    void tokens_firstCallsOnAll_areShort() {
        callUntilAll(MILLISECOND, MILLISECOND / 2);

        assertThat(choice.tokens(TOKENS)).isEqualTo(ProcessorChoice.TOKENS_OF_TRIAL);
        call(MILLISECOND, MILLISECOND / 2);
        assertThat(choice.tokens(TOKENS)).isEqualTo(4 * ProcessorChoice.TOKENS_OF_TRIAL);
        call(MILLISECOND, MILLISECOND / 2);
        assertThat(choice.tokens(TOKENS)).isEqualTo(TOKENS);
    }
}
