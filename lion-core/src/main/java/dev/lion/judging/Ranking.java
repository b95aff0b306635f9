package dev.lion.judging;

import dev.lion.judging.HardCurve.Point;
import dev.lion.judging.Past.Source;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts instructions in the order in which they are likely hard, given their past. */
final class Ranking {
    private final Docket docket;
    private final GapRange range;
    private final Map<Source, HardCurve> curves = new EnumMap<>(Source.class);

    /** Learns from the audited how likely each past makes an instruction hard. */
    Ranking(Docket docket, GapRange range, List<Audited> audited) {
        this.docket = docket;
        this.range = range;
        for (Source source : Source.values()) {
            curves.put(
                    source,
                    HardCurve.of(audited.stream()
                            .filter(a -> docket.standing(a.position()).source() == source)
                            .map(a -> new Point(depth(a.position()), 0, a.hard()))
                            .toList()));
        }
    }

    private double depth(int position) {
        return range.depth(docket.standing(position).gap());
    }

    private record Entry(int position, double hardShare, double depth, long lot) {}

    /** The likeliest of the positions, until this share of the hard ones among them is expected to be taken. */
    BitSet first(double share, BitSet positions) {
        Entry[] entries = positions.stream().mapToObj(this::entry).toArray(Entry[]::new);
        Arrays.sort(
                entries,
                Comparator.comparingDouble(Entry::hardShare)
                        .thenComparingDouble(Entry::depth)
                        .reversed()
                        .thenComparingLong(Entry::lot)
                        .thenComparingInt(Entry::position));
        double wanted =
                share * Arrays.stream(entries).mapToDouble(Entry::hardShare).sum();
        BitSet taken = new BitSet();
        for (int i = 0; i < entries.length && wanted > 0; i++) {
            taken.set(entries[i].position());
            wanted -= entries[i].hardShare();
        }
        return taken;
    }

    private Entry entry(int position) {
        return new Entry(position, hardShare(position), depth(position), docket.lot(position));
    }

    /** The probability that an instruction is hard, given its past. */
    double hardShare(int position) {
        Past.Standing standing = docket.standing(position);
        return Objects.requireNonNull(curves.get(standing.source())).hardShare(range.depth(standing.gap()));
    }
}
