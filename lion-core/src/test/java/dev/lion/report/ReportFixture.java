package dev.lion.report;

import dev.lion.data.Difficulty;
import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.Finding;
import dev.lion.data.FinishReason;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.JudgingSummary;
import dev.lion.data.Provenance;
import dev.lion.data.Response;
import dev.lion.data.Share;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.report.ReportData.Setting;
import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Discrimination;
import dev.lion.run.IterationSummary.Generation;
import dev.lion.run.Spending;
import dev.lion.run.SpendingEntry;
import dev.lion.run.Stage;
import dev.lion.run.StageTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** An invented run, the same for the same seed: the student learns, with noise, from one iteration to the next. */
final class ReportFixture {
    private static final double HARD_GAP = 1.0;

    private final Random random;
    private final List<Instruction> pool = new ArrayList<>();
    private final Map<String, Response> teacherAnswers = new LinkedHashMap<>();
    private final Map<Integer, List<Judgement>> judgements = new LinkedHashMap<>();
    private final Map<Integer, Map<String, Response>> studentAnswers = new LinkedHashMap<>();
    private final List<IterationSummary> summaries = new ArrayList<>();
    private final List<StageTime> times = new ArrayList<>();
    private Optional<String> earlyEnd = Optional.empty();
    private OptionalInt best = OptionalInt.empty();
    private int iterations = 3;
    private int planned = 3;
    private int seeds = 64;
    private int tasks = 9;
    private boolean evaluated = true;
    private boolean saved;
    private double missing = 0.04;
    private double lag = 5.5;
    private List<SpendingEntry> spending = List.of();
    private UnaryOperator<String> words = UnaryOperator.identity();
    private boolean preferring;
    private Function<Instruction, Optional<String>> family = instruction -> Optional.empty();
    private DoubleUnaryOperator losses = DoubleUnaryOperator.identity();

    private ReportFixture(long seed) {
        this.random = new Random(seed);
    }

    static ReportFixture seeded(long seed) {
        return new ReportFixture(seed);
    }

    ReportFixture iterations(int done, int all) {
        this.iterations = done;
        this.planned = all;
        return this;
    }

    ReportFixture tasks(int count) {
        this.tasks = count;
        return this;
    }

    ReportFixture withoutEvaluation() {
        this.evaluated = false;
        return this;
    }

    /** The run ended before its last iteration. */
    ReportFixture endedEarly(String reason) {
        this.earlyEnd = Optional.of(reason);
        return this;
    }

    /** From this iteration on, its student is kept. */
    ReportFixture best(int iteration) {
        this.best = OptionalInt.of(iteration);
        return this;
    }

    private int kept(int iteration) {
        return Math.min(iteration, best.orElse(iteration));
    }

    /** The lines of the run's ledger. */
    ReportFixture spending(SpendingEntry... lines) {
        this.spending = List.of(lines);
        return this;
    }

    /** The share of judgements that lack a verdict. */
    ReportFixture missing(double share) {
        this.missing = share;
        return this;
    }

    /** How many points the student is behind at first; negative when it is ahead. */
    ReportFixture lag(double points) {
        this.lag = points;
        return this;
    }

    /** Part of the referee's calls were saved. */
    ReportFixture saved() {
        this.saved = true;
        return this;
    }

    ReportFixture seeds(int count) {
        this.seeds = count;
        return this;
    }

    /** How the short texts of the run are written: names of tasks, rules and settings, and the referee's words. */
    ReportFixture words(UnaryOperator<String> writing) {
        this.words = writing;
        return this;
    }

    /** How the student's loss is reported, given what it would be. */
    ReportFixture losses(DoubleUnaryOperator reported) {
        this.losses = reported;
        return this;
    }

    /** Instructions are known by the family of their first word. */
    ReportFixture families() {
        this.family = instruction ->
                Optional.of("family of " + instruction.text().strip().split("\\s+", 2)[0]);
        return this;
    }

    /** From iteration 1 on, the last 30 steps of an imitation are on preferences. */
    ReportFixture preferring() {
        this.preferring = true;
        return this;
    }

    /** The instruction enters the pool as the first seed, where it is judged in every iteration. */
    ReportFixture with(Instruction instruction, String teacher, String student) {
        pool.add(instruction);
        teacherAnswers.put(instruction.id(), answered(teacher));
        for (int iteration = 1; iteration <= 10; iteration++) {
            studentAnswers
                    .computeIfAbsent(iteration, i -> new LinkedHashMap<>())
                    .put(instruction.id(), answered(student));
        }
        return this;
    }

