package dev.lion.judging;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;

/**
 * Draws a given number of instructions, each with the same chance, and from every stratum in proportion: all are lined up
 * by stratum, at random within it, and taken at equal distances.
 */
final class StratifiedDraw {
    private StratifiedDraw() {}

    private record Entry(int position, Docket.Stratum stratum, long lot) {}

    /** Draws {@code count} of the positions. The salt makes draws from the same docket independent. */
    static BitSet draw(Docket docket, BitSet positions, int count, long salt) {
        Entry[] entries = positions.stream()
                .mapToObj(p -> new Entry(p, docket.stratum(p), mix(docket.lot(p) ^ salt)))
                .toArray(Entry[]::new);
        Arrays.sort(
                entries,
                Comparator.comparing(Entry::stratum)
                        .thenComparingLong(Entry::lot)
                        .thenComparingInt(Entry::position));
        BitSet drawn = new BitSet();
        for (long i = 0; i < entries.length; i++) {
            if ((i + 1) * count / entries.length > i * count / entries.length) {
                drawn.set(entries[(int) i].position());
            }
        }
        return drawn;
    }

    /** A bijection of 64 bits that leaves no trace of their pattern (the finaliser of SplitMix64). */
    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
