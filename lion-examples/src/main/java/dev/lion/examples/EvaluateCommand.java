package dev.lion.examples;

import dev.lion.cost.BudgetExhaustedException;
import dev.lion.data.Instruction;
import dev.lion.data.ItemOutcome;
import dev.lion.data.PaidRole;
import dev.lion.evaluation.Benchmark;
import dev.lion.evaluation.BenchmarkItem;
import dev.lion.evaluation.BenchmarkResult;
import dev.lion.evaluation.Contamination;
import dev.lion.evaluation.EvaluationReport;
import dev.lion.evaluation.OpenQuestion;
import dev.lion.evaluation.OutcomeFile;
import dev.lion.evaluation.PairedDifference;
import dev.lion.evaluation.RelativeResult;
import dev.lion.student.DjlStudent;
import dev.lion.student.cascade.StudentFingerprint;
import dev.lion.student.decoding.DecodingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a student: on tasks with right answers, and on open questions beside a reference. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "lion-examples evaluate --student=DIR (--bbh=PATH | --agieval=PATH)... [OPTIONS]",
            "       lion-examples evaluate --student=DIR --questions=FILE --out=DIR --teacher-model=NAME [OPTIONS]"
        },
        description = {
            "How good a student is (paper, section 4), with 95 %% intervals.",
            "On BIG-Bench Hard and AGIEval, zero-shot: the first option's letter in the answer counts, the first of the"
                    + " words where a task is about words such as Yes and No, and else the whole answer, blanks around it"
                    + " apart. Items near to what the student was trained on are left out.",
            "On open questions: a referee compares the student's answers with a reference's. What is paid for is kept in"
                    + " --out; interrupted, or at its budget (exit code 3), the same command continues."
        })
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--student",
            paramLabel = "DIR",
            description =
                    "a student's folder (config.json, model.safetensors, tokenizer.json, ...), or a run's directory")
    private Optional<Path> student = Optional.empty();

    @Mixin
    private BaseOption base = new BaseOption();

    @Mixin
    private BenchmarkOptions benchmarks = new BenchmarkOptions();

    @Option(
            names = "--max-new-tokens",
            defaultValue = "128",
            paramLabel = "N",
            description = "longest answer to an item in tokens, greedily decoded (default: ${DEFAULT-VALUE})")
    private int maxNewTokens;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description =
                    "items.jsonl of an earlier evaluation, or a run's iteration-N/evaluation.jsonl: say whether the"
                            + " student is better or worse on the same items")
    private Optional<Path> against = Optional.empty();

    @Mixin
    private QuestionOptions questions = new QuestionOptions();

    @ArgGroup(exclusive = false, heading = "%nWho judges, and answers as the reference, with --questions:%n")
    private ProviderOptions provider = new ProviderOptions();

    @Mixin
    private PaceOptions pace = new PaceOptions();

    @Mixin
    private BudgetOptions cost = new BudgetOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where evaluation.json, items.jsonl and all that is paid for are kept; new or continued")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "also write the result as JSON; - for standard output, instead of the tables")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            description = "where all randomness comes from (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws Exception {
        requireUsableOptions();
        Map<String, List<BenchmarkItem>> items = benchmarks.items();
        List<OpenQuestion> asked = questions.read();
        Optional<Contamination> seen = contamination(items, asked);
        EvaluationTable table = new EvaluationTable(System.out);
        seen.filter(near -> isSpoken()).ifPresent(near -> table.print(near, benchmarks.keepsNear()));
        Optional<Contamination> without = seen.filter(near -> !benchmarks.keepsNear());
        without.ifPresent(near -> items.replaceAll((name, all) -> near.without(all, BenchmarkItem::instruction)));
        List<OpenQuestion> unseen = without.map(near -> near.without(asked, OpenQuestion::instruction))
                .orElse(asked);
        return cost.isEstimateOnly() ? estimate(table, unseen) : evaluate(table, items, unseen, seen);
    }

    private int estimate(EvaluationTable table, List<OpenQuestion> asked) {
        if (asked.isEmpty()) {
            System.out.println("Nothing of this costs anything: no open questions are asked.");
        } else {
            table.print(openQuestions(asked).estimate(), questions.inWords());
        }
        return 0;
    }

    private int evaluate(
            EvaluationTable table,
            Map<String, List<BenchmarkItem>> items,
            List<OpenQuestion> asked,
            Optional<Contamination> seen)
            throws Exception {
        Map<String, BenchmarkResult> results = new LinkedHashMap<>();
        List<ItemOutcome> outcomes = measure(items, results);
        if (isSpoken()) {
            results.forEach(table::print);
        }
        if (against.isPresent()) {
            say(EvaluationTable.inWords(PairedDifference.of(OutcomeFile.read(against.get()), outcomes)));
        }
        EvaluationReport report = new EvaluationReport(about(), results, seen, Optional.empty());
        keep(report, outcomes); // before anything is paid for
        if (asked.isEmpty()) {
            print(report);
            return 0;
        }
        return compare(table, asked, report, outcomes);
    }

    private Optional<Contamination> contamination(Map<String, List<BenchmarkItem>> items, List<OpenQuestion> asked) {
        List<Instruction> all = new ArrayList<>();
        items.values().forEach(each -> each.forEach(item -> all.add(item.instruction())));
        asked.forEach(question -> all.add(question.instruction()));
        return benchmarks.contamination(all, student);
    }

    private List<ItemOutcome> measure(Map<String, List<BenchmarkItem>> items, Map<String, BenchmarkResult> results)
            throws Exception {
        List<ItemOutcome> outcomes = new ArrayList<>();
        items.values().removeIf(List::isEmpty);
        if (items.isEmpty()) {
            return outcomes;
        }
        try (DjlStudent model = load(DecodingConfig.greedy(maxNewTokens))) {
            for (Map.Entry<String, List<BenchmarkItem>> each : items.entrySet()) {
                Benchmark written = Benchmark.on(each.getValue());
                Benchmark benchmark = benchmarks.isByLikelihood() ? written.byLikelihood() : written;
                List<ItemOutcome> found = benchmark.measure(model).outcomes();
                results.put(each.getKey(), BenchmarkResult.of(benchmark, found));
                outcomes.addAll(found);
            }
        }
        return outcomes;
    }

    private int compare(
            EvaluationTable table, List<OpenQuestion> asked, EvaluationReport before, List<ItemOutcome> outcomes)
            throws Exception {
        try {
            RelativeResult relative = compare(asked);
            if (isSpoken()) {
                table.print(relative, questions.inWords());
            }
            EvaluationReport report = new EvaluationReport(
                    before.about(), before.benchmarks(), before.contamination(), Optional.of(relative));
            keep(report, outcomes);
            print(report);
            return 0;
        } catch (BudgetExhaustedException e) {
            System.err.println("stopped: " + e.getMessage());
            return Main.BUDGET_REACHED;
        }
    }

    private RelativeResult compare(List<OpenQuestion> asked) throws Exception {
        if (!questions.asksStudent()) {
            return openQuestions(asked).measure(new AbsentStudent(), "none", this::say);
        }
        DecodingConfig decoding = DecodingConfig.defaults().withMaxNewTokens(questions.answerTokens());
        String name = StudentFingerprint.of(folder()) + ", " + decoding + ", seed " + seed;
        try (DjlStudent model = load(decoding)) {
            return openQuestions(asked).measure(model, name, this::say);
        }
    }

    private OpenQuestions openQuestions(List<OpenQuestion> asked) {
        Path kept = out.orElseThrow().resolve("questions");
        return new OpenQuestions(questions, asked, provider, pace, cost, kept);
    }

    private Path folder() {
        return StudentFolder.resolve(student.orElseThrow());
    }

    private DjlStudent load(DecodingConfig decoding) throws Exception {
        return base.applyTo(DjlStudent.builder().checkpoint(folder()))
                .decoding(decoding)
                .samplingSeed(seed)
                .build();
    }

    private Map<String, String> about() {
        Map<String, String> about = new LinkedHashMap<>();
        student.ifPresent(folder -> about.put("student", StudentFolder.name(folder)));
        about.put("seed", Long.toString(seed));
        about.put("nearItems", benchmarks.keepsNear() ? "kept" : "left out");
        if (questions.isGiven()) {
            about.put("questions", questions.inWords());
            about.put("referee", provider.modelName(PaidRole.REFEREE));
        }
        return about;
    }

    private void keep(EvaluationReport report, List<ItemOutcome> outcomes) throws IOException {
        if (out.isPresent()) {
            Files.createDirectories(out.get());
            Files.writeString(out.get().resolve("evaluation.json"), report.toJson() + System.lineSeparator());
            if (!outcomes.isEmpty()) {
                OutcomeFile.write(out.get().resolve("items.jsonl"), outcomes);
            }
        }
    }

    private void print(EvaluationReport report) throws IOException {
        if (!isSpoken()) {
            System.out.println(report.toJson());
        } else if (json.isPresent()) {
            Files.writeString(json.get(), report.toJson() + System.lineSeparator());
        }
        out.ifPresent(folder -> say("written: " + folder.resolve("evaluation.json")));
        json.ifPresent(file -> say("written: " + file));
    }

    private boolean isSpoken() {
        return json.filter(file -> file.toString().equals("-")).isEmpty();
    }

    private void say(String line) {
        if (isSpoken()) {
            System.out.println(line);
        }
    }

    private void requireUsableOptions() {
        boolean asked = questions.asksStudent() || benchmarks.isGiven();
        OptionFaults faults = new OptionFaults(Objects.requireNonNull(command))
                .atLeast(1, "--max-new-tokens", maxNewTokens)
                .require(benchmarks.isGiven() || questions.isGiven(), "give --bbh, --agieval or --questions")
                .require(!asked || student.isPresent(), "--student is missing")
                .require(
                        !questions.isGiven() || out.isPresent(),
                        "--questions need --out, where what is paid for is kept")
                .require(against.isEmpty() || benchmarks.isGiven(), "--against needs --bbh or --agieval")
                .require(
                        json.filter(Files::isDirectory).isEmpty(),
                        "--json must be a file or -, but is a directory: "
                                + json.map(Path::toString).orElse(""));
        benchmarks.check(faults);
        questions.check(faults);
        pace.check(faults);
        if (questions.isGiven()) {
            provider.check(faults);
            cost.check(faults, provider::modelName)
                    .require(
                            cost.budget().time().isEmpty(),
                            "--budget-time is for runs; limit dollars, tokens or calls");
        }
        faults.refuse();
    }
}
