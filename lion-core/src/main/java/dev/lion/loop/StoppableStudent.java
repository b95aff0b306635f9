package dev.lion.loop;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The student as an evaluation sees it: when the run is to stop, it answers no further batch. */
record StoppableStudent(Student student, StopSignal stop) implements Student {
    @Override
    public List<Response> answer(List<Instruction> batch) throws Exception {
        stop.throwIfRequested();
        return student.answer(batch);
    }

    @Override
    public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) throws Exception {
        return student.imitate(demonstrations, context);
    }

    @Override
    public void save(Path directory) throws IOException {
        student.save(directory);
    }

    @Override
    public void restore(Path directory) throws IOException {
        student.restore(directory);
    }

    @Override
    public void close() {
        student.close();
    }
}
