package dev.lion.examples;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.LionException;
import dev.lion.cost.BudgetExhaustedException;
import dev.lion.data.ItemOutcome;
import dev.lion.data.PaidRole;
import dev.lion.evaluation.Benchmark;
import dev.lion.evaluation.BenchmarkItem;
import dev.lion.evaluation.BenchmarkResult;
import dev.lion.evaluation.EvaluationReport;
import dev.lion.evaluation.Measurement;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
        EvaluationItems items = EvaluationItems.of(benchmarks, questions, student);
        EvaluationTable table = new EvaluationTable(System.out);
        if (isSpoken()) {
            table.print(items.seen(), benchmarks.keepsNear());
        }
        return cost.isEstimateOnly() ? estimate(table, items.questions()) : evaluate(table, items);
    }

    private int estimate(EvaluationTable table, List<OpenQuestion> asked) {
        if (asked.isEmpty()) {
            System.out.println("Nothing of this costs anything: no open questions are asked.");
        } else {
            table.print(openQuestions(asked).estimate(), questions.inWords());
        }
        return 0;
    }

    private int evaluate(EvaluationTable table, EvaluationItems items) throws Exception {
        Map<String, String> about = about(items);
        Optional<EvaluationFolder> folder =
                out.isPresent() ? Optional.of(EvaluationFolder.open(out.get(), about)) : Optional.empty();
        List<OpenQuestion> asked = items.questions();
        if (!asked.isEmpty()) {
            openQuestions(asked).check(candidateName());
        }
        Optional<List<ItemOutcome>> earlier = against.map(file -> comparable(file, items.benchmarks()));
        Map<String, BenchmarkResult> results = new LinkedHashMap<>();
        List<ItemOutcome> outcomes = measure(items.benchmarks(), results);
        if (isSpoken()) {
            table.print(results, items.leftOut());
        }
        EvaluationReport report = new EvaluationReport(about, results, items.seen(), Optional.empty());
        keep(folder, report, outcomes); // before anything is paid for
        earlier.ifPresent(before -> say(EvaluationTable.inWords(PairedDifference.of(before, outcomes))));
        if (asked.isEmpty()) {
            print(report);
            return 0;
        }
        return compare(table, asked, report, outcomes, folder);
    }

    private List<ItemOutcome> measure(Map<String, List<BenchmarkItem>> items, Map<String, BenchmarkResult> results)
            throws Exception {
        List<ItemOutcome> outcomes = new ArrayList<>();
        if (items.values().stream().allMatch(List::isEmpty)) {
            return outcomes;
        }
        try (DjlStudent model = load(DecodingConfig.greedy(maxNewTokens))) {
            for (Map.Entry<String, List<BenchmarkItem>> each : items.entrySet()) {
                if (!each.getValue().isEmpty()) {
                    Benchmark benchmark = benchmark(each.getValue());
                    Measurement found = benchmark.measure(model);
                    results.put(each.getKey(), BenchmarkResult.of(benchmark, found));
                    outcomes.addAll(found.outcomes());
                }
            }
        }
        return outcomes;
    }

    private Benchmark benchmark(List<BenchmarkItem> items) {
        Benchmark written = Benchmark.on(items);
        return benchmarks.isByLikelihood() ? written.byLikelihood() : written;
    }

    private int compare(
            EvaluationTable table,
            List<OpenQuestion> asked,
            EvaluationReport before,
            List<ItemOutcome> outcomes,
            Optional<EvaluationFolder> folder)
            throws Exception {
        try {
            RelativeResult relative = compare(asked);
            if (isSpoken()) {
                table.print(relative, questions.inWords());
            }
            EvaluationReport report = new EvaluationReport(
                    before.about(), before.benchmarks(), before.contamination(), Optional.of(relative));
            keep(folder, report, outcomes);
            print(report);
            if (relative.compared().isEmpty()) {
                System.err.println("error: not one question has a verdict, so nothing is said of the open questions");
                return Main.FAILED;
            }
            return 0;
        } catch (BudgetExhaustedException e) {
            System.err.println("stopped: " + e.getMessage());
            return Main.BUDGET_REACHED;
        }
    }

    private RelativeResult compare(List<OpenQuestion> asked) throws Exception {
        if (!questions.asksStudent()) {
            return openQuestions(asked).measure(new AbsentStudent(), candidateName(), this::say);
        }
        try (DjlStudent model = load(answering())) {
            return openQuestions(asked).measure(model, candidateName(), this::say);
        }
    }

    private DecodingConfig answering() {
        return DecodingConfig.defaults().withMaxNewTokens(questions.answerTokens());
    }

    private String candidateName() throws IOException {
        return questions.asksStudent()
                ? StudentFingerprint.of(folder()) + ", " + answering() + ", seed " + seed
                : "none";
    }

    private static List<ItemOutcome> comparable(Path file, Map<String, List<BenchmarkItem>> items) {
        List<ItemOutcome> earlier = OutcomeFile.read(file);
        Set<String> ids = new HashSet<>();
        items.values()
                .forEach(each -> each.forEach(
                        item -> ids.add(item.task() + " " + item.instruction().id())));
        if (earlier.stream().noneMatch(outcome -> ids.contains(outcome.task() + " " + outcome.id()))) {
            throw new LionException(file + ": has no item in common with what is measured here");
        }
        return earlier;
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

    private Map<String, String> about(EvaluationItems items) throws IOException {
        Map<String, String> about = new LinkedHashMap<>();
        if (student.isPresent()) {
            about.put("student", lastTwo(student.get()));
            about.put(EvaluationFolder.MEASURED + "student", StudentFingerprint.of(folder()));
        }
        about.put("seed", Long.toString(seed));
        about.put("maxNewTokens", Integer.toString(maxNewTokens));
        about.put("nearItems", items.near());
        benchmarks.describe(about::put);
        items.benchmarks()
                .forEach((name, each) -> about.put(
                        EvaluationFolder.MEASURED + name,
                        each.isEmpty()
                                ? "0 items"
                                : each.size() + " items, " + benchmark(each).fingerprint()));
        if (questions.isGiven()) {
            about.put(
                    EvaluationFolder.MEASURED + "questions",
                    items.questions().size() + " questions, " + fingerprint(items.questions()));
            about.put("candidate", questions.candidate());
            about.put("reference", questions.reference(provider.modelName(PaidRole.TEACHER)));
            about.put("questions", questions.inWords());
            about.put("referee", provider.modelName(PaidRole.REFEREE));
        }
        return about;
    }

    private static String fingerprint(List<OpenQuestion> questions) {
        Hasher hasher = Hashing.sha256().newHasher();
        questions.forEach(each -> hasher.putUnencodedChars(each.id())
                .putUnencodedChars(each.instruction().id()));
        return hasher.hash().toString().substring(0, 16);
    }

    private static String lastTwo(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        int names = whole.getNameCount();
        return names == 0
                ? "student"
                : whole.subpath(Math.max(0, names - 2), names).toString().replace('\\', '/');
    }

    private static void keep(Optional<EvaluationFolder> folder, EvaluationReport report, List<ItemOutcome> outcomes)
            throws IOException {
        if (folder.isPresent()) {
            folder.get().keep(report, outcomes);
        }
    }

    /** This command has no limit of time, which the options of a run's budget have. */
    static void withoutTimeBudget(CommandSpec evaluate) {
        evaluate.remove(evaluate.findOption("--budget-time"));
    }

    /** Options that were given and say nothing where no open questions are asked. */
    private String useless() {
        CommandSpec spec = Objects.requireNonNull(command);
        Set<String> ofQuestions = Stream.concat(
                        Stream.of("questions", "pace", "cost")
                                .map(mixin -> spec.mixins().get(mixin))
                                .flatMap(mixin -> mixin.options().stream()),
                        spec.argGroups().stream().flatMap(group -> group.allOptionsNested().stream()))
                .map(OptionSpec::longestName)
                .filter(name -> !name.equals("--estimate"))
                .collect(Collectors.toSet());
        return spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(ofQuestions::contains)
                .distinct()
                .collect(Collectors.joining(", "));
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
        String useless = questions.isGiven() ? "" : useless();
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
                                + json.map(Path::toString).orElse(""))
                .require(useless.isEmpty(), "without --questions these are of no use: " + useless);
        benchmarks.check(faults);
        questions.check(faults);
        pace.check(faults);
        if (questions.isGiven()) {
            provider.check(faults);
            cost.check(faults, provider::modelName);
        }
        faults.refuse();
    }
}
