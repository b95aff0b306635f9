package dev.lion.examples.bench;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.loop.LoopEvent;
import dev.lion.loop.LoopListener;
import dev.lion.role.Teacher;
import dev.lion.run.Stage;
import java.util.Set;

/** A teacher that answers at once at first, but refuses some; from the first discrimination on it answers all, in its time. */
final class LateTeacher implements Teacher, LoopListener {
    private final Set<String> refused;
    private final Teacher atOnce;
    private final Teacher inTime;
    private volatile boolean open;

    LateTeacher(Set<String> refused, Teacher atOnce, Teacher inTime) {
        this.refused = Set.copyOf(refused);
        this.atOnce = atOnce;
        this.inTime = inTime;
    }

    @Override
    public void on(LoopEvent event) {
        if (event instanceof LoopEvent.StageStarted started && started.stage() == Stage.DISCRIMINATION) {
            open = true;
        }
    }

    @Override
    public Response answer(Instruction instruction) throws Exception {
        if (open) {
            return inTime.answer(instruction);
        }
        if (refused.contains(instruction.id())) {
            throw new IllegalStateException("not yet");
        }
        return atOnce.answer(instruction);
    }
}
