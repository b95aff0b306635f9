package dev.lion.student.serving;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How many requests are open; whoever closes the server waits until there are none. */
final class OpenRequests {
    private int open;

    synchronized void enter() {
        open++;
    }

    synchronized void leave() {
        open--;
        notifyAll();
    }

    /** Waits until none is open, for that long at most; whether there is none. */
    synchronized boolean awaitNone(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); open > 0 && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return open == 0;
    }
}
