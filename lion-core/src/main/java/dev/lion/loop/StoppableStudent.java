package dev.lion.loop;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Candidates;
import dev.lion.role.ScoringStudent;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The student as an evaluation sees it: when the run is to stop, it is asked nothing further. */
class StoppableStudent implements Student {
    private final Student student;
    private final StopSignal stop;

    private StoppableStudent(Student student, StopSignal stop) {
        this.student = student;
        this.stop = stop;
    }

    /** One that says how likely answers are where the student does. */
    static Student of(Student student, StopSignal stop) {
        return student instanceof ScoringStudent scoring
                ? new Scoring(scoring, stop)
                : new StoppableStudent(student, stop);
    }

    private static final class Scoring extends StoppableStudent implements ScoringStudent {
        private final ScoringStudent student;
        private final StopSignal stop;

        Scoring(ScoringStudent student, StopSignal stop) {
            super(student, stop);
            this.student = student;
            this.stop = stop;
        }

        @Override
        public List<List<Double>> scores(List<Candidates> batch) throws Exception {
            stop.throwIfRequested();
            return student.scores(batch);
        }
    }

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
