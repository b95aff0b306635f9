package dev.lion.loop;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners, one event at a time. */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final List<LoopListener> listeners;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable LoopListener told;
    private int failures;

    Events(List<LoopListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(LoopEvent event) {
        if (listeners.isEmpty()) {
            return;
        }
        turn.lock();
        try {
            tellAll(event);
        } finally {
            turn.unlock();
        }
    }

    /** Tells an event unless the listeners are busy with another one. */
    void tryTell(LoopEvent event) {
        if (turn.tryLock()) {
            try {
                tellAll(event);
            } finally {
                turn.unlock();
            }
        }
    }

    private void tellAll(LoopEvent event) {
        for (LoopListener listener : listeners) {
            told = listener;
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                failures++;
                LOG.warn("the listener {} failed on {}; the run goes on", listener, event, e);
            } finally {
                told = null;
            }
        }
    }

    /** The listener that is being told something at this moment. */
    Optional<String> awaitedListener() {
        return Optional.ofNullable(told).map(String::valueOf);
    }

    int failures() {
        turn.lock();
        try {
            return failures;
        } finally {
            turn.unlock();
        }
    }
}
