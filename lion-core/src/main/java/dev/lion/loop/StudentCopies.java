package dev.lion.loop;

import dev.lion.role.Student;
import dev.lion.run.RunDirectory;
import java.nio.file.Path;
import java.util.Optional;

/** Which of the students on disk is the one in memory. For the coordinating thread. */
final class StudentCopies {
    private final RunContext context;
    private final RunDirectory run;
    private final Student student;
    private final Strategies strategies;
    private Optional<Path> inMemory = Optional.empty();

    StudentCopies(RunContext context, Strategies strategies) {
        this.context = context;
        this.run = context.run();
        this.student = context.roles().student();
        this.strategies = strategies;
    }

    /** Takes up the run's student: the kept one or, before there is one, the base when it is on disk. */
    void takeUp() {
        run.student().or(run::baseStudent).ifPresent(this::use);
    }

    /** Puts the student in memory from which an imitation starts; before the first, keeps it when it will be needed again. */
    void prepare(Sitting sitting) {
        if (sitting.iteration() == 0) {
            keepBase(sitting);
        } else if (strategies.startsFromBase(sitting.iteration())) {
            use(run.baseStudent().orElseThrow());
        }
        inMemory = Optional.empty(); // it is about to change
    }

    private void keepBase(Sitting sitting) {
        if (strategies.needsBase() && run.baseStudent().isEmpty()) {
            sitting.call(Role.STUDENT, "to save itself as it was given", () -> {
                Path pending = run.pendingBaseStudent();
                student.save(pending);
                return pending;
            });
            run.keepBaseStudent();
        }
    }

    /** The student in memory was saved there. */
    void saved(Path directory) {
        inMemory = Optional.of(directory);
    }

    /** Makes sure that the student in memory is this one. */
    void use(Path directory) {
        if (inMemory.filter(directory::equals).isPresent()) {
            return;
        }
        Awaited restored = context.watch().begin(CallSite.restoring(directory), 1);
        try {
            student.restore(directory);
        } catch (Exception e) {
            throw new StudentRestoreException(directory, e);
        } finally {
            context.watch().end(restored);
        }
        saved(directory);
    }
}
