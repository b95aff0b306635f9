package dev.lion.judging;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How the referee is used in a discrimination; {@link #paper()} by default. The value only describes it; {@link Inquiry}
 * does it.
 *
 * @param selection which instructions are judged
 * @param secondOrder when they are judged in both orders
 * @param aggregation how two verdicts become one gap
 * @param audit the part on which all savings are learnt and measured; without effect where nothing is saved
 */
public record Judging(Selection selection, SecondOrder secondOrder, Aggregation aggregation, Audit audit) {
    public Judging {
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(secondOrder, "secondOrder");
        Objects.requireNonNull(aggregation, "aggregation");
        Objects.requireNonNull(audit, "audit");
    }

    /** Every instruction, always in both orders, the mean of both (paper, section 3.2). */
    public static Judging paper() {
        return new Judging(Selection.everything(), SecondOrder.always(), Aggregation.MEAN, Audit.defaults());
    }

    /**
     * About half of the paper's calls for 95 % of the hard instructions that they would find: those most likely hard are
     * judged, in one order drawn by chance, and all count as hard but those that are so with a probability below 0.08.
     *
     * <p>What it gives up is the purity of the hard part: with a simulated referee that contradicts itself on 46 % of even
     * pairs, both orders would call 67 % of it hard (the same referee, asked anew in both, would call 78 %), with one that
     * does on 82 %, 58 % (74 %). {@code paper().with(Selection.likelyHard(0.98)).with(SecondOrder.whenOpen(0.1, 0.45))} gives
     * up less, 91 % and 86 %, and takes 61 % and 63 % of the calls. A pool of less than 400 instructions is judged as the
     * paper does. Where the figures are from: {@code docs/decisions}, and {@code lion-examples bench judging}.
     */
    public static Judging frugal() {
        return paper().with(Selection.likelyHard(0.97)).with(SecondOrder.whenOpen(0.08, 0.08));
    }

    /** The same with another selection. */
    public Judging with(Selection value) {
        return new Judging(value, secondOrder, aggregation, audit);
    }

    /** The same with another rule for the second order. */
    public Judging with(SecondOrder value) {
        return new Judging(selection, value, aggregation, audit);
    }

    /** The same with another way to put two verdicts together. */
    public Judging with(Aggregation value) {
        return new Judging(selection, secondOrder, value, audit);
    }

    /** The same with another audit. */
    public Judging with(Audit value) {
        return new Judging(selection, secondOrder, aggregation, value);
    }

    /** Whether past gaps have a say in what is judged. */
    public boolean looksBack() {
        return !(selection instanceof Selection.Everything);
    }

    /** Whether so many instructions are all judged in both orders: nothing is to be saved, or they are too few for it. */
    public boolean isWholeFor(int instructions) {
        return isWhole() || !audit.isWorthwhile(instructions);
    }

    /** Whether nothing is saved: one round, and no audit. */
    boolean isWhole() {
        return selection instanceof Selection.Everything && secondOrder instanceof SecondOrder.Always;
    }

    /** What decides the result, by name, for a run's manifest. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("judging.selection", selection.toString());
        settings.put("judging.secondOrder", secondOrder.toString());
        settings.put("judging.aggregation", aggregation.toString());
        if (!isWhole()) {
            settings.put("judging.audit", audit.toString());
        }
        return settings;
    }
}
