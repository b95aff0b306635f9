package dev.lion.evaluation;

import com.google.common.collect.Lists;
import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.role.Student;
import dev.lion.role.Teacher;
import dev.lion.run.Answer;
import dev.lion.run.Journal;
import dev.lion.run.RecordType;
import dev.lion.run.RunDirectory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The answers of one side, as they come: given, or asked for and kept. */
final class QuestionAnswers {
    private static final int BATCH = 64;
    private static final int NAMED = 5;

    private final List<OpenQuestion> questions;
    private final AnswerSource source;
    private final RecordType<Answer> type;
    private final Map<String, Response> answers = new ConcurrentHashMap<>();
    private Map<String, String> failures = Map.of();

    QuestionAnswers(List<OpenQuestion> questions, AnswerSource source, RecordType<Answer> type) {
        this.questions = questions;
        this.source = source;
        this.type = type;
        if (source instanceof AnswerSource.Given given) {
            given.answers().forEach((id, text) -> answers.put(id, Response.of(text)));
        }
    }

    /** @throws IllegalArgumentException when answers that are given lack some of the questions */
    void requireComplete(String side) {
        List<String> lacking = source instanceof AnswerSource.Given
                ? questions.stream()
                        .map(OpenQuestion::id)
                        .filter(id -> !answers.containsKey(id))
                        .toList()
                : List.of();
        if (!lacking.isEmpty()) {
            throw new IllegalArgumentException("the answers of the " + side + " lack " + lacking.size() + " of the "
                    + questions.size() + " questions: "
                    + String.join(", ", lacking.subList(0, Math.min(NAMED, lacking.size())))
                    + (lacking.size() > NAMED ? ", ..." : ""));
        }
    }

    /** Asks for what is neither given nor on disk. */
    void obtain(RunDirectory kept, PaidCalls calls, Consumer<String> progress) throws Exception {
        if (source instanceof AnswerSource.Given) {
            return;
        }
        try (Journal<Answer> journal = kept.iteration(0).journal(type)) {
            journal.recovered().forEach(answer -> answers.put(answer.instructionId(), answer.response()));
            List<OpenQuestion> open = questions.stream()
                    .filter(question -> !answers.containsKey(question.id()))
                    .toList();
            if (open.isEmpty()) {
                return;
            }
            progress.accept("asking for " + open.size() + " answers: " + source.description());
            if (source instanceof AnswerSource.Learnt learnt) {
                ask(learnt.student(), open, journal);
            } else if (source instanceof AnswerSource.Asked asked) {
                failures = calls.make(open.stream()
                        .map(question -> call(asked.teacher(), question, journal))
                        .toList());
            }
        }
    }

    private void ask(Student student, List<OpenQuestion> open, Journal<Answer> journal) throws Exception {
        for (List<OpenQuestion> batch : Lists.partition(open, BATCH)) {
            List<Response> responses =
                    student.answer(batch.stream().map(OpenQuestion::instruction).toList());
            if (responses.size() != batch.size()) {
                throw new IllegalStateException("the student returned " + responses.size() + " responses to "
                        + batch.size() + " instructions; it must return one for each, in order");
            }
            for (int i = 0; i < batch.size(); i++) {
                keep(batch.get(i), responses.get(i), journal);
            }
        }
    }

    private PaidCalls.Call<Response> call(Teacher teacher, OpenQuestion question, Journal<Answer> journal) {
        return new PaidCalls.Call<>(
                question.id(),
                teacher.mostTokens(question.instruction()),
                () -> Objects.requireNonNull(teacher.answer(question.instruction()), "the teacher returned null"),
                Response::usage,
                response -> true,
                response -> keep(question, response, journal));
    }

    private void keep(OpenQuestion question, Response response, Journal<Answer> journal) {
        journal.append(new Answer(question.id(), response));
        answers.put(question.id(), response);
    }

    /** The answer to a question, where there is one that can be judged. */
    Optional<Response> of(OpenQuestion question) {
        return Optional.ofNullable(answers.get(question.id())).filter(answer -> !isWithheld(answer));
    }

    // a student's silence is an answer; a provider that withholds one gave none
    private static boolean isWithheld(Response answer) {
        return answer.finishReason() == FinishReason.CONTENT_FILTER;
    }

    /** Why there is no answer that can be judged. */
    Optional<String> fault(OpenQuestion question, String side) {
        if (of(question).isPresent()) {
            return Optional.empty();
        }
        String reason = answers.containsKey(question.id())
                ? "it was withheld by the provider"
                : failures.getOrDefault(question.id(), "it was not asked for");
        return Optional.of("no answer of the " + side + ": " + reason);
    }
}
