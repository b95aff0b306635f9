package dev.lion.student.decoder;

import java.util.ArrayList;
import java.util.List;

/** Tokens of several sequences in a row, as the script takes them. Immutable. */
public final class TokenStream {
    private final long[] ids;
    private final long[] runs;

    private TokenStream(long[] ids, List<Long> runs) {
        this.ids = ids;
        this.runs = runs.stream().mapToLong(Long::longValue).toArray();
    }

    /** Which token is at a place of a sequence. */
    @FunctionalInterface
    public interface Tokens {
        /** The token. */
        int at(int sequence, int place);
    }

    /**
     * The stream of sequences of these lengths.
     *
     * @param lengths at least one, none above the one after it
     */
    public static TokenStream of(List<Integer> lengths, Tokens tokens) {
        var ids = new long[lengths.stream().mapToInt(Integer::intValue).sum()];
        var runs = new ArrayList<Long>();
        int start = 0;
        for (int sequence = 0; sequence < lengths.size(); sequence++) {
            int length = lengths.get(sequence);
            for (int place = 0; place < length; place++) {
                ids[start + place] = tokens.at(sequence, place);
            }
            start += length;
            int last = runs.size() - 2;
            if (last >= 0 && runs.get(last + 1) == length) {
                runs.set(last, runs.get(last) + 1);
            } else {
                runs.add(1L);
                runs.add((long) length);
            }
        }
        return new TokenStream(ids, runs);
    }

    /** The tokens. */
    long[] ids() {
        return ids;
    }

    /** How many neighbours are of one length, and that length, in pairs; the lengths do not fall. */
    long[] runs() {
        return runs;
    }
}
