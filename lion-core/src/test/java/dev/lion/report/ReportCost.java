package dev.lion.report;

import dev.lion.data.Difficulty;
import dev.lion.data.EvaluationSummary;
import dev.lion.data.Finding;
import dev.lion.data.FinishReason;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import dev.lion.data.JudgingSummary;
import dev.lion.data.Provenance;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.run.Answer;
import dev.lion.run.IterationDirectory;
import dev.lion.run.IterationSummary;
import dev.lion.run.RecordType;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import dev.lion.testing.Browser;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Measures what the page of a run as large as the paper's takes: 52,000 seeds and three times 6,000 generated instructions,
 * answers of 700 characters, judged in both orders with words. First write the run, then the page with a small heap, then
 * open the page in headless Chromium, if there is one.
 *
 * <pre>
 * mvn -q -pl lion-core -am test-compile
 * mvn -q -pl lion-core dependency:build-classpath -Dmdep.outputFile=target/classpath
 * JAVA="java -cp lion-core/target/test-classes:lion-core/target/classes:$(cat lion-core/target/classpath)"
 * $JAVA dev.lion.report.ReportCost run DIRECTORY
 * $JAVA -Xmx512m dev.lion.report.ReportCost page DIRECTORY
 * $JAVA dev.lion.report.ReportCost open DIRECTORY/report.html
 * </pre>
 */
final class ReportCost {
    private static final int SEEDS = 52_000;
    private static final int GENERATED = 6_000;
    private static final int ITERATIONS = 3;
    private static final int OPENED = 5;

    private final Random random = new Random(42);
    private final List<Instruction> pool = new ArrayList<>();

    private ReportCost() {}

    public static void main(String[] arguments) throws Exception {
        Path path = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "run" -> new ReportCost().writeRun(path);
            case "page" -> writePage(path);
            case "open" -> open(path);
            default -> throw new IllegalArgumentException("run, page or open");
        }
    }

    private void writeRun(Path path) {
        for (int i = 0; i < SEEDS; i++) {
            pool.add(Instruction.of("Task " + i + ": " + words(25)));
        }
        InstructionPool seeds = InstructionPool.of(pool);
        try (RunDirectory run = RunDirectory.open(path)) {
            run.begin(RunManifest.of(42, seeds, Map.of("hardRule", "gap of 1.0 or more"), Map.of()), seeds);
            for (int iteration = 0; iteration <= ITERATIONS; iteration++) {
                write(run.iteration(iteration), iteration);
            }
        }
        System.out.printf(Locale.ROOT, "%,d instructions written%n", pool.size());
    }

    private void write(IterationDirectory directory, int iteration) {
        List<Judgement> judgements = new ArrayList<>();
        List<Instruction> made = new ArrayList<>();
        if (iteration > 0) {
            directory.commit(RecordType.STUDENT_ANSWERS, answers(pool));
            pool.forEach(instruction -> judgements.add(judge(instruction, iteration)));
            for (int i = 0; i < GENERATED; i++) {
                Instruction parent = pool.get(random.nextInt(pool.size()));
                made.add(Instruction.of("Task " + iteration + "." + i + ": " + words(25))
                        .withProvenance(Provenance.generated(parent.id(), iteration, Difficulty.HARD)));
            }
        }
        directory.commit(RecordType.VERDICTS, judgements);
        directory.commit(RecordType.GENERATED, made);
        directory.commit(RecordType.REJECTED, List.of());
        directory.commit(RecordType.ANSWERS, answers(iteration == 0 ? pool : made));
        directory.finish(summary(iteration, judgements, made.size()));
        pool.addAll(made);
    }

    private static IterationSummary summary(int iteration, List<Judgement> judgements, int made) {
        int hard = (int) judgements.stream()
                .filter(j -> j.finding().orElseThrow().difficulty() == Difficulty.HARD)
                .count();
        JudgingSummary judging = JudgingSummary.full(
                2L * judgements.size(), new JudgingSummary.Orders(judgements.size(), hard / 10, hard / 40, 0.2));
        return new IterationSummary(
                iteration,
                judgements.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new IterationSummary.Discrimination(
                                hard, judgements.size() - hard, 0, 8.5, 7, judging)),
                made == 0 ? Optional.empty() : Optional.of(new IterationSummary.Generation(made, made, 0, Map.of())),
                made == 0 ? SEEDS : made,
                SEEDS + iteration * GENERATED,
                0,
                ImitationSummary.ofAll(made == 0 ? SEEDS : made, 1, List.of()),
                Optional.of(
                        new EvaluationSummary(Map.of("all", new EvaluationSummary.Score(40 + iteration * 10, 100)))),
                iteration);
    }

    private List<Answer> answers(List<Instruction> instructions) {
        return instructions.stream()
                .map(i -> new Answer(i.id(), new Response(words(110), FinishReason.STOP, new TokenUsage(60, 160))))
                .toList();
    }

    private Judgement judge(Instruction instruction, int iteration) {
        double gap = Math.max(-4, Math.min(8, Math.round(random.nextGaussian() * 2 + 3 - iteration)));
        return new Judgement(
                instruction.id(),
                Optional.of(new Verdict.Scored(9, 9 - Math.max(0, gap), words(40), TokenUsage.NONE)),
                Optional.of(new Verdict.Scored(9 - Math.max(0, gap), 9, words(40), TokenUsage.NONE)),
                Optional.of(new Finding(gap, gap >= 1 ? Difficulty.HARD : Difficulty.EASY)));
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(Integer.toString(100_000 + random.nextInt(900_000), 36)).append(i % 12 == 11 ? ".\n" : "xy ");
        }
        return text.toString();
    }

    private static void writePage(Path run) throws Exception {
        long start = System.nanoTime();
        HtmlReport.of(RunDirectory.read(run)).writeTo(run.resolve("report.html"));
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "page of %,d bytes in %.1f s, heap of at most %,d MB, used up to %,d MB%n",
                Files.size(run.resolve("report.html")),
                (System.nanoTime() - start) / 1e9,
                Runtime.getRuntime().maxMemory() >> 20,
                peak >> 20);
    }

    private static void open(Path page) throws Exception {
        Path profile = Files.createTempDirectory("lion-profile");
        Path program = Browser.find().orElseThrow(() -> new IllegalStateException("no Chromium found"));
        try (Browser browser = Browser.start(program, Files.createDirectory(profile.resolve("profile")))) {
            for (int i = 0; i < OPENED; i++) {
                Browser.Tab tab = browser.open(page.toUri());
                TimeUnit.MILLISECONDS.sleep(500); // until the load event's end is noted
                System.out.println("ms from the navigation's start to interactive, loaded, first paint: "
                        + tab.evaluate(
                                        "[performance.timing.domInteractive, performance.timing.loadEventEnd]"
                                                + ".map(time => time - performance.timing.navigationStart)"
                                                + ".concat(performance.getEntriesByType('paint').map(p => Math.round(p.startTime))).join(', ')")
                                .textValue());
            }
        }
    }
}
