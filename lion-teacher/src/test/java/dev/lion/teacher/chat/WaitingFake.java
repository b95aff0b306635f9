package dev.lion.teacher.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock on which time passes when somebody sleeps, and when the test says so. */
final class WaitingFake implements Waiting {
    private final List<Duration> pauses = new ArrayList<>();
    private Duration now = Duration.ofDays(3);

    void pass(Duration time) {
        now = now.plus(time);
    }

    List<Duration> pauses() {
        return pauses;
    }

    @Override
    public long nanos() {
        return now.toNanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        pauses.add(duration);
        pass(duration);
    }
}
