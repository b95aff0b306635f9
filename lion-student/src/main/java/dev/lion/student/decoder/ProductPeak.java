package dev.lion.student.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

/** What this machine's matrix products reach at best, which the speed of a training is measured against. */
public final class ProductPeak {
    private static final int SIZE = 2048;
    private static final int PRODUCTS = 6;

    private ProductPeak() {}

    /**
     * The fastest of {@value #PRODUCTS} products of two square float32 matrices of {@value #SIZE} rows, in GFLOP/s, on so
     * many threads. Takes about a second, of the calling thread too.
     */
    public static double float32(int threads) {
        TensorEngine.start();
        JniUtils.setNumThreads(threads);
        long fastest = Long.MAX_VALUE;
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray left = manager.randomNormal(new Shape(SIZE, SIZE));
            NDArray right = manager.randomNormal(new Shape(SIZE, SIZE));
            for (int i = 0; i < PRODUCTS; i++) {
                long start = System.nanoTime();
                left.matMul(right).close();
                fastest = Math.min(fastest, System.nanoTime() - start);
            }
        }
        return 2.0 * SIZE * SIZE * SIZE / fastest; // a nanosecond's operations are a second's thousand millions
    }
}
