package dev.lion.loop;

/**
 * Told what a run does. Events come one at a time, from the loop's own threads, and the run waits for each: be quick. An
 * exception is logged and counted, and changes nothing.
 */
@FunctionalInterface
public interface LoopListener {
    /** Something happened. */
    void on(LoopEvent event);
}
