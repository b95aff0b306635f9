package dev.lion.student.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** How a step's examples go through the decoder: cut into passes of bounded size, which are dealt to threads. */
final class Passes {
    private Passes() {}

    /**
     * What goes through the decoder at once.
     *
     * @param index which pass of its step, from 0
     * @param examples its examples, the shortest first
     * @param tokens of all of them
     */
    record Pass<E>(int index, List<E> examples, int tokens) {}

    /**
     * As few passes as keep every thread busy and none above the limit, of about equally many tokens. Examples of like
     * lengths come together, as sequences of one length share their attention. An example above the limit is a pass by
     * itself.
     */
    static <E> List<Pass<E>> cut(List<E> batch, ToIntFunction<E> tokens, int mostTokens, int threads) {
        var sorted = batch.stream().sorted(Comparator.comparingInt(tokens)).toList();
        long all = sorted.stream().mapToLong(tokens::applyAsInt).sum();
        long count = Math.max(Math.min(threads, sorted.size()), (all + mostTokens - 1) / mostTokens);
        while (true) {
            var passes = cut(sorted, tokens, all, count);
            if (passes.stream()
                    .allMatch(pass ->
                            pass.tokens() <= mostTokens || pass.examples().size() == 1)) {
                return passes;
            }
            count++;
        }
    }

    /** Cuts all tokens into stretches of one length and puts an example where its middle lies; none may lie in some. */
    private static <E> List<Pass<E>> cut(List<E> sorted, ToIntFunction<E> tokens, long all, long count) {
        var passes = new ArrayList<Pass<E>>();
        int start = 0;
        long before = 0;
        long stretch = -1;
        for (int i = 0; i < sorted.size(); i++) {
            int length = tokens.applyAsInt(sorted.get(i));
            long here = (2 * before + length) * count / (2 * all);
            if (i > start && here != stretch) {
                passes.add(pass(passes.size(), sorted.subList(start, i), tokens));
                start = i;
            }
            stretch = here;
            before += length;
        }
        passes.add(pass(passes.size(), sorted.subList(start, sorted.size()), tokens));
        return passes;
    }

    private static <E> Pass<E> pass(int index, List<E> examples, ToIntFunction<E> tokens) {
        return new Pass<>(index, examples, examples.stream().mapToInt(tokens).sum());
    }

    /** Deals the passes, the largest first, each to the thread that has least to do. */
    static <E> List<List<Pass<E>>> deal(List<Pass<E>> passes, int threads) {
        var shares = IntStream.range(0, Math.min(threads, passes.size()))
                .<List<Pass<E>>>mapToObj(share -> new ArrayList<>())
                .toList();
        passes.stream()
                .sorted(Comparator.<Pass<E>>comparingInt(Pass::tokens).reversed())
                .forEach(pass -> shares.stream()
                        .min(Comparator.comparingInt(
                                share -> share.stream().mapToInt(Pass::tokens).sum()))
                        .orElseThrow()
                        .add(pass));
        return shares;
    }
}
