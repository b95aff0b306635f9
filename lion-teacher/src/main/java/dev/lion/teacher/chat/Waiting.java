package dev.lion.teacher.chat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads a clock and sleeps by it. */
interface Waiting {
    /** The system's. */
    Waiting SYSTEM = new Waiting() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    };

    /** Nanoseconds since some moment. */
    long nanos();

    /** Lets time pass. */
    void sleep(Duration duration) throws InterruptedException;
}
