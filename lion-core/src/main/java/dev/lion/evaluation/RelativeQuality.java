package dev.lion.evaluation;

import dev.lion.cost.Assumptions;
import dev.lion.cost.Budget;
import dev.lion.cost.CostEstimate;
import dev.lion.cost.Ledger;
import dev.lion.cost.Prices;
import dev.lion.data.AnswerOrder;
import dev.lion.data.InstructionPool;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import dev.lion.run.Journal;
import dev.lion.run.OrderedVerdict;
import dev.lion.run.RecordType;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Open questions, judged by a referee beside the answers of a reference (paper, section 4, the Vicuna questions). In both
 * orders by default, as in the paper's setting 2; its setting 1 asks once, with the reference's answer first. How the referee
 * is asked, evidence first or scores first, and how often, is the referee's own matter.
 *
 * <p>What is paid for is on disk before it is used: in a {@link RunDirectory} of its own, which nobody else may have open.
 * Ended early, by a budget or a crash, the same call continues. Not for several threads at once; referee and teacher are
 * asked from several.
 *
 * <pre>{@code
 * try (RunDirectory kept = RunDirectory.open(Path.of("vicuna-80"))) {
 *     RelativeResult result = RelativeQuality.builder(referee)
 *             .questions(VicunaQuestions.questions(file))
 *             .candidate(AnswerSource.of(student, "my student"))
 *             .reference(AnswerSource.of(teacher, "gpt"))
 *             .build()
 *             .measure(kept);
 * }
 * }</pre>
 */
public final class RelativeQuality {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Referee referee;
    private final List<OpenQuestion> questions;
    private final AnswerSource candidate;
    private final AnswerSource reference;
    private final List<AnswerOrder> orders;
    private final Map<String, String> settings;
    private final Budget budget;
    private final Prices prices;
    private final int concurrency;
    private final Duration pause;
    private final Consumer<String> progress;
    private final long seed;

    private RelativeQuality(Builder builder) {
        this.referee = builder.referee;
        this.questions = builder.questions;
        this.candidate = builder.candidate.orElseThrow(() -> new IllegalArgumentException("a candidate is missing"));
        this.reference = builder.reference.orElseThrow(() -> new IllegalArgumentException("a reference is missing"));
        this.orders = builder.orders;
        this.settings = Map.copyOf(builder.settings);
        this.budget = builder.budget;
        this.prices = builder.prices;
        this.concurrency = builder.concurrency;
        this.pause = builder.pause;
        this.progress = builder.progress;
        this.seed = builder.seed;
        if (questions.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one question");
        }
        new QuestionAnswers(questions, candidate, RecordType.STUDENT_ANSWERS).requireComplete("candidate");
        new QuestionAnswers(questions, reference, RecordType.ANSWERS).requireComplete("reference");
    }

    /** A comparison by this referee. */
    public static Builder builder(Referee referee) {
        return new Builder(referee);
    }

    /**
     * Begins the comparison in its directory, or makes sure that the directory is of this comparison; asks nobody.
     *
     * @throws dev.lion.run.ManifestMismatchException when the directory is of another comparison
     */
    public void begin(RunDirectory kept) {
        kept.begin(manifest(), pool());
    }

    /**
     * Asks for what is not on disk yet, and sums up.
     *
     * @param kept a new directory, or one of the same comparison
     * @throws dev.lion.run.ManifestMismatchException when the directory is of another comparison
     * @throws dev.lion.cost.BudgetExhaustedException when the budget is reached; a larger one continues
     * @throws dev.lion.role.UnusableRoleException when referee or teacher can answer no call at all
     * @throws InterruptedException when the thread is interrupted; calls in flight are awaited for up to 30 s and kept
     * @throws Exception what the student throws
     */
    public RelativeResult measure(RunDirectory kept) throws Exception {
        begin(kept);
        try (Ledger ledger = Ledger.open(kept, budget, prices, progress)) {
            var answers = new QuestionAnswers(questions, reference, RecordType.ANSWERS);
            var own = new QuestionAnswers(questions, candidate, RecordType.STUDENT_ANSWERS);
            answers.obtain(kept, calls(ledger, PaidRole.TEACHER), progress);
            own.obtain(kept, calls(ledger, PaidRole.TEACHER), progress);
            return judge(kept, ledger, own, answers);
        }
    }

