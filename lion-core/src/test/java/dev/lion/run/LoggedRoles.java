package dev.lion.run;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Preference;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Generator;
import dev.lion.role.Referee;
import dev.lion.role.StepMeasurement;
import dev.lion.role.Student;
import dev.lion.role.Teacher;
import dev.lion.role.TrainingContext;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Scripted roles that log to a file of their own when a call begins and when its answer is there, each by one write that a
 * kill cannot undo: {@code sitting thread begin|end|abstain question}.
 */
final class LoggedRoles {
    private final FileOutputStream log;
    private final String sitting;
    private final int longestPauseMillis;
    private final ScriptedRoles roles;

    LoggedRoles(Path log, String sitting, int longestPauseMillis) throws IOException {
        this.log = new FileOutputStream(log.toFile(), true);
        this.sitting = sitting;
        this.longestPauseMillis = longestPauseMillis;
        this.roles = ScriptedRoles.slow(longestPauseMillis);
    }

    private void note(String what, String question) throws IOException {
        String line =
                String.join(" ", sitting, Long.toString(Thread.currentThread().getId()), what, question);
        log.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Teacher teacher() {
        Teacher teacher = roles.teacher();
        return instruction -> {
            String question = "teacher-" + instruction.id();
            note("begin", question);
            Response response = teacher.answer(instruction);
            note("end", question);
            return response;
        };
    }

    Referee referee() {
        Referee referee = roles.referee();
        return comparison -> {
            String answers =
                    comparison.first().text() + "\n" + comparison.second().text();
            String question = "referee-" + comparison.instruction().id() + "-" + Instruction.idOf(answers, "");
            note("begin", question);
            Verdict verdict = referee.judge(comparison);
            note(verdict instanceof Verdict.Abstained ? "abstain" : "end", question);
            return verdict;
        };
    }

    Generator generator() {
        Generator generator = roles.generator();
        return request -> {
            String question =
                    "generator-" + request.iteration() + "-" + request.difficulty() + "-" + request.randomSeed();
            note("begin", question);
            GenerationResponse response = generator.generate(request);
            note("end", question);
            return response;
        };
    }

    /** A student that takes its time for every batch, every step of training and every save. */
    Student student() {
        return new LoggedStudent(new CountingStudent(), new Random());
    }

    private final class LoggedStudent implements Student {
        private final CountingStudent student;
        private final Random random;

        private LoggedStudent(CountingStudent student, Random random) {
            this.student = student;
            this.random = random;
        }

        private void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(longestPauseMillis + 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public List<Response> answer(List<Instruction> batch) throws IOException {
            List<Response> responses =
                    student.answer(batch); // which tell what the student had learnt when it was asked
            String question = "student-" + Instruction.idOf(responses.toString(), "");
            note("begin", question);
            pause();
            note("end", question);
            return responses;
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context)
                throws IOException {
            return student.imitate(demonstrations, new SlowTraining(context, this::pause));
        }

        @Override
        public void save(Path directory) throws IOException {
            pause();
            student.save(directory);
            pause();
        }

        @Override
        public void restore(Path directory) throws IOException {
            student.restore(directory);
        }

        @Override
        public void close() {}
    }

    private record SlowTraining(TrainingContext context, Runnable pause) implements TrainingContext {
        @Override
        public int iteration() {
            return context.iteration();
        }

        @Override
        public long randomSeed() {
            return context.randomSeed();
        }

        @Override
        public boolean stopRequested() {
            return context.stopRequested();
        }

        @Override
        public Path checkpointDirectory() {
            return context.checkpointDirectory();
        }

        @Override
        public List<Preference> preferences() {
            return context.preferences();
        }

        @Override
        public void onStep(ImitationSummary.LossPoint point, long totalSteps, StepMeasurement measured) {
            pause.run();
            context.onStep(point, totalSteps, measured);
        }

        @Override
        public void onNotice(String message) {
            context.onNotice(message);
        }
    }
}
