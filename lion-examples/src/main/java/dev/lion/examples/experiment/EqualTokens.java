package dev.lion.examples.experiment;

import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.function.ToLongFunction;

/**
 * Gives each imitation the same number of tokens, however long its texts are: a student whose training makes one pass gets
 * the demonstrations again and again, in random order, until the tokens are spent. The last pass is a part of one.
 */
final class EqualTokens implements Student {
    private final Student student;
    private final ToLongFunction<Demonstration> tokens;
    private final IntToLongFunction budget;

    /**
     * Around a student.
     *
     * @param tokens of one demonstration
     * @param budget tokens of an iteration's imitation
     */
    EqualTokens(Student student, ToLongFunction<Demonstration> tokens, IntToLongFunction budget) {
        this.student = student;
        this.tokens = tokens;
        this.budget = budget;
    }

    @Override
    public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) throws Exception {
        return student.imitate(lessons(demonstrations, context), context);
    }

    private List<Demonstration> lessons(List<Demonstration> demonstrations, TrainingContext context) {
        long left = budget.applyAsLong(context.iteration());
        Random random = new Random(context.randomSeed());
        List<Demonstration> lessons = new ArrayList<>();
        while (left > 0 && !demonstrations.isEmpty()) {
            List<Demonstration> pass = new ArrayList<>(demonstrations);
            Collections.shuffle(pass, random);
            for (Demonstration demonstration : pass) {
                left -= tokens.applyAsLong(demonstration);
                if (left >= 0) {
                    lessons.add(demonstration);
                }
            }
        }
        return lessons;
    }

    @Override
    public List<Response> answer(List<Instruction> batch) throws Exception {
        return student.answer(batch);
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
