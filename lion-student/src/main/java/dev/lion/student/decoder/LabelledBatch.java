package dev.lion.student.decoder;

import java.util.List;

/** Token sequences of one pass through the decoder, padded on the right, with the places whose next token is learnt. */
public final class LabelledBatch {
    private final int rows;
    private final int length;
    private final long[] ids;
    private final long[] at;
    private final long[] labels;

    private LabelledBatch(int rows, int length, int labelCount) {
        this.rows = rows;
        this.length = length;
        this.ids = new long[rows * length];
        this.at = new long[labelCount];
        this.labels = new long[labelCount];
    }

    /** Of every sequence all but the last token goes in; labels are the tokens from its prompt's end on. */
    public static LabelledBatch of(List<LabelledSequence> sequences) {
        int length =
                sequences.stream().mapToInt(LabelledSequence::inputLength).max().orElseThrow();
        int labels = sequences.stream().mapToInt(LabelledSequence::labelCount).sum();
        var batch = new LabelledBatch(sequences.size(), length, labels);
        int label = 0;
        for (int row = 0; row < sequences.size(); row++) {
            label = batch.fill(row, sequences.get(row), label);
        }
        return batch;
    }

    private int fill(int row, LabelledSequence sequence, int firstLabel) {
        int label = firstLabel;
        for (int i = 0; i < sequence.inputLength(); i++) {
            ids[row * length + i] = sequence.token(i);
            if (i + 1 >= sequence.promptLength()) {
                at[label] = (long) row * length + i;
                labels[label++] = sequence.token(i + 1);
            }
        }
        return label;
    }

    /** Sequences. */
    public int rows() {
        return rows;
    }

    /** Tokens of the longest. */
    public int length() {
        return length;
    }

    /** Labels of all rows. */
    public int labelCount() {
        return labels.length;
    }

    long[] ids() {
        return ids;
    }

    long[] at() {
        return at;
    }

    long[] labels() {
        return labels;
    }
}
