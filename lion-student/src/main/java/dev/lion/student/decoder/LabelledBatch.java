package dev.lion.student.decoder;

import java.util.List;

/** Token sequences of one pass through the decoder, padded on the right, with the places whose next token is learnt. */
public final class LabelledBatch {
    private final int rows;
    private final int length;
    private final int mostLabels;
    private final long[] ids;
    private final long[] at;
    private final long[] real;
    private final long[] labels;

    private LabelledBatch(List<LabelledSequence> sequences) {
        this.rows = sequences.size();
        this.length =
                sequences.stream().mapToInt(LabelledSequence::inputLength).max().orElseThrow();
        this.mostLabels =
                sequences.stream().mapToInt(LabelledSequence::labelCount).max().orElseThrow();
        this.ids = new long[rows * length];
        this.at = new long[rows * mostLabels];
        int count = sequences.stream().mapToInt(LabelledSequence::labelCount).sum();
        this.real = new long[count];
        this.labels = new long[count];
    }

    /** Of every sequence all but the last token goes in; labels are the tokens from its prompt's end on. */
    public static LabelledBatch of(List<LabelledSequence> sequences) {
        var batch = new LabelledBatch(sequences);
        int label = 0;
        for (int row = 0; row < sequences.size(); row++) {
            batch.fill(row, sequences.get(row), label);
            label += sequences.get(row).labelCount();
        }
        return batch;
    }

    private void fill(int row, LabelledSequence sequence, int firstLabel) {
        for (int i = 0; i < sequence.inputLength(); i++) {
            ids[row * length + i] = sequence.token(i);
        }
        for (int i = 0; i < sequence.labelCount(); i++) {
            int next = sequence.promptLength() + i;
            at[row * mostLabels + i] = next - 1L;
            real[firstLabel + i] = (long) row * mostLabels + i;
            labels[firstLabel + i] = sequence.token(next);
        }
    }

    /** Sequences. */
    public int rows() {
        return rows;
    }

    /** Tokens of the longest. */
    public int length() {
        return length;
    }

    long[] ids() {
        return ids;
    }

    /** Labels of the row with most of them. */
    int mostLabels() {
        return mostLabels;
    }

    /** Each row's places whose next token is learnt, filled up with 0. */
    long[] at() {
        return at;
    }

    /** Which of {@link #at()} are not filling. */
    long[] real() {
        return real;
    }

    long[] labels() {
        return labels;
    }
}
