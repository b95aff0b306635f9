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

    /** Temperature, top-k, top-p, the logarithm of min-p, repetition penalty of each row, then the draws for so many tokens. */
    NDArray options(NDManager scope, int tokens) {
        int width = OPTIONS + tokens;
        var options = new double[count * width];
        for (int row = 0; row < rows.size(); row++) {
            DecodingConfig config = rows.get(row).config();
            int at = row * width;
            options[at] = config.temperature();
            options[at + 1] = Math.min(config.topK(), vocabulary);
            options[at + 2] = config.topP();
            options[at + 3] = Math.log(config.minP());
            options[at + 4] = config.repetitionPenalty();
            for (int i = 0; i < tokens; i++) {
                options[at + OPTIONS + i] = rows.get(row).uniform(i);
            }
        }
        return scope.create(options, new Shape(count, width));
    }

    /** The tokens that each row has already, where some row minds. */
    List<NDArray> seen(NDManager scope) {
        if (rows.stream().allMatch(row -> row.config().repetitionPenalty() == 1)) {
            return List.of();
        }
        var bytes = ByteBuffer.allocateDirect(count * vocabulary);
        for (int row = 0; row < rows.size(); row++) {
            for (int place = 0; place < rows.get(row).position(); place++) {
                bytes.put(row * vocabulary + rows.get(row).token(place), (byte) 1);
            }
        }
        return List.of(scope.create(bytes, new Shape(count, vocabulary), DataType.BOOLEAN));
    }
}
