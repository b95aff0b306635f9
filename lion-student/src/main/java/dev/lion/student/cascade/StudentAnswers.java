package dev.lion.student.cascade;

import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.student.LoadedStudent;
import dev.lion.student.decoding.Continuation;
import dev.lion.student.decoding.Decoding;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.decoding.PromptTooLongException;
import dev.lion.student.prompt.Message;
import dev.lion.student.prompt.PromptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a student answers, and how sure it is of that: as a cascade asks it, or of answers that it wrote before. Any thread
 * may ask; the student is the caller's.
 */
public final class StudentAnswers {
    /** Requests under way at a time, more than a batch and fewer than may wait. */
    private static final int WINDOW = 128;

    private static final long SEED = 0;

    private final LoadedStudent student;

    /** Of a student. */
    public StudentAnswers(LoadedStudent student) {
        this.student = student;
    }

    /**
     * Answers instructions, each as a user's message.
     *
     * @return in order, without those that the student's chat template refuses or its context has no room for, which a
     *     cascade leaves to the teacher
     */
    public List<ConfidentAnswer> fresh(List<Instruction> instructions, DecodingConfig decoding)
            throws InterruptedException {
        var answers = new ArrayList<ConfidentAnswer>();
        for (int start = 0; start < instructions.size(); start += WINDOW) {
            answer(instructions.subList(start, Math.min(instructions.size(), start + WINDOW)), decoding, answers);
        }
        return answers;
    }

    private void answer(List<Instruction> window, DecodingConfig decoding, List<ConfidentAnswer> answers)
            throws InterruptedException {
        var underWay = window.stream().map(one -> begun(one, decoding)).toList();
        try {
            for (int i = 0; i < window.size(); i++) {
                if (underWay.get(i).isPresent()) {
                    answers.add(answer(window.get(i), underWay.get(i).get()));
                }
            }
        } finally {
            underWay.forEach(one -> one.ifPresent(Decoding::cancel));
        }
    }

    private Optional<Decoding> begun(Instruction instruction, DecodingConfig decoding) {
        try {
            return Optional.of(student.answer(asked(instruction), decoding, SEED, text -> {}));
        } catch (PromptException | PromptTooLongException e) {
            return Optional.empty();
        }
    }

    private static ConfidentAnswer answer(Instruction instruction, Decoding decoding) throws InterruptedException {
        Continuation written = decoding.await();
        var usage = new TokenUsage(decoding.promptTokens(), written.tokens().size());
        return new ConfidentAnswer(
                instruction,
                new Response(written.text(), written.finishReason(), usage),
                ConfidentAnswer.confidence(written));
    }

    /**
     * How sure the student is of an answer that it wrote before, whose tokens are known. Of the student that wrote it alone
     * this is what it would have said itself.
     *
     * @return empty when its tokens were not counted
     */
    public Optional<ConfidentAnswer> recorded(Instruction instruction, Response response) {
        if (!response.usage().isKnown()) {
            return Optional.empty();
        }
        boolean isWhole = ConfidentAnswer.isWhole(response.finishReason() == FinishReason.STOP, response.text());
        double mean = isWhole
                ? student.scores(asked(instruction), List.of(response.text())).get(0)
                        / (response.usage().outputTokens() + 1)
                : 0;
        return Optional.of(
                new ConfidentAnswer(instruction, response, ConfidentAnswer.confidence(Math.exp(mean), isWhole)));
    }

    private static List<Message> asked(Instruction instruction) {
        return List.of(Message.user(instruction.fullText()));
    }
}
