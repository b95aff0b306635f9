package dev.lion.examples;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import java.nio.file.Path;
import java.util.List;

/** Stands where no student is needed; it can do nothing. */
final class AbsentStudent implements Student {
    @Override
    public List<Response> answer(List<Instruction> batch) {
        throw absent();
    }

    @Override
    public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) {
        throw absent();
    }

    @Override
    public void save(Path directory) {
        throw absent();
    }

    @Override
    public void restore(Path directory) {
        throw absent();
    }

    private static IllegalStateException absent() {
        return new IllegalStateException("no student is loaded");
    }

    @Override
    public void close() {}
}