    ReportData build() {
        for (int i = 0; i < seeds; i++) {
            add(Invented.seed(i));
        }
        imitate(0, pool.size(), Optional.empty(), Optional.empty());
        for (int iteration = 1; iteration <= iterations; iteration++) {
            Discrimination discrimination = discriminate(iteration);
            int before = pool.size();
            Generation generation = generate(iteration);
            imitate(iteration, pool.size() - before, Optional.of(discrimination), Optional.of(generation));
        }
        return new ReportData(
                words.apply("puzzle-desk"),
                planned > iterations ? OptionalInt.of(iterations + 1) : OptionalInt.empty(),
                earlyEnd.map(words),
                List.of(),
                "gap of " + HARD_GAP + " or more",
                List.of(
                        setting("hardRule", "gap of 1.0 or more"),
                        setting("maxRougeL", "0.7"),
                        setting("hardShare", "0.5"),
                        setting("seed", "42"),
                        setting("teacher", "puzzle-solver 3"),
                        setting("student", "decoder 12 layers, 768 wide, LoRA rank 16")),
                summaries,
                times,
                Spending.of(spending),
                pool,
                new HeldTexts(
                        teacherAnswers,
                        iteration -> judgements.getOrDefault(iteration, List.of()),
                        iteration -> studentAnswers.getOrDefault(iteration, Map.of())),
                family.andThen(name -> name.map(words)));
    }

    private Setting setting(String key, String value) {
        return new Setting(words.apply(key), words.apply(value));
    }

    private void add(Instruction instruction) {
        if (teacherAnswers.putIfAbsent(instruction.id(), answered(Invented.teacherAnswer(instruction))) == null) {
            pool.add(instruction);
        }
    }

    private static Response answered(String text) {
        return new Response(text, FinishReason.STOP, new TokenUsage(60, 20 + text.length() / 4));
    }

    private Discrimination discriminate(int iteration) {
        List<Judgement> judged = pool.stream().map(i -> judge(i, iteration)).toList();
        judgements.put(iteration, judged);
        List<Judgement> scored =
                judged.stream().filter(j -> j.gap().isPresent()).toList();
        int hard = (int) scored.stream().filter(this::isHard).count();
        double teacher = scored.stream()
                .mapToDouble(j -> j.teacherScore().orElseThrow())
                .average()
                .orElse(0);
        double student = scored.stream()
                .mapToDouble(j -> j.studentScore().orElseThrow())
                .average()
                .orElse(0);
        time(iteration, Stage.DISCRIMINATION, 21L * judged.size());
        return new Discrimination(
                hard, scored.size() - hard, judged.size() - scored.size(), teacher, student, judging(judged, scored));
    }

    private JudgingSummary judging(List<Judgement> judged, List<Judgement> scored) {
        JudgingSummary.Orders orders =
                new JudgingSummary.Orders(scored.size(), scored.size() / 5, scored.size() / 20, 0.31);
        return saved
                ? new JudgingSummary(
                        judged.size(),
                        2L * judged.size(),
                        0,
                        1,
                        orders,
                        Optional.of(new JudgingSummary.Estimates(
                                0.4,
                                new Share(0.95, 0.9, 0.97),
                                new Share(0.88, 0.8, 0.93),
                                new Share(0.05, 0.02, 0.09))))
                : JudgingSummary.full(2L * judged.size(), orders);
    }

    private boolean isHard(Judgement judgement) {
        return judgement.gap().isPresent() && judgement.gap().getAsDouble() >= HARD_GAP;
    }

    private Judgement judge(Instruction instruction, int iteration) {
        double quality = 8.6 - lag * Math.pow(0.42, iteration - 1) * (0.05 + 1.8 * random.nextDouble());
        boolean right = quality > 7;
        Response answer = new Response(Invented.studentAnswer(instruction, right), FinishReason.STOP, TokenUsage.NONE);
        studentAnswers.computeIfAbsent(iteration, i -> new LinkedHashMap<>()).putIfAbsent(instruction.id(), answer);
        Verdict first = verdict(8.6, quality, true);
        Verdict second = verdict(8.6, quality, false);
        boolean cut = random.nextDouble() < missing;
        return new Judgement(
                instruction.id(),
                Optional.of(cut ? Verdict.abstain(words.apply("no score line in the reply")) : first),
                Optional.of(second),
                cut ? Optional.empty() : Optional.of(finding(first, second)));
    }

