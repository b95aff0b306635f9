package dev.lion.examples;

import dev.langchain4j.model.chat.ChatModel;
import dev.lion.LionException;
import dev.lion.cost.Assumptions;
import dev.lion.cost.CostEstimate;
import dev.lion.evaluation.AnswerSource;
import dev.lion.evaluation.OpenQuestion;
import dev.lion.evaluation.RelativeQuality;
import dev.lion.evaluation.RelativeResult;
import dev.lion.role.Student;
import dev.lion.run.RunDirectory;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.teacher.chat.DependableChatModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A comparison on open questions as the options describe it. */
final class OpenQuestions {
    private final QuestionOptions options;
    private final List<OpenQuestion> questions;
    private final ProviderOptions provider;
    private final PaceOptions pace;
    private final BudgetOptions cost;
    private final Path kept;

    /**
     * A comparison.
     *
     * @param questions those that are asked
     * @param kept where answers and verdicts are kept
     */
    OpenQuestions(
            QuestionOptions options,
            List<OpenQuestion> questions,
            ProviderOptions provider,
            PaceOptions pace,
            BudgetOptions cost,
            Path kept) {
        this.options = options;
        this.questions = questions;
        this.provider = provider;
        this.pace = pace;
        this.cost = cost;
        this.kept = kept;
    }

    /** What it, or its rest, is likely to take; asks nobody. */
    CostEstimate estimate() {
        Assumptions assumptions = pace.callsPerMinute()
                .map(Assumptions.usual()::withCallsPerMinute)
                .orElseGet(Assumptions::usual);
        // the student's answers cost nothing, so that it need not be loaded
        RelativeQuality comparison =
                built(comparison(provider.model(), AnswerSource.of(new AbsentStudent(), "not loaded")));
        if (!Files.exists(kept.resolve("run.json"))) {
            return comparison.estimate(assumptions, Optional.empty());
        }
        try (RunDirectory begun = RunDirectory.read(kept)) {
            return comparison.estimate(assumptions, Optional.of(begun));
        }
    }

    /** Makes sure, before anything is paid for, that what is kept is of this comparison and that answers that are given suffice. */
    void check(String name) throws Exception {
        RelativeQuality comparison = built(comparison(provider.model(), AnswerSource.of(new AbsentStudent(), name)));
        try (RunDirectory directory = RunDirectory.open(kept)) {
            comparison.begin(directory);
        }
    }

    private static RelativeQuality built(RelativeQuality.Builder comparison) {
        try {
            return comparison.build();
        } catch (IllegalArgumentException e) { // answers that are given lack some of the questions
            throw new LionException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Asks for what is not on disk.
     *
     * @param name what tells the student from others
     * @param progress told what goes on
     */
    RelativeResult measure(Student student, String name, Consumer<String> progress) throws Exception {
        DependableChatModel.Builder model =
                DependableChatModel.builder(provider.models()).limits(provider.limits());
        try (DependableChatModel paced = pace.applyTo(model).build();
                RunDirectory directory = RunDirectory.open(kept)) {
            return comparison(paced, AnswerSource.of(student, name))
                    .progress(progress)
                    .build()
                    .measure(directory);
        }
    }

    private RelativeQuality.Builder comparison(ChatModel model, AnswerSource student) {
        ChatModelReferee referee = options.applyTo(provider.referee(model)).build();
        ChatModelTeacher teacher = provider.teacher(model).build();
        RelativeQuality.Builder comparison = options.applyTo(RelativeQuality.builder(referee))
                .questions(questions)
                .candidate(candidate(model, student))
                .reference(options.givenReference().orElseGet(() -> AnswerSource.of(teacher, "the teacher model")))
                .budget(cost.budget())
                .prices(cost.prices(provider::modelName))
                .maxConcurrentCalls(pace.concurrency());
        referee.fingerprints().forEach(comparison::setting);
        teacher.fingerprints().forEach(comparison::setting);
        provider.settings().forEach(comparison::setting);
        return comparison;
    }

    private AnswerSource candidate(ChatModel model, AnswerSource student) {
        Optional<AnswerSource> other = options.candidateModel()
                .map(name ->
                        AnswerSource.of(provider.teacher(model).modelName(name).build(), "the model " + name));
        return options.givenCandidate().or(() -> other).orElse(student);
    }
}
