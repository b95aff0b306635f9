package dev.lion.loop;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners, one event at a time. */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final List<LoopListener> listeners;
    private int failures;

    Events(List<LoopListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    synchronized void tell(LoopEvent event) {
        for (LoopListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                failures++;
                LOG.warn("the listener {} failed on {}; the run goes on", listener, event, e);
            }
        }
    }

    synchronized int failures() {
        return failures;
    }
}
