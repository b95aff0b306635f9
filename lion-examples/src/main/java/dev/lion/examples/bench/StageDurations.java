package dev.lion.examples.bench;

import dev.lion.loop.LoopEvent;
import dev.lion.loop.LoopListener;
import dev.lion.run.Stage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How long the stages of a run took. Told by the loop, asked after it. */
final class StageDurations implements LoopListener {
    private final Map<String, Duration> durations = new ConcurrentHashMap<>();

    @Override
    public void on(LoopEvent event) {
        if (event instanceof LoopEvent.StageFinished finished) {
            durations.put(key(finished.iteration(), finished.stage()), finished.duration());
        }
    }

    private static String key(int iteration, Stage stage) {
        return iteration + " " + stage;
    }

    /** Seconds that a stage took. */
    double seconds(int iteration, Stage stage) {
        return Optional.ofNullable(durations.get(key(iteration, stage)))
                        .orElseThrow(() -> new IllegalStateException(stage + " was not finished"))
                        .toNanos()
                / 1e9;
    }
}
