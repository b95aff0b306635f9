package dev.lion.testing;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.Instruction;
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
 * A student whose whole mind is one number, which every demonstration changes: it answers differently after learning
 * anything else, in another order, or under another seed, so that two equal runs have learnt the same. A step is one
 * demonstration; it checkpoints before each, and stops there when it is asked to. It starts with 0, holds nothing that must be
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
        for (; learnt < demonstrations.size(); learnt++) {
            write(checkpoint, learnt);
            if (context.stopRequested()) {
                throw new StoppedException("after " + learnt + " demonstrations");
            }
            Demonstration demonstration = demonstrations.get(learnt);
            mind = 31 * mind + demonstration.response().text().hashCode() + context.randomSeed();
            context.onStep(point(learnt + 1), demonstrations.size());
        }
        List<LossPoint> losses = new ArrayList<>();
        for (int step = 1; step <= learnt; step++) {
            losses.add(point(step));
        }
        return ImitationSummary.ofAll(learnt, 10L * learnt, losses);
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
