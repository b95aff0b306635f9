package dev.lion.student.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

/**
 * How fast this machine's processors read memory at best, which the speed of decoding a single row is measured against: each
 * token reads all weights once.
 *
 * @param bytesPerSecond of so many bytes as were asked for: fewer may lie in a cache
 */
public record ReadBandwidth(double bytesPerSecond) {
    private static final int ROUNDS = 8;
    private static final int WIDTH = 1024;

    /**
     * The best of {@value #ROUNDS} products of a float32 matrix of about this size with a vector, each of which reads the
     * matrix once, on so many threads. The calling thread keeps the number of threads.
     *
     * @param bytes at least 4 MiB are read, at most 1 GiB
     */
    public static ReadBandwidth measure(int threads, long bytes) {
        TensorEngine.start();
        JniUtils.setNumThreads(threads);
        long rows = Math.max(1 << 10, Math.min(1 << 18, bytes / (WIDTH * Float.BYTES)));
        long fastest = Long.MAX_VALUE;
        try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu())) {
            NDArray matrix = manager.ones(new Shape(rows, WIDTH));
            NDArray vector = manager.ones(new Shape(WIDTH));
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                matrix.matMul(vector).close();
                fastest = Math.min(fastest, System.nanoTime() - start);
            }
        }
        return new ReadBandwidth(1e9 * rows * WIDTH * Float.BYTES / fastest);
    }
}
