package dev.lion.student.decoding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;

/** How the next token of each row is chosen, as the script wants it; of no rows, as if of one that is greedy. */
final class Choice {
    private static final int OPTIONS = 5;

    private final List<Row> rows;
    private final int vocabulary;
    private final int count;

    Choice(List<Row> rows, int vocabulary) {
        this.rows = rows;
        this.vocabulary = vocabulary;
        this.count = Math.max(1, rows.size());
    }

    boolean isGreedy() {
        return rows.stream().allMatch(row -> row.config().isGreedy());
    }

    boolean isCut() {
        return rows.stream()
                .map(Row::config)
                .anyMatch(config -> !config.isGreedy() && (config.topP() < 1 || config.topK() < vocabulary));
    }

    /** The draws for so many tokens of each row. */
    NDArray uniforms(NDManager scope, int tokens) {
        var uniforms = new double[count * tokens];
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < tokens; i++) {
                uniforms[row * tokens + i] = rows.get(row).uniform(i);
            }
        }
        return scope.create(uniforms, new Shape(count, tokens));
    }

    /** Temperature, top-k, top-p, the logarithm of min-p, repetition penalty of each row. */
    NDArray options(NDManager scope) {
        var options = new double[count * OPTIONS];
        for (int row = 0; row < rows.size(); row++) {
            DecodingConfig config = rows.get(row).config();
            int at = row * OPTIONS;
            options[at] = config.temperature();
            options[at + 1] = Math.min(config.topK(), vocabulary);
            options[at + 2] = config.topP();
            options[at + 3] = Math.log(config.minP());
            options[at + 4] = config.repetitionPenalty();
        }
        return scope.create(options, new Shape(count, OPTIONS));
    }

    /** The tokens that each row has already; nothing where no row minds. */
    NDArray seen(NDManager scope) {
        boolean matters = rows.stream().anyMatch(row -> row.config().repetitionPenalty() != 1);
        int width = matters ? vocabulary : 0;
        var bytes = ByteBuffer.allocateDirect(count * width);
        for (int row = 0; row < rows.size() && matters; row++) {
            for (int place = 0; place < rows.get(row).position(); place++) {
                bytes.put(row * width + rows.get(row).token(place), (byte) 1);
            }
        }
        return scope.create(bytes, new Shape(count, width), DataType.BOOLEAN);
    }
}
