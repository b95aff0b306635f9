package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Batches;
import dev.lion.role.Teacher;
import dev.lion.run.Answer;
import dev.lion.run.AnswerJournal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The teacher's answers to the newcomers of a Train Pool, in batches; a question's key is the instruction's id. */
final class TeacherBatches implements BatchTopic<Instruction, Response> {
    private final Sitting sitting;
    private final TeacherAnswers answers;
    private final AnswerJournal journal;
    private final Map<String, Instruction> newcomers = new HashMap<>();

    TeacherBatches(Sitting sitting, TeacherAnswers answers, AnswerJournal journal, List<Instruction> newcomers) {
        this.sitting = sitting;
        this.answers = answers;
        this.journal = journal;
        newcomers.forEach(instruction -> this.newcomers.put(instruction.id(), instruction));
    }

    private Teacher teacher() {
        return sitting.context().roles().teacher();
    }

    @Override
    public Role role() {
        return Role.TEACHER;
    }

    @Override
    public PaidRole paidRole() {
        return PaidRole.TEACHER;
    }

    @Override
    public Optional<Batches<Instruction, Response>> batches() {
        return teacher().batches();
    }

    @Override
    public Instruction question(String key) {
        return Objects.requireNonNull(newcomers.get(key));
    }

    @Override
    public Optional<TokenUsage> most(Instruction question) {
        return teacher().mostTokens(question);
    }

    /** An answer that is known to cost nothing is not put into a batch. */
    @Override
    public boolean isOpen(String key) {
        Instruction instruction = newcomers.get(key);
        return instruction != null
                && !answers.contains(instruction)
                && !teacher().mostTokens(instruction).equals(Optional.of(TokenUsage.FREE));
    }

    @Override
    public void take(String key, Response answer) {
        journal.append(new Answer(key, answer));
        TeacherAnswers.fault(answer).ifPresent(fault -> sitting.setAside(Role.TEACHER, key, fault));
    }

    @Override
    public void force() {
        journal.force();
    }

    @Override
    public TokenUsage usage(Response answer) {
        return answer.usage();
    }
}
