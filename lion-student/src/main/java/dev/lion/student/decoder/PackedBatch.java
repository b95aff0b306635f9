package dev.lion.student.decoder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Sequences of one pass through the decoder, one after the other in one stream of tokens without padding, the shorter first.
 * Attention is within each of them. Immutable.
 */
public final class PackedBatch {
    private final List<LabelledSequence> sequences;
    private final TokenStream stream;
    private final long[] at;
    private final long[] labels;

    private PackedBatch(List<LabelledSequence> sequences) {
        this.sequences = sequences;
        this.stream = TokenStream.of(
                sequences.stream().map(LabelledSequence::inputLength).toList(),
                (sequence, place) -> sequences.get(sequence).token(place));
        int count = sequences.stream().mapToInt(LabelledSequence::labelCount).sum();
        this.at = new long[count];
        this.labels = new long[count];
        int start = 0;
        int label = 0;
        for (LabelledSequence sequence : sequences) {
            for (int place = 1; place <= sequence.inputLength(); place++) {
                if (sequence.isLearnt(place)) {
                    at[label] = start + place - 1L;
                    labels[label++] = sequence.token(place);
                }
            }
            start += sequence.inputLength();
        }
    }

    /** A batch of at least one sequence. */
    public static PackedBatch of(Collection<LabelledSequence> sequences) {
        var sorted = new ArrayList<>(sequences);
        sorted.sort(Comparator.comparingInt(LabelledSequence::inputLength));
        return new PackedBatch(List.copyOf(sorted));
    }

    /** The sequences in the order of the stream: by length, those of equal length in the order in which they were given. */
    public List<LabelledSequence> sequences() {
        return sequences;
    }

    /** Tokens that go through the decoder. */
    public int tokens() {
        return stream.ids().length;
    }

    /** Tokens that are learnt. */
    public int labels() {
        return labels.length;
    }

    TokenStream stream() {
        return stream;
    }

    /** The places of the stream whose next token is learnt. */
    long[] at() {
        return at;
    }

    /** The tokens that are learnt. */
    long[] labelIds() {
        return labels;
    }

    /** A number for each sequence as one for each of its labels. */
    float[] spread(double[] numbers) {
        if (numbers.length != sequences.size()) {
            throw new IllegalArgumentException(
                    numbers.length + " numbers for " + sequences.size() + " sequences; give one for each");
        }
        var spread = new float[labels.length];
        int label = 0;
        for (int i = 0; i < numbers.length; i++) {
            for (int end = label + sequences.get(i).labelCount(); label < end; label++) {
                spread[label] = (float) numbers[i];
            }
        }
        return spread;
    }

    /** The sum of each sequence's part of one number for each label. */
    double[] sums(double[] numbers) {
        var sums = new double[sequences.size()];
        int label = 0;
        for (int i = 0; i < sums.length; i++) {
            for (int end = label + sequences.get(i).labelCount(); label < end; label++) {
                sums[i] += numbers[label];
            }
        }
        return sums;
    }
}
