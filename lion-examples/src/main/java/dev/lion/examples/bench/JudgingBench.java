package dev.lion.examples.bench;

import dev.lion.examples.bench.SimulatedReferee.Pairs;
import dev.lion.judging.Judging;
import dev.lion.judging.SecondOrder;
import dev.lion.judging.Selection;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What ways of judging save, and what they lose against full judging, where the truth is known. */
@Command(
        name = "judging",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure what ways of judging save and lose on a simulated referee with noise and a bias of position.",
            "The planner is the one that the loop uses; pool, student and referee are simulated."
        })
final class JudgingBench implements Callable<Integer> {
    private static final double GPT_4 = 0.46;
    private static final double CHAT_GPT = 0.82;

    @Option(
            names = "--pool",
            defaultValue = "5200",
            paramLabel = "N",
            description = "seed instructions (default: ${DEFAULT-VALUE}, a tenth of the paper's)")
    private int pool;

    @Option(
            names = "--generate",
            defaultValue = "600",
            paramLabel = "N",
            description = "new instructions an iteration (default: ${DEFAULT-VALUE}, a tenth of the paper's)")
    private int generated;

    @Option(
            names = "--runs",
            defaultValue = "5",
            paramLabel = "N",
            description = "runs with other random numbers, of which medians are shown (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--frugal-only", description = "leave the other plans out, for large pools")
    private boolean frugalOnly;

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        printAssumptions();
        for (SimulatedWorld world : List.of(SimulatedWorld.usual(), SimulatedWorld.drifting())) {
            for (double rate : new double[] {GPT_4, CHAT_GPT}) {
                measure(world, referee(rate).contradicting(rate, Pairs.ahead(0)), "on even pairs, as published");
            }
        }
        SimulatedWorld world = SimulatedWorld.usual();
        for (double rate : new double[] {GPT_4, CHAT_GPT}) {
            measure(world, referee(rate).contradicting(rate, Pairs.of(world)), "on the pool itself, which is harsher");
        }
        return 0;
    }

    private static SimulatedReferee referee(double rate) {
        return rate < 0.5 ? new SimulatedReferee(0, 0.6, 0.5, 7) : new SimulatedReferee(0, 1.0, 0.7, 7);
    }

    private Map<String, Judging> plans() {
        return frugalOnly ? Map.of("frugal", Judging.frugal()) : all();
    }

    private static Map<String, Judging> all() {
        Judging paper = Judging.paper();
        Map<String, Judging> plans = new LinkedHashMap<>();
        plans.put("the paper's", paper);
        plans.put("second order when open, 0.05", paper.with(SecondOrder.whenOpen(0.05)));
        plans.put("stratified half", paper.with(Selection.stratified(0.5)));
        plans.put("likely hard, 0.95", paper.with(Selection.likelyHard(0.95)));
        plans.put(
                "likely hard, 0.98; open 0.1 to 0.45",
                paper.with(Selection.likelyHard(0.98)).with(SecondOrder.whenOpen(0.1, 0.45)));
        plans.put("frugal", Judging.frugal());
        return plans;
    }

    private void printAssumptions() {
        out.printf(
                Locale.ROOT,
                "Assumed: %d seeds and %d new instructions an iteration, half from hard and half from easy parents, 60 %% like"
                        + " their parent. The student lags on 35 %% of the seeds by 1.2 points and more (3.6 on average) and is"
                        + " even with its teacher, give or take 0.5, on the rest; in an iteration it catches up on 25 %% of the"
                        + " former and falls back on 5 %% of the latter (more drift: 45 %% and 12 %%). The referee gives whole"
                        + " points with noise, and favours the answer shown first by an amount that varies from instruction to"
                        + " instruction. Hard is a gap of 1 or more. Recall and precision are against full judging by the same"
                        + " referee; medians of %d runs.%n",
                pool,
                generated,
                runs);
    }

    private void measure(SimulatedWorld world, SimulatedReferee referee, String calibrated) {
        Map<String, PlanFigures> figures = new LinkedHashMap<>();
        plans().forEach((name, plan) -> figures.put(
                name,
                PlanFigures.of(IntStream.range(0, runs)
                        .mapToObj(run -> SimulatedRun.of(plan, referee, world, pool, generated, 100 + run))
                        .toList())));
        PlanFigures full = figures.values().iterator().next();
        out.printf(
                Locale.ROOT,
                "%nA referee that contradicts itself on %.0f %% of even pairs, %.0f %% of pairs two points apart and %.0f %% of"
                        + " this pool (calibrated %s); %s.%nFull judging calls %.0f %% hard; asked again it finds %.1f %% of"
                        + " them again, and %.1f %% of them are truly hard.%n",
                100 * referee.conflictRate(Pairs.ahead(0)),
                100 * referee.conflictRate(Pairs.ahead(2)),
                100 * full.conflictRate(),
                calibrated,
                world.name(),
                100 * full.hardShare(),
                100 * full.foundAgain(),
                100 * full.trulyHard());
        JudgingTable.print(out, figures);
    }
}