    private static Finding finding(Verdict teacherFirst, Verdict studentFirst) {
        Verdict.Scored a = (Verdict.Scored) teacherFirst;
        Verdict.Scored b = (Verdict.Scored) studentFirst;
        double gap = (a.first() - a.second() + b.second() - b.first()) / 2;
        return new Finding(gap, gap >= HARD_GAP ? Difficulty.HARD : Difficulty.EASY);
    }

    private Verdict verdict(double teacher, double student, boolean teacherFirst) {
        double t = points(teacher + 0.6 * random.nextGaussian() + (teacherFirst ? 0.3 : 0));
        double s = points(student + 0.6 * random.nextGaussian() + (teacherFirst ? 0 : 0.3));
        String evidence = s < t - 1
                ? "One assistant shows its steps and reaches the right result; the other states a result that does not follow."
                : "Both assistants reach the same result; they differ in how much they explain.";
        return teacherFirst
                ? new Verdict.Scored(t, s, words.apply(evidence), TokenUsage.NONE)
                : new Verdict.Scored(s, t, words.apply(evidence), TokenUsage.NONE);
    }

    private static double points(double score) {
        return Math.max(1, Math.min(10, Math.round(score)));
    }

    private Generation generate(int iteration) {
        List<Judgement> judged = judgements.getOrDefault(iteration, List.of()).stream()
                .filter(j -> j.gap().isPresent())
                .toList();
        int hard = 0;
        int requests = judged.isEmpty() ? 0 : 48;
        for (int i = 0; i < requests; i++) {
            Judgement parent = judged.get(random.nextInt(judged.size()));
            Difficulty difficulty = isHard(parent) ? Difficulty.HARD : Difficulty.EASY;
            add(Invented.variant(random, iteration, i)
                    .withProvenance(Provenance.generated(parent.instructionId(), iteration, difficulty)));
            hard += difficulty == Difficulty.HARD ? 1 : 0;
        }
        time(iteration, Stage.GENERATION, 3L * requests + 1);
        Map<String, Integer> rejected = new LinkedHashMap<>();
        rejected.put(words.apply("near-duplicate of the pool"), 9 + random.nextInt(6));
        rejected.put(words.apply("cut by length"), random.nextInt(4));
        rejected.put(words.apply("three words or fewer"), random.nextInt(3));
        rejected.put(words.apply("begins with punctuation"), 1);
        return new Generation(requests, hard, requests - hard, rejected);
    }

    private void imitate(int iteration, int trained, Optional<Discrimination> d, Optional<Generation> g) {
        int steps = 120 + 30 * iteration;
        double start = 2.6 * Math.pow(0.72, iteration);
        List<LossPoint> losses = IntStream.rangeClosed(1, steps)
                .mapToObj(step -> new LossPoint(
                        step,
                        this.losses.applyAsDouble(
                                0.35 + start * Math.exp(-step / 45.0) + 0.09 * Math.abs(random.nextGaussian())),
                        2e-5 * (1 - (double) step / steps),
                        OptionalDouble.of(0.4 + 30.0 / (step * step))))
                .toList();
        ImitationSummary imitation = new ImitationSummary(
                Math.max(0, trained - 1),
                1,
                1301,
                410L * trained * 3,
                losses,
                preferring && iteration > 0
                        ? Optional.of(new ImitationSummary.Preferences(40L + iteration, 2, steps - 29))
                        : Optional.empty());
        time(iteration, Stage.IMITATION, 14L * trained);
        summaries.add(new IterationSummary(
                iteration, d, g, trained, pool.size(), iteration % 2, imitation, evaluate(iteration), kept(iteration)));
    }

    private Optional<EvaluationSummary> evaluate(int iteration) {
        if (!evaluated) {
            return Optional.empty();
        }
        time(iteration, Stage.EVALUATION, 95);
        Map<String, Score> scores = new LinkedHashMap<>();
        for (int task = 0; task < tasks; task++) {
            double ceiling = 0.25 + 0.65 * ((task * 7) % 10) / 10.0;
            double accuracy = ceiling * (1 - Math.pow(0.55, iteration + 0.6));
            int correct = (int) IntStream.range(0, 25)
                    .filter(i -> random.nextDouble() < accuracy)
                    .count();
            scores.put(words.apply(Invented.task(task)), new Score(correct, 25));
        }
        return Optional.of(new EvaluationSummary(scores));
    }

    private void time(int iteration, Stage stage, long seconds) {
        times.add(new StageTime(iteration, stage, Duration.ofSeconds(seconds).plusMillis(250)));
    }
}