    private PaidCalls calls(Ledger ledger, PaidRole role) {
        return new PaidCalls(ledger, role, budget.needsBounds(), concurrency, pause, PATIENCE);
    }

    private RunManifest manifest() {
        Map<String, String> configuration = new TreeMap<>();
        configuration.put("kind", "relative quality");
        configuration.put("orders", orders.toString());
        configuration.put("questions", Integer.toString(questions.size()));
        configuration.put("ids", AnswerSource.given(ids()).description());
        configuration.put("candidate", candidate.description());
        configuration.put("reference", reference.description());
        return RunManifest.of(seed, pool(), configuration, settings);
    }

    private Map<String, String> ids() {
        Map<String, String> ids = new TreeMap<>();
        questions.forEach(
                question -> ids.put(question.id(), question.instruction().id()));
        return ids;
    }

    private InstructionPool pool() {
        return InstructionPool.of(
                questions.stream().map(OpenQuestion::instruction).toList());
    }

    private RelativeResult judge(RunDirectory kept, Ledger ledger, QuestionAnswers own, QuestionAnswers answers)
            throws InterruptedException {
        Comparisons comparisons = new Comparisons(orders);
        Map<String, String> failures;
        try (Journal<OrderedVerdict> journal = kept.iteration(0).journal(RecordType.SINGLE_VERDICTS)) {
            journal.recovered().forEach(comparisons::add);
            List<PaidCalls.Call<Verdict>> open = open(own, answers, comparisons, journal);
            if (!open.isEmpty()) {
                progress.accept("asking the referee for " + open.size() + " verdicts");
            }
            failures = calls(ledger, PaidRole.REFEREE).make(open);
        }
        return result(own, answers, comparisons, failures);
    }

    private List<PaidCalls.Call<Verdict>> open(
            QuestionAnswers own, QuestionAnswers answers, Comparisons comparisons, Journal<OrderedVerdict> journal) {
        List<PaidCalls.Call<Verdict>> open = new ArrayList<>();
        for (OpenQuestion question : questions) {
            if (own.of(question).isPresent() && answers.of(question).isPresent()) {
                orders.stream()
                        .filter(order -> !comparisons.has(question.id(), order))
                        .map(order -> call(
                                question,
                                order,
                                own.of(question).orElseThrow(),
                                answers.of(question).orElseThrow(),
                                verdict -> {
                                    journal.append(verdict);
                                    comparisons.add(verdict);
                                }))
                        .forEach(open::add);
            }
        }
        return open;
    }

    private PaidCalls.Call<Verdict> call(
            OpenQuestion question,
            AnswerOrder order,
            Response candidateAnswer,
            Response referenceAnswer,
            Consumer<OrderedVerdict> keep) {
        boolean candidateFirst = order == AnswerOrder.STUDENT_FIRST;
        Comparison comparison = new Comparison(
                question.instruction(),
                candidateFirst ? candidateAnswer : referenceAnswer,
                candidateFirst ? referenceAnswer : candidateAnswer);
        return new PaidCalls.Call<>(
                Comparisons.key(question.id(), order),
                referee.mostTokens(comparison),
                () -> Objects.requireNonNull(referee.judge(comparison), "the referee returned null"),
                Verdict::usage,
                Verdict.Scored.class::isInstance,
                verdict -> keep.accept(new OrderedVerdict(question.id(), order, verdict)));
    }

