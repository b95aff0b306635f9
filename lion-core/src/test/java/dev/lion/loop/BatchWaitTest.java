package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import dev.lion.role.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchWaitTest {
    private final AtomicLong clock = new AtomicLong();
    private final List<LoopEvent> told = new ArrayList<>();
    private final StopSignal stop = new StopSignal();
    private final Watch watch = new Watch(LoopConfig.defaults(), new Events(List.of(told::add)), new Ticker() {
        @Override
        public long read() {
            return clock.get();
        }
    });
    private final BatchWait wait = new BatchWait(stop, watch);

    @Test
    void pause_longerThanAStallTakes_isNoStall() {
        watch.look();
        clock.addAndGet(Duration.ofHours(3).toNanos());
        wait.pause(Duration.ZERO);
        watch.look();
        assertThat(told).isEmpty();
    }

    @Test
    void pause_timeOfTheBudgetIsOverMeanwhile_endsAtOnce() {
        AtomicBoolean over = new AtomicBoolean();
        stop.alsoWhen(() -> over.getAndSet(true)); // not yet when the pause begins
        assertThatThrownBy(() -> wait.pause(Duration.ofDays(1))).isInstanceOf(StoppedException.class);
    }

    @Test
    void pause_interrupted_endsAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> wait.pause(Duration.ofDays(1))).isInstanceOf(StoppedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
