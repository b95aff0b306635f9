package dev.lion.examples.novelty;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.novelty.RougeLSearch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A JSON line for each candidate: whether it is new, and what is nearest to it. */
public final class NoveltyReport {
    private final ObjectMapper mapper = new ObjectMapper();
    private final RougeLSearch pool;
    private final double max;
    private final boolean exact;
    private final OutputStream out;
    private int index;

    /**
     * @param max the largest score that still counts as new
     * @param exact whether the nearest text is wanted for candidates that are new as well
     */
    public NoveltyReport(RougeLSearch pool, double max, boolean exact, OutputStream out) {
        this.pool = pool;
        this.max = max;
        this.exact = exact;
        this.out = out;
    }

    /** Writes the line of the next candidate. */
    public void write(String candidate) throws IOException {
        Optional<RougeLSearch.Hit> hit = exact ? pool.nearest(candidate) : pool.nearestAbove(max, candidate);
        ObjectNode line = mapper.createObjectNode().put("index", index++);
        line.put("novel", hit.map(RougeLSearch.Hit::score).orElse(0.0) <= max);
        if (hit.isPresent()) {
            line.put("score", hit.get().score()).put("nearest", hit.get().position());
        } else if (exact) {
            // nothing shares a token: every text has the score 0, and the first is the lowest
            line.put("score", 0.0).put("nearest", pool.size() == 0 ? -1 : 0);
        }
        out.write(mapper.writeValueAsBytes(line));
        out.write('\n');
    }
}
