package dev.lion.testing;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.Instruction;
import dev.lion.data.Preference;
import dev.lion.data.Response;
import dev.lion.role.StoppedException;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A student whose whole mind is one number, which every demonstration and, behind them, every preference changes: it answers
 * differently after learning anything else, in another order, or under another seed, so that two equal runs have learnt the
 * same. A step is one of either; it checkpoints before each, and stops there when it is asked to. It starts with 0, holds nothing that must be
 * freed, and fulfils {@link StudentContract}.
 */
public final class CountingStudent implements Student {
    private long mind;

    @Override
    public List<Response> answer(List<Instruction> batch) {
        return batch.stream()
                .map(instruction -> Response.of("student " + mind + " on " + instruction.id()))
                .toList();
    }

    @Override
    public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) throws IOException {
        Path checkpoint = context.checkpointDirectory().resolve("progress");
        int learnt = 0;
        if (Files.exists(checkpoint)) {
            List<String> progress = Files.readAllLines(checkpoint);
            learnt = Integer.parseInt(progress.get(0));
            mind = Long.parseLong(progress.get(1));
        }
        List<Preference> preferences = context.preferences();
        int steps = demonstrations.size() + preferences.size();
        for (; learnt < steps; learnt++) {
            write(checkpoint, learnt);
            if (context.stopRequested()) {
                throw new StoppedException("after " + learnt + " steps");
            }
            int lesson = learnt < demonstrations.size()
                    ? demonstrations.get(learnt).response().text().hashCode()
                    : lesson(preferences.get(learnt - demonstrations.size()));
            mind = 31 * mind + lesson + context.randomSeed();
            context.onStep(point(learnt + 1), steps);
        }
        return summary(demonstrations.size(), preferences.size());
    }

    private static int lesson(Preference preference) {
        return preference.chosen().text().hashCode()
                - 7 * preference.rejected().text().hashCode();
    }

    private static ImitationSummary summary(int demonstrations, int preferences) {
        List<LossPoint> losses = new ArrayList<>();
        for (int step = 1; step <= demonstrations + preferences; step++) {
            losses.add(point(step));
        }
        int steps = demonstrations + preferences;
        ImitationSummary summary = ImitationSummary.ofAll(demonstrations, 10L * steps, losses);
        return preferences == 0
                ? summary
                : summary.with(new ImitationSummary.Preferences(preferences, 0, demonstrations + 1));
    }

    // whole or not at all, as a process may be killed meanwhile
    private void write(Path checkpoint, int learnt) throws IOException {
        Path pending = Files.writeString(checkpoint.resolveSibling("pending"), learnt + "\n" + mind + "\n");
        Files.move(pending, checkpoint, StandardCopyOption.ATOMIC_MOVE);
    }

    private static LossPoint point(int step) {
        return new LossPoint(step, 1.0 / step, 2e-5);
    }

    @Override
    public void save(Path directory) throws IOException {
        Files.writeString(directory.resolve("mind"), Long.toString(mind));
    }

    @Override
    public void restore(Path directory) throws IOException {
        mind = Long.parseLong(Files.readString(directory.resolve("mind")));
    }

    @Override
    public void close() {}
}