    private RelativeResult result(
            QuestionAnswers own, QuestionAnswers answers, Comparisons comparisons, Map<String, String> failures) {
        List<RelativeResult.Compared> compared = new ArrayList<>();
        List<RelativeResult.Missing> missing = new ArrayList<>();
        for (OpenQuestion question : questions) {
            Optional<String> unanswered = Stream.of(
                            own.fault(question, "candidate"), answers.fault(question, "reference"))
                    .flatMap(Optional::stream)
                    .findFirst();
            Optional<RelativeResult.Compared> scores = comparisons.compared(question);
            scores.ifPresentOrElse(
                    compared::add,
                    () -> missing.add(new RelativeResult.Missing(
                            question.id(), unanswered.orElseGet(() -> comparisons.reasonOf(question, failures)))));
        }
        return RelativeResult.of(questions.size(), compared, missing, seed);
    }

    /**
     * What the comparison, or the rest of it, is likely to take; asks nobody.
     *
     * @param begun its directory, when an earlier sitting began it
     */
    public CostEstimate estimate(Assumptions assumptions, Optional<RunDirectory> begun) {
        return new RelativeCost(questions, candidate, reference, referee, orders, assumptions)
                .estimate(begun, prices, concurrency);
    }

    /** Settings of a {@link RelativeQuality}. Not for several threads at once. */
    public static final class Builder {
        private final Referee referee;
        private List<OpenQuestion> questions = List.of();
        private Optional<AnswerSource> candidate = Optional.empty();
        private Optional<AnswerSource> reference = Optional.empty();
        private List<AnswerOrder> orders = List.of(AnswerOrder.TEACHER_FIRST, AnswerOrder.STUDENT_FIRST);
        private final Map<String, String> settings = new TreeMap<>();
        private Budget budget = Budget.unlimited();
        private Prices prices = Prices.unknown();
        private int concurrency = 16;
        private Duration pause = Duration.ofSeconds(1);
        private Consumer<String> progress = message -> {};
        private long seed = 42;

        private Builder(Referee referee) {
            this.referee = Objects.requireNonNull(referee, "referee");
        }

        /** The questions, with ids of their own; there must be some. */
        public Builder questions(List<OpenQuestion> newQuestions) {
            questions = List.copyOf(newQuestions);
            return this;
        }

        /** Whose answers are measured; must be set. */
        public Builder candidate(AnswerSource source) {
            candidate = Optional.of(source);
            return this;
        }

        /** Whose answers they are measured by; must be set. */
        public Builder reference(AnswerSource source) {
            reference = Optional.of(source);
            return this;
        }

        /** Asks once about each question, with the reference's answer first, as in the paper's setting 1; twice by default. */
        public Builder oneOrder() {
            orders = List.of(AnswerOrder.TEACHER_FIRST);
            return this;
        }

        /** Adds something that decides the result, such as a model's name, to what the directory is continued under. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** The most that may be spent, all sittings together; without a limit by default. Time is not limited. */
        public Builder budget(Budget newBudget) {
            budget = newBudget;
            return this;
        }

        /** What tokens cost; unknown by default. */
        public Builder prices(Prices newPrices) {
            prices = newPrices;
            return this;
        }

        /** The most calls at the same time, 16 by default. */
        public Builder maxConcurrentCalls(int calls) {
            if (calls < 1) {
                throw new IllegalArgumentException("maxConcurrentCalls must be 1 or more, but is " + calls);
            }
            concurrency = calls;
            return this;
        }

        /** How long to wait before a second attempt, a second by default; the third and last waits twice as long. */
        public Builder pause(Duration newPause) {
            pause = newPause;
            return this;
        }

        /** Told what goes on, in words; nobody by default. */
        public Builder progress(Consumer<String> listener) {
            progress = listener;
            return this;
        }

        /** Seed of the bootstrap, 42 by default. */
        public Builder seed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /**
         * The comparison.
         *
         * @throws IllegalArgumentException when there is no question, candidate or reference, or given answers lack some
         */
        public RelativeQuality build() {
            return new RelativeQuality(this);
        }
    }
}
