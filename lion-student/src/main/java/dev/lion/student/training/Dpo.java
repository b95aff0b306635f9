package dev.lion.student.training;

import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.PackedBatch;
import dev.lion.student.decoder.Parameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Direct preference optimization: the mean of {@link DpoLoss} over the pairs of a step. No second model is held: of the
 * reference only its lead is kept, a number for each pair. A pass goes through the decoder twice, as the slope of a
 * pair's loss is known only once both its answers' probabilities are; an adapter's dropout is in the second time alone.
 */
final class Dpo implements Objective<PreferencePair> {
    private final DecoderModel model;
    private final DpoLoss loss;
    private final boolean recomputation;
    private final String after;
    private final Map<PreferencePair, Double> referenceLeads = new HashMap<>();

    /** @param after the training that the reference came from */
    Dpo(DecoderModel model, DpoLoss loss, boolean recomputation, String after) {
        this.model = model;
        this.loss = loss;
        this.recomputation = recomputation;
        this.after = after;
    }

    /** An answer of a pair of the pass: the chosen one counts for the pair, the rejected one against it. */
    private record Side(int pair, int sign, LabelledSequence answer) {}

    // in the order that they have in a batch
    private static List<Side> sides(List<PreferencePair> pairs) {
        var sides = new ArrayList<Side>();
        for (int i = 0; i < pairs.size(); i++) {
            sides.add(new Side(i, 1, pairs.get(i).chosen()));
            sides.add(new Side(i, -1, pairs.get(i).rejected()));
        }
        sides.sort(Comparator.comparingInt(side -> side.answer().inputLength()));
        return sides;
    }

    private static PackedBatch batch(List<Side> sides) {
        return PackedBatch.of(sides.stream().map(Side::answer).toList());
    }

    /** By how much the chosen answer of each pair is likelier than the rejected one, in nats. */
    double[] leads(List<PreferencePair> pairs) {
        var sides = sides(pairs);
        return leads(pairs.size(), sides, batch(sides));
    }

    private double[] leads(int pairs, List<Side> sides, PackedBatch batch) {
        double[] found = model.logProbabilities(batch);
        var leads = new double[pairs];
        for (int i = 0; i < found.length; i++) {
            leads[sides.get(i).pair()] += sides.get(i).sign() * found[i];
        }
        return leads;
    }

    /** The reference, by its leads; to be called before any gradient is asked for. */
    void setReference(List<PreferencePair> pairs, double[] leads) {
        IntStream.range(0, leads.length).forEach(i -> referenceLeads.put(pairs.get(i), leads[i]));
    }

    private double margin(PreferencePair pair, double lead) {
        Double reference = referenceLeads.get(pair);
        if (reference == null) {
            throw new IllegalStateException(
                    "the reference is not known for " + pair.chosen().id());
        }
        return lead - reference;
    }

    @Override
    public String description() {
        return "dpo with beta " + loss.beta() + " after " + after;
    }

    @Override
    public List<LabelledSequence> sequences(PreferencePair pair) {
        return List.of(pair.chosen(), pair.rejected());
    }

    @Override
    public double weight(PreferencePair pair) {
        return 1;
    }

    /** None: one pair that contradicts the others costs β for each nat by which these are told apart. */
    @Override
    public OptionalDouble lossOfIgnorance() {
        return OptionalDouble.empty();
    }

    @Override
    public double addGradients(List<PreferencePair> pass, double stepWeight, Parameters gradients, long seed) {
        var sides = sides(pass);
        var batch = batch(sides);
        double[] leads = leads(pass.size(), sides, batch);
        var slopes = new double[pass.size()];
        double sum = 0;
        for (int i = 0; i < slopes.length; i++) {
            double margin = margin(pass.get(i), leads[i]);
            slopes[i] = loss.slope(margin) / stepWeight;
            sum += loss.at(margin);
        }
        double[] weights = sides.stream()
                .mapToDouble(side -> side.sign() * slopes[side.pair()])
                .toArray();
        model.addGradients(gradients, batch, weights, seed, recomputation);
        return sum / stepWeight;
    }
}
