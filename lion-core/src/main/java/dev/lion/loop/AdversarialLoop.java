package dev.lion.loop;

import com.google.common.base.Ticker;
import dev.lion.cost.Assumptions;
import dev.lion.cost.Budget;
import dev.lion.cost.CostEstimate;
import dev.lion.cost.Prices;
import dev.lion.data.InstructionPool;
import dev.lion.evaluation.Evaluation;
import dev.lion.novelty.NoveltyIndex;
import dev.lion.novelty.RougeLIndex;
import dev.lion.role.Generator;
import dev.lion.role.Referee;
import dev.lion.role.Student;
import dev.lion.role.Teacher;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import dev.lion.run.StageTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Distils a teacher into a student: imitates the seeds, then, three times by default, discriminates, generates and
 * imitates the new instructions.
 *
 * <p>A loop runs once at a time, on the thread that calls {@link #run}; that thread also calls the student. Teacher,
 * referee and generator are called from threads that end with the run.
 */
public final class AdversarialLoop {
    private final Roles roles;
    private final LoopConfig config;
    private final List<LoopListener> listeners;
    private final List<AcceptanceRule> rules;
    private final Supplier<NoveltyIndex> novelty;
    private final Map<String, String> settings;
    private final Budget budget;
    private final Prices prices;
    private final LongSupplier nanos;
    private final Batching batching;
    private final AtomicReference<@Nullable StopSignal> running = new AtomicReference<>();

    private AdversarialLoop(Builder builder, Roles roles) {
        this.roles = roles;
        this.config = builder.config;
        this.listeners = List.copyOf(builder.listeners);
        this.rules = builder.rules;
        this.novelty = builder.novelty.orElse(() -> new RougeLIndex(config.maxRougeL()));
        this.settings = Map.copyOf(builder.settings);
        this.budget = builder.budget;
        this.prices = builder.prices;
        this.nanos = builder.nanos;
        this.batching = builder.batching;
    }

    /** A builder; teacher, referee, generator and student must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs, or continues a run that ended early; nothing that was paid for is asked for again. A run that is complete only
     * restores the student.
     *
     * @param seeds the seed instructions, the same at every call for a run
     * @param run where the run is kept
     * @return how it ended; exceptions leave the run so that another call continues it
     * @throws dev.lion.run.ManifestMismatchException when the run was started with other settings or seeds
     * @throws RoleFailedException when the student or the evaluation failed for good, or another role is {@linkplain
     *     dev.lion.role.UnusableRoleException unusable}
     * @throws TooManyFailuresException when too many calls of another role failed for good
     * @throws StrategyFailedException when a rule of the configuration failed or chose what there is not
     * @throws NothingUsableException when a stage was left without anything to go on with
     * @throws dev.lion.run.RunStorageException when the disk failed
     */
    public LoopResult run(InstructionPool seeds, RunDirectory run) {
        if (seeds.size() == 0) {
            throw new LoopConfigException(List.of("there must be at least one seed instruction"));
        }
        StopSignal stop = new StopSignal();
        if (!running.compareAndSet(null, stop)) {
            throw new IllegalStateException("this loop is running already; build another one for another run");
        }
        try {
            return run(seeds, run, stop);
        } finally {
            running.set(null);
        }
    }

    private LoopResult run(InstructionPool seeds, RunDirectory run, StopSignal stop) {
        Events events = new Events(listeners);
        boolean resumed = run.begin(manifest(seeds), seeds);
        events.tell(
                resumed
                        ? new LoopEvent.RunResumed(run.path(), config, seeds.size(), run.summaries())
                        : new LoopEvent.RunStarted(run.path(), config, seeds.size()));
        try (Purse purse = purse(run, events, stop);
                TeacherAnswers answers = new TeacherAnswers(run);
                Watch watch = new Watch(config, events, Ticker.systemTicker()).started()) {
            if (!resumed && !(budget.equals(Budget.unlimited()) && prices.isUnknown())) {
                purse.expect(estimate(seeds, Assumptions.usual()));
            }
            Roles paid = PaidRoles.of(roles, purse);
            RunContext context = new RunContext(config, paid, run, answers, events, stop, watch, purse, batching);
            LoopResult result = explained(new Coordinator(context, seeds, rules, novelty).run(), purse);
            events.tell(new LoopEvent.RunFinished(result));
            return result;
        }
    }

    /** What a run with these seeds is likely to take; asks nobody. See {@link Builder#estimate}. */
    public CostEstimate estimate(InstructionPool seeds, Assumptions assumptions) {
        CallRoles called = new CallRoles(roles.teacher(), roles.referee(), roles.generator());
        return new CallPlan(config, called, seeds, assumptions, Optional.empty()).estimate(prices);
    }

    private Purse purse(RunDirectory run, Events events, StopSignal stop) {
        Duration before = run.stageTimes().stream().map(StageTime::duration).reduce(Duration.ZERO, Duration::plus);
        TimeLimit time = new TimeLimit(budget, before, nanos);
        stop.alsoWhen(time::isPassed);
        return new Purse(run, budget, prices, time, stop, events);
    }

    private static LoopResult explained(LoopResult result, Purse purse) {
        purse.rethrowDiskFailure();
        if (result.status() != LoopResult.Status.STOPPED) {
            return result;
        }
        return purse.exhausted()
                .map(reason -> new LoopResult(
                        LoopResult.Status.BUDGET_EXHAUSTED,
                        reason,
                        result.iterations(),
                        result.student(),
                        result.listenerFailures()))
                .orElse(result);
    }

    private RunManifest manifest(InstructionPool seeds) {
        Map<String, String> configuration = new TreeMap<>(config.decisive());
        configuration.put(
                "acceptanceRules",
                rules.stream().map(AcceptanceRule::description).collect(Collectors.joining(", ")));
        configuration.put("novelty", novelty.get().description());
        return RunManifest.of(config.seed(), seeds, configuration, settings);
    }

    /**
     * Asks the run in progress to end soon; any thread may. No new call is made, those of teacher, referee and generator
     * that are under way are waited for up to {@link LoopConfig#stopTimeout()} and given up then, the student ends its
     * batch or its training step, what was brought is kept, and {@link #run} returns {@link LoopResult.Status#STOPPED}.
     * Interrupting the thread of {@link #run} does the same. Without a run in progress nothing happens.
     */
    public void stop() {
        Optional.ofNullable(running.get()).ifPresent(StopSignal::request);
    }

    /** Collects what a loop needs. For one thread. */
    public static final class Builder {
        private Optional<Teacher> teacher = Optional.empty();
        private Optional<Referee> referee = Optional.empty();
        private Optional<Generator> generator = Optional.empty();
        private Optional<Student> student = Optional.empty();
        private Optional<Evaluation> evaluation = Optional.empty();
        private Optional<Supplier<NoveltyIndex>> novelty = Optional.empty();
        private LoopConfig config = LoopConfig.defaults();
        private List<AcceptanceRule> rules = AcceptanceRule.paper();
        private final List<LoopListener> listeners = new ArrayList<>();
        private final Map<String, String> settings = new TreeMap<>();
        private Budget budget = Budget.unlimited();
        private Prices prices = Prices.unknown();
        private LongSupplier nanos = System::nanoTime;
        private Batching batching = Batching.defaults();

        private Builder() {}

        /** Who answers; must be given. */
        public Builder teacher(Teacher value) {
            teacher = Optional.of(value);
            return this;
        }

        /** Who judges; must be given. */
        public Builder referee(Referee value) {
            referee = Optional.of(value);
            return this;
        }

        /** Who invents instructions; must be given. */
        public Builder generator(Generator value) {
            generator = Optional.of(value);
            return this;
        }

        /** Who learns; must be given. The loop does not close it. */
        public Builder student(Student value) {
            student = Optional.of(value);
            return this;
        }

        /** The settings; the paper's by default. */
        public Builder config(LoopConfig value) {
            config = value;
            return this;
        }

        /** Measures the student after every imitation; nothing by default. */
        public Builder evaluation(Evaluation value) {
            evaluation = Optional.of(value);
            return this;
        }

        /** Adds someone who is told what happens; nobody by default. */
        public Builder listener(LoopListener value) {
            listeners.add(value);
            return this;
        }

        /** Makes the empty index of each generation; {@link RougeLIndex} with the configured threshold by default, which sees
         * the letters a to z and digits only, as the paper does; {@link RougeLIndex#unicode} sees every language, and
         * {@link NoveltyIndex#none()} lets near-duplicates in. Equal instructions are never taken twice. */
        public Builder novelty(Supplier<NoveltyIndex> value) {
            novelty = Optional.of(value);
            return this;
        }

        /** The rules that generated instructions must pass, in order; {@link AcceptanceRule#paper()} by default. */
        public Builder acceptanceRules(List<AcceptanceRule> value) {
            rules = List.copyOf(value);
            return this;
        }

        /**
         * How much the run may take, all its sittings together; without a limit by default. A run that reaches a limit ends
         * with {@link LoopResult.Status#BUDGET_EXHAUSTED}, and goes on under a larger budget.
         */
        public Builder budget(Budget value) {
            budget = value;
            return this;
        }

        /** What the roles' tokens cost; unknown by default. A budget of money needs the price of every role. */
        public Builder prices(Prices value) {
            prices = value;
            return this;
        }

        /** How batches are waited for, where roles have some; {@link Batching#defaults()} by default. */
        public Builder batching(Batching value) {
            batching = value;
            return this;
        }

        /** The clock that the budget's time is read from. */
        Builder nanos(LongSupplier value) {
            nanos = value;
            return this;
        }

        /**
         * Adds a setting of the application to the run's manifest, so that the run is only continued under the same one:
         * the name of a model, the fingerprint of a prompt. It is stored as it is and must not be a secret.
         */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /**
         * What a run with these seeds is likely to take, by role, stage and iteration. Asks nobody and needs no student:
         * prompts are measured on the seeds, the rest is assumed.
         *
         * @throws LoopConfigException when teacher, referee or generator is missing
         */
        public CostEstimate estimate(InstructionPool seeds, Assumptions assumptions) {
            return new CallPlan(config, callRoles(), seeds, assumptions, Optional.empty()).estimate(prices);
        }

        /** What the rest of a run that was begun is likely to take, as {@link #estimate} says it of a whole one. */
        public CostEstimate estimateRest(InstructionPool seeds, Assumptions assumptions, RunDirectory begun) {
            return new CallPlan(config, callRoles(), seeds, assumptions, Optional.of(begun)).estimate(prices);
        }

        private CallRoles callRoles() {
            List<String> faults = new ArrayList<>();
            require(teacher, "teacher", faults);
            require(referee, "referee", faults);
            require(generator, "generator", faults);
            requireProposals(faults);
            if (!faults.isEmpty()) {
                throw new LoopConfigException(faults);
            }
            return new CallRoles(teacher.orElseThrow(), referee.orElseThrow(), generator.orElseThrow());
        }

        /**
         * The loop.
         *
         * @throws LoopConfigException naming everything that is missing or clashes
         */
        public AdversarialLoop build() {
            List<String> faults = new ArrayList<>();
            require(teacher, "teacher", faults);
            require(referee, "referee", faults);
            require(generator, "generator", faults);
            requireProposals(faults);
            require(student, "student", faults);
            requireDistinctRules(faults);
            requireEvaluationToKeepBy(faults);
            faults.addAll(BudgetFaults.of(budget, prices, teacher, referee, generator));
            if (!faults.isEmpty()) {
                throw new LoopConfigException(faults);
            }
            return new AdversarialLoop(
                    this,
                    new Roles(
                            teacher.orElseThrow(),
                            referee.orElseThrow(),
                            generator.orElseThrow(),
                            student.orElseThrow(),
                            evaluation));
        }

        private static void require(Optional<?> role, String name, List<String> faults) {
            if (role.isEmpty()) {
                faults.add("there is no " + name + "; give one with " + name + "(…)");
            }
        }

        private void requireProposals(List<String> faults) {
            generator
                    .map(Generator::proposalsPerRequest)
                    .filter(each -> each < 1)
                    .ifPresent(each -> faults.add("the generator expects " + each
                            + " proposals of a request (proposalsPerRequest); it must be 1 or more"));
        }

        private void requireEvaluationToKeepBy(List<String> faults) {
            if (config.keepRule().needsEvaluation() && evaluation.isEmpty()) {
                faults.add("there is no evaluation, by which the keepRule ("
                        + config.keepRule().description()
                        + ") goes; give one with evaluation(…), or leave the keepRule at KeepRule.latest()");
            }
        }

        private void requireDistinctRules(List<String> faults) {
            Set<String> names = new HashSet<>();
            Stream.concat(
                            Stream.of(Gate.DUPLICATE, Gate.NEAR_DUPLICATE, Gate.OVER_QUOTA),
                            rules.stream().map(AcceptanceRule::name))
                    .filter(name -> !names.add(name))
                    .forEach(name -> faults.add("two acceptance rules are named " + name + "; rename one"));
        }
    }
}
