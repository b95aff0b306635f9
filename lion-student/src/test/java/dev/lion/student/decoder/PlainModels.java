package dev.lion.student.decoder;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Models and likelihoods without rounding to speak of, for tests of what is computed from them. */
public final class PlainModels {
    private PlainModels() {}

    /** All weights are trained, and held in doubles. */
    public static DecoderModel fullInDoubles(Decoder decoder) {
        return DecoderModel.full(decoder, inDoubles(decoder, decoder.config().parameterShapes(), 2));
    }

    /** An adapter in doubles is trained, for which the decoder was opened, on a base in doubles, which lives as long as the decoder. */
    public static DecoderModel adaptedInDoubles(Decoder decoder, LoraConfig lora) {
        var base = inDoubles(decoder, decoder.config().parameterShapes(), 2);
        var adapter = inDoubles(decoder, lora.parameterShapes(decoder.config()), 3);
        return DecoderModel.adapted(decoder, BaseWeights.of(base), adapter);
    }

    private static Parameters inDoubles(Decoder decoder, Map<String, List<Long>> shapes, long seed) {
        var doubles = Parameters.zeros(decoder, shapes, DataType.FLOAT64);
        var random = new Random(seed);
        for (String name : doubles.names()) {
            double mean = name.endsWith("norm.weight") ? 1 : 0;
            var values = doubles.bytes(name).asDoubleBuffer();
            while (values.hasRemaining()) {
                values.put(mean + 0.3 * random.nextGaussian());
            }
        }
        return doubles;
    }

    /** Zeros in doubles for the gradients of a model in doubles. */
    public static Parameters gradientsInDoubles(DecoderModel model) {
        return Parameters.zeros(model.decoder(), model.trainable().shapes(), DataType.FLOAT64);
    }

    /** The logarithm of the probability of what a sequence learns, by a decoder in plain Java. */
    public static double logProbability(DecoderConfig shape, Parameters weights, LabelledSequence sequence) {
        int[] tokens =
                IntStream.range(0, sequence.length()).map(sequence::token).toArray();
        double[][] logits = new ReferenceDecoder(shape, weights).logits(tokens);
        return IntStream.range(1, tokens.length)
                .filter(sequence::isLearnt)
                .mapToDouble(place -> logits[place - 1][tokens[place]] - logOfSum(logits[place - 1]))
                .sum();
    }

    private static double logOfSum(double[] logits) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        return Math.log(sum);
    }
}
